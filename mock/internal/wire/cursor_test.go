package wire_test

import (
	"encoding/base64"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
)

type page struct {
	After string `json:"a"`
	Limit int    `json:"n"`
}

func view(t testing.TB, seed int64, world string) *state.View {
	t.Helper()
	clock := det.NewVirtual(func() time.Time { return time.Unix(0, 0) })
	w, err := state.NewMemory(state.Config{ID: world, Clock: clock, Source: det.NewSource(seed, world)}, func(*state.Tx) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	return w.View(t.Context())
}

func TestACursorComesBackWhole(t *testing.T) {
	t.Parallel()
	v, want := view(t, 1, "w"), page{"x", 7}
	cursor, err := wire.EncodeCursor(v, "users", want)
	if err != nil {
		t.Fatal(err)
	}
	var got page
	if err := wire.DecodeCursor(view(t, 1, "w"), "users", cursor, &got); err != nil {
		t.Fatalf("DecodeCursor: %v", err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("DecodeCursor (-want +got):\n%s", diff)
	}
}

func TestAForeignCursorIsRefused(t *testing.T) {
	t.Parallel()
	v := view(t, 1, "w")
	good, err := wire.EncodeCursor(v, "users", page{"x", 7})
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		v      *state.View
		list   string
		cursor string
	}{
		"of another list":       {v, "tenants", good},
		"of another world":      {view(t, 1, "v"), "users", good},
		"of another seed":       {view(t, 2, "w"), "users", good},
		"that is empty":         {v, "users", ""},
		"that is no Base64":     {v, "users", "%%%"},
		"that was cut":          {v, "users", good[:len(good)-4]},
		"that was made by hand": {v, "users", base64.RawURLEncoding.EncodeToString([]byte(`0123456789abcdef{"a":"x"}`))},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := wire.DecodeCursor(tt.v, tt.list, tt.cursor, &page{}); err == nil {
				t.Error("it is accepted")
			}
		})
	}
}

func FuzzDecodeCursor(f *testing.F) {
	v := view(f, 1, "w")
	good, err := wire.EncodeCursor(v, "users", page{"x", 7})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add("")
	f.Add(good + "AA")
	f.Fuzz(func(t *testing.T, cursor string) {
		var got page
		if err := wire.DecodeCursor(v, "users", cursor, &got); err != nil {
			return
		}
		if diff := cmp.Diff(page{"x", 7}, got); diff != "" {
			t.Errorf("%q was never made here, but is accepted as:\n%s", cursor, diff)
		}
	})
}
