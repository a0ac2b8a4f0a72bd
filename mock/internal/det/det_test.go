package det_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/model"
)

// fakeWall is a wall clock that a test moves.
type fakeWall struct{ at time.Time }

func (w *fakeWall) now() time.Time { return w.at }

func newFake() *fakeWall { return &fakeWall{time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)} }

func TestTheVirtualClock(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		do   func(*det.Virtual) error
		wall time.Duration // that passes after do
		want time.Duration // of world time since the start
	}{
		"follows the wall":                {func(*det.Virtual) error { return nil }, time.Hour, time.Hour},
		"stands still when frozen":        {func(c *det.Virtual) error { c.Freeze(); return nil }, time.Hour, 0},
		"goes on when resumed":            {func(c *det.Virtual) error { c.Freeze(); c.Resume(); return nil }, time.Hour, time.Hour},
		"jumps forward":                   {func(c *det.Virtual) error { return c.Advance(time.Minute) }, time.Hour, time.Hour + time.Minute},
		"runs at a scale":                 {func(c *det.Virtual) error { return c.Scale(60) }, time.Minute, time.Hour},
		"can be moved while it is frozen": {func(c *det.Virtual) error { c.Freeze(); return c.Advance(time.Minute) }, time.Hour, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wall := newFake()
			c := det.NewVirtual(wall.now)
			start := c.Now()
			if err := tt.do(c); err != nil {
				t.Fatal(err)
			}
			wall.at = wall.at.Add(tt.wall)
			if got := c.Now().Sub(start); got != tt.want {
				t.Errorf("%v passed, want %v", got, tt.want)
			}
		})
	}
}

func TestTheClockNeverRunsBackwards(t *testing.T) {
	t.Parallel()
	wall := newFake()
	c := det.NewVirtual(wall.now)
	start := c.Now()
	if err := c.Advance(-time.Second); !errors.Is(err, det.ErrBackwards) {
		t.Errorf("Advance(-1s) = %v", err)
	}
	if err := c.Set(start.Add(-time.Second)); !errors.Is(err, det.ErrBackwards) {
		t.Errorf("Set to the past = %v", err)
	}
	wall.at = wall.at.Add(-time.Hour) // somebody sets the machine's clock back
	if got := c.Now(); got.Before(start) {
		t.Errorf("the clock went from %v back to %v", start, got)
	}
	for _, scale := range []float64{0, -1, 1e9} {
		if c.Scale(scale) == nil {
			t.Errorf("Scale(%v) is accepted", scale)
		}
	}
}

func TestARestoredClockMayGoBack(t *testing.T) {
	t.Parallel()
	wall := newFake()
	c := det.NewVirtual(wall.now)
	saved := c.State()
	if err := c.Advance(24 * time.Hour); err != nil {
		t.Fatal(err)
	}
	c.Restore(saved)
	if diff := cmp.Diff(saved.Virtual, c.Now()); diff != "" {
		t.Errorf("after Restore (-want +got):\n%s", diff)
	}
}

func TestFormsOfIdentifiers(t *testing.T) {
	t.Parallel()
	ids := det.NewSource(7, "w").At(3)
	if u := ids.UUID(); !model.IsUUID(u) || u[14] != '4' {
		t.Errorf("UUID() = %q, want a version 4 UUID", u)
	}
	if s := ids.Hex32(); len(s) != 32 || strings.Trim(s, "0123456789abcdef") != "" {
		t.Errorf("Hex32() = %q", s)
	}
	if s := ids.Opaque22(); len(s) != 22 {
		t.Errorf("Opaque22() = %q", s)
	}
	if s := ids.Alnum22(); len(s) != 22 {
		t.Errorf("Alnum22() = %q", s)
	}
	if s := ids.Letters("AB", 100); len(s) != 100 || strings.Trim(s, "AB") != "" {
		t.Errorf("Letters = %q", s)
	}
}

func TestKeysDifferByPurposeAndSeed(t *testing.T) {
	t.Parallel()
	a := det.NewSource(1, "w")
	if cmp.Equal(a.Key("cursor"), a.Key("other")) || cmp.Equal(a.Key("cursor"), det.NewSource(2, "w").Key("cursor")) {
		t.Error("two purposes or seeds share a key")
	}
	if !cmp.Equal(a.Key("cursor"), det.NewSource(1, "w").Key("cursor")) {
		t.Error("the key of a world is not stable")
	}
}
