package state_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

func TestAViewStaysWhileTheWorldMovesOn(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	before := w.View(t.Context())
	update(t, w, rename(partner, "Renamed"))
	if got := nameOf(t, before, partner); got != "Acme" {
		t.Errorf("the old view shows %q, want Acme", got)
	}
	if got := nameOf(t, w.View(t.Context()), partner); got != "Renamed" {
		t.Errorf("a new view shows %q, want Renamed", got)
	}
}

func TestARefusedUpdateLeavesNothing(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	refusal := errors.New("no")
	err := w.Update(t.Context(), func(tx *state.Tx) error {
		if err := rename(partner, "Renamed")(tx); err != nil {
			return err
		}
		if got := nameOf(t, tx.View, partner); got != "Renamed" {
			t.Errorf("the transaction sees %q, want its own change", got)
		}
		return refusal
	})
	if !errors.Is(err, refusal) {
		t.Errorf("Update: got %v, want the function's own error", err)
	}
	v := w.View(t.Context())
	if got := nameOf(t, v, partner); got != "Acme" {
		t.Errorf("after the refusal: %q, want Acme", got)
	}
	if v.Seq() != 1 {
		t.Errorf("after the refusal: sequence %d, want 1", v.Seq())
	}
}

func TestIdentifiersDependOnSeedWorldAndOrderAlone(t *testing.T) {
	t.Parallel()
	draw := func(seed int64, world string) []string {
		w, err := state.NewMemory(state.Config{ID: world, Clock: frozen(), Source: det.NewSource(seed, world)}, smallTree)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for range 3 {
			update(t, w, func(tx *state.Tx) error {
				ids = append(ids, tx.UUID(), tx.UUID(), tx.IDs().Hex32())
				return rename(partner, fmt.Sprint("n", len(ids)))(tx)
			})
		}
		return ids
	}
	first := draw(1, "w")
	if diff := cmp.Diff(first, draw(1, "w")); diff != "" {
		t.Errorf("the same seed and world draw other ids (-first +second):\n%s", diff)
	}
	for name, other := range map[string][]string{"another seed": draw(2, "w"), "another world": draw(1, "v")} {
		if other[0] == first[0] {
			t.Errorf("%s draws the same id %s", name, other[0])
		}
	}
	seen := map[string]bool{}
	for _, id := range first {
		if seen[id] {
			t.Errorf("%s is drawn twice", id)
		}
		seen[id] = true
	}
	if !model.IsUUID(first[0]) {
		t.Errorf("%q is no UUID", first[0])
	}
}

func TestForksGoSeparateWays(t *testing.T) {
	t.Parallel()
	base := inMemory(t, frozen())
	var wait sync.WaitGroup
	for n := range 8 {
		fork := state.NewWorld(config(frozen(), nil), base.Snapshot())
		wait.Go(func() {
			for i := range 50 {
				name := fmt.Sprintf("fork %d.%d", n, i)
				update(t, fork, rename(partner, name))
				if got := nameOf(t, fork.View(background()), partner); got != name {
					t.Errorf("fork %d shows %q, want %q", n, got, name)
				}
			}
		})
	}
	wait.Wait()
	if got := nameOf(t, base.View(t.Context()), partner); got != "Acme" {
		t.Errorf("the base shows %q, want Acme", got)
	}
}

func TestReadersBesideAWriter(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	stop := make(chan struct{})
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				v := w.View(background())
				if n := len(v.TenantUsers(partner)); uint64(n)+1 != v.Seq() {
					t.Errorf("at sequence %d there are %d users", v.Seq(), n)
					return
				}
			}
		})
	}
	for n := range 300 {
		update(t, w, addUser(n))
	}
	close(stop)
	wait.Wait()
}

func TestOfTwoWritersWithTheSameVersionOneWins(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	for round := range 100 {
		version := int64(round + 1)
		var wait sync.WaitGroup
		won := make(chan int, 2)
		for n := range 2 {
			wait.Go(func() {
				err := w.Update(background(), func(tx *state.Tx) error {
					row, err := tx.Tenant(partner)
					if err != nil {
						return err
					}
					if err := model.CheckVersion("tenant", version, row.Version); err != nil {
						return err
					}
					return rename(partner, fmt.Sprint(round, n))(tx)
				})
				if err == nil {
					won <- n
				}
			})
		}
		wait.Wait()
		if len(won) != 1 {
			t.Fatalf("round %d: %d writers won, want 1", round, len(won))
		}
	}
}
