package state_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// pageOf is a page of the tenants that keep says, as the lists make it: one tenant more is read than it holds, to know
// whether there is another page. next is the way to the last one, nil where the list ends.
func pageOf(v *state.View, way []model.TenantID, limit int, enter, keep func(*model.Tenant) bool) (page, next []model.TenantID) {
	for t := range v.Levels(root, way, enter) {
		if !keep(t) {
			continue
		}
		if len(page) == limit {
			return page, v.Way(root, page[limit-1])
		}
		page = append(page, t.ID)
	}
	return page, nil
}

// paged joins the pages; between is what happens between two of them.
func paged(t testing.TB, w *state.World, limit int, enter, keep func(*model.Tenant) bool, between func()) []model.TenantID {
	t.Helper()
	page, way := pageOf(w.View(t.Context()), nil, limit, enter, keep)
	all := page
	for way != nil {
		between()
		page, way = pageOf(w.View(t.Context()), way, limit, enter, keep)
		all = append(all, page...)
	}
	return all
}

func always(*model.Tenant) bool { return true }

func nothing() {}

func TestPagesOfLevelsAreTheWholeWalk(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w := drawTree(t, rt)
		v := w.View(t.Context())
		shut := rapid.IntRange(2, 9).Draw(rt, "shut")
		enter := func(t *model.Tenant) bool { return t.ID == root || int(t.ID[7])%shut != 0 }
		drop := rapid.IntRange(2, 9).Draw(rt, "drop")
		keep := func(t *model.Tenant) bool { return int(t.ID[6])%drop != 0 }
		want := slices.DeleteFunc(byLevel(v, enter), func(id model.TenantID) bool { t, _ := v.Tenant(id); return !keep(t) })
		for limit := 1; limit <= len(want)+1; limit++ {
			got := paged(t, w, limit, enter, keep, nothing)
			if d := cmp.Diff(want, append([]model.TenantID{}, got...)); d != "" {
				rt.Fatalf("pages of %d (-want +got):\n%s", limit, d)
			}
		}
	})
}

func TestLevelsFollowWhatMoves(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w := drawTree(t, rt)
		all := byLevel(w.View(t.Context()), always)
		for range rapid.IntRange(1, 8).Draw(rt, "moves") {
			move(t, rt, w, all, map[model.TenantID]bool{})
			v := w.View(t.Context())
			if d := cmp.Diff(byLevel(v, always), walked(v, nil, always)); d != "" {
				rt.Fatalf("after a move (-want +got):\n%s", d)
			}
		}
	})
}

func TestWhatKeepsItsPlaceIsOnOnePage(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w := drawTree(t, rt)
		before := byLevel(w.View(t.Context()), always)
		limit := rapid.IntRange(1, 6).Draw(rt, "limit")
		moved := map[model.TenantID]bool{}
		got := paged(t, w, limit, always, always, func() { move(t, rt, w, before, moved) })
		for _, id := range before {
			if moved[id] {
				continue
			}
			if n := len(slices.DeleteFunc(slices.Clone(got), func(o model.TenantID) bool { return o != id })); n != 1 {
				rt.Fatalf("%s, which stayed, comes %d times in %v", id, n, got)
			}
		}
	})
}

// move puts one of the tenants below another one, where it may, with all that is below it, and notes what moved.
func move(t *testing.T, rt *rapid.T, w *state.World, all []model.TenantID, moved map[model.TenantID]bool) {
	t.Helper()
	id, to := rapid.SampledFrom(all).Draw(rt, "moved"), rapid.SampledFrom(all).Draw(rt, "to")
	v := w.View(t.Context())
	if above, _ := v.Tenant(to); above.Personal() || v.Under(to, id) {
		return
	}
	for _, below := range all {
		if v.Under(below, id) {
			moved[below] = true
		}
	}
	update(t, w, func(tx *state.Tx) error {
		row, err := tx.Tenant(id)
		if err != nil {
			return err
		}
		changed := *row
		changed.ParentID = to
		tx.UpdateTenant(&changed)
		return nil
	})
}

// wide is a root with n tenants, in one of which lives one more.
func wide(t testing.TB, n, parent int) *state.World {
	t.Helper()
	id := func(i int) model.TenantID { return model.TenantID(fmt.Sprintf("c0000000-0000-4000-8000-%012d", i)) }
	w, err := state.NewMemory(config(frozen(), nil), func(tx *state.Tx) error {
		tx.PutTenant(tenant("d0000000-0000-4000-8000-000000000000", id(parent), model.Customer, "Only")) // before its parents
		for i := range n {
			tx.PutTenant(tenant(id(i), root, model.Partner, fmt.Sprint("P", i)))
		}
		tx.PutTenant(tenant(root, root, model.Root, "Root"))
		return nil
	})
	if err != nil {
		t.Fatalf("make a world: %v", err)
	}
	return w
}

func TestTheEndOfALevelIsFoundWithoutASearch(t *testing.T) {
	t.Parallel()
	const tenants, limit = 3000, 10
	for _, parent := range []int{0, tenants / 2, tenants - 1} {
		looked, most := 0, 0
		enter := func(*model.Tenant) bool { looked++; return true }
		got := paged(t, wide(t, tenants, parent), limit, enter, always, func() { most, looked = max(most, looked), 0 })
		if len(got) != tenants+2 {
			t.Fatalf("%d tenants, want %d", len(got), tenants+2)
		}
		if bound := 5; max(most, looked) > bound { // the root once a level, and the one that has children
			t.Errorf("a page looks into %d tenants, the last into %d, want at most %d", most, looked, bound)
		}
	}
}

func TestHeightsAreRightHoweverAWorldIsMade(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w := drawTree(t, rt)
		again := reloaded(t, func(tx *state.Tx) error {
			for row := range state.Tenants.All(w.View(t.Context())) { // in the order of their ids: children before parents
				tx.PutTenant(row)
			}
			return nil
		})
		v := again.View(t.Context())
		if d := cmp.Diff(byLevel(v, always), walked(v, nil, always)); d != "" {
			rt.Fatalf("loaded (-want +got):\n%s", d)
		}
		bulk, err := state.NewMemory(config(frozen(), nil), func(tx *state.Tx) error {
			return tx.Bulk(func() error {
				for row := range state.Tenants.All(v) {
					tx.PutTenant(row)
				}
				return nil
			})
		})
		if err != nil {
			rt.Fatal(err)
		}
		if d := cmp.Diff(byLevel(v, always), walked(bulk.View(t.Context()), nil, always)); d != "" {
			rt.Fatalf("in bulk (-want +got):\n%s", d)
		}
	})
}

// The last page must cost what the first one does.
func BenchmarkPagesOfLevels(b *testing.B) {
	const tenants, limit = 19_998, 100 // with the root and the one below: whole pages
	w := wide(b, tenants, tenants-50)
	v := w.View(b.Context())
	all := byLevel(v, always)
	for name, way := range map[string][]model.TenantID{"first": nil, "last": v.Way(root, all[len(all)-limit-1])} {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				got, _ := pageOf(v, way, limit, always, always)
				n += len(got)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/tenant")
		})
	}
}
