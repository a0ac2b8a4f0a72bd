package state_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// drawTree is a world with a tree of any shape below the root.
func drawTree(t *testing.T, rt *rapid.T) *state.World {
	t.Helper()
	w, err := state.NewMemory(config(frozen(), nil), func(tx *state.Tx) error {
		ids := []model.TenantID{root}
		tx.PutTenant(tenant(root, root, model.Root, "Root"))
		for i := range rapid.IntRange(0, 30).Draw(rt, "tenants") {
			// The order of the ids is not that of the creation.
			id := model.TenantID(fmt.Sprintf("c%07d-0000-4000-8000-000000000000", (i*7919+13)%1000))
			parent := rapid.SampledFrom(ids).Draw(rt, "parent")
			row := tenant(id, parent, model.Folder, fmt.Sprint("T", i))
			if rapid.IntRange(0, 3).Draw(rt, "personal") == 0 {
				row.OwnerID = alice
			} else {
				ids = append(ids, id)
			}
			tx.PutTenant(row)
		}
		return nil
	})
	if err != nil {
		t.Fatalf("make a world: %v", err)
	}
	return w
}

// byLevel is the plain rule: the children of a level, tenant by tenant, make the next.
func byLevel(v *state.View, enter func(*model.Tenant) bool) []model.TenantID {
	var all []model.TenantID
	for level := []model.TenantID{root}; len(level) > 0; {
		all = append(all, level...)
		var next []model.TenantID
		for _, id := range level {
			if t, _ := v.Tenant(id); !enter(t) {
				continue
			}
			for c := range v.ChildTenants(id) {
				next = append(next, c.ID)
			}
		}
		level = next
	}
	return all
}

func walked(v *state.View, way []model.TenantID, enter func(*model.Tenant) bool) []model.TenantID {
	var all []model.TenantID
	for t := range v.Levels(root, way, enter) {
		all = append(all, t.ID)
	}
	return all
}

func TestLevelsGoOnFromAnyTenant(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		v := drawTree(t, rt).View(t.Context())
		shut := rapid.IntRange(2, 9).Draw(rt, "shut")
		enter := func(t *model.Tenant) bool { return t.ID == root || int(t.ID[7])%shut != 0 }
		want := byLevel(v, enter)
		if d := cmp.Diff(want, walked(v, nil, enter)); d != "" {
			rt.Fatalf("from the start (-want +got):\n%s", d)
		}
		for i, id := range want {
			if d := cmp.Diff(append([]model.TenantID{}, want[i+1:]...), append([]model.TenantID{}, walked(v, v.Way(root, id), enter)...)); d != "" {
				rt.Fatalf("after %s (-want +got):\n%s", id, d)
			}
		}
	})
}

func TestLevelsGoOnWhereTheLastTenantHasMovedAway(t *testing.T) {
	t.Parallel()
	all := func(*model.Tenant) bool { return true }
	for claim, tt := range map[string]struct {
		last, to model.TenantID
		want     []model.TenantID
	}{
		"with what lay behind it":                       {partner, sibling, []model.TenantID{sibling, partner, customer, unit}},
		"or with the next level, if nothing lay behind": {sibling, partner, []model.TenantID{customer, sibling, unit}},
	} {
		w := inMemory(t, frozen())
		way := w.View(t.Context()).Way(root, tt.last)
		update(t, w, func(tx *state.Tx) error {
			moved, err := tx.Tenant(tt.last)
			if err != nil {
				return err
			}
			changed := *moved
			changed.ParentID = tt.to
			tx.UpdateTenant(&changed)
			return nil
		})
		if d := cmp.Diff(tt.want, walked(w.View(t.Context()), way, all)); d != "" {
			t.Errorf("%s (-want +got):\n%s", claim, d)
		}
	}
}

func TestLevelsOfNoTenant(t *testing.T) {
	t.Parallel()
	v := inMemory(t, frozen()).View(t.Context())
	for range v.Levels("nobody", nil, func(*model.Tenant) bool { return true }) {
		t.Fatal("the tree of an unknown tenant is not empty")
	}
	for range v.Levels(root, []model.TenantID{"gone", "gone", "gone", "gone", "gone", "gone"}, func(*model.Tenant) bool { return true }) {
		t.Fatal("the walk goes on behind a level that does not exist any more")
	}
}
