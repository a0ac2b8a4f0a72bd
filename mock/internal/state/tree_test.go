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

// randomTree draws parents for n tenants: each hangs under an earlier one.
func randomTree(t *rapid.T) (*state.View, []model.TenantID) {
	n := rapid.IntRange(1, 30).Draw(t, "tenants")
	ids := []model.TenantID{root}
	parents := map[model.TenantID]model.TenantID{root: root}
	order := rapid.Permutation(numbers(n)).Draw(t, "ids")
	for _, k := range order {
		id := model.TenantID(fmt.Sprintf("a1000000-0000-4000-8000-%012d", k))
		parents[id] = rapid.SampledFrom(ids).Draw(t, "parent")
		ids = append(ids, id)
	}
	w, err := state.NewMemory(config(frozen(), nil), func(tx *state.Tx) error {
		for _, id := range ids {
			if err := tx.Fill(tenant(id, parents[id], model.Partner, string(id))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return w.View(background()), ids
}

func numbers(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

func walk(v *state.View, top, from model.TenantID) []model.TenantID {
	var ids []model.TenantID
	for t := range v.Below(top, from, nil) {
		ids = append(ids, t.ID)
	}
	return ids
}

func TestAWalkResumedAnywhereIsTheRestOfTheWalk(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v, ids := randomTree(t)
		top := rapid.SampledFrom(ids).Draw(t, "top")
		whole := walk(v, top, "")
		from := rapid.SampledFrom(whole).Draw(t, "from")
		want := whole[slices.Index(whole, from):]
		if diff := cmp.Diff(want, walk(v, top, from)); diff != "" {
			t.Fatalf("Below(%s, %s) (-want +got):\n%s", top, from, diff)
		}
	})
}

func TestBothWalksVisitJustTheSubtree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v, ids := randomTree(t)
		top := rapid.SampledFrom(ids).Draw(t, "top")
		var want []model.TenantID
		for _, id := range ids {
			if v.Under(id, top) {
				want = append(want, id)
			}
		}
		deep, wide, level := walk(v, top, ""), []model.TenantID(nil), -1
		for depth, row := range v.ByLevel(top, nil) {
			if depth < level || depth != v.Level(row.ID)-v.Level(top) {
				t.Fatalf("%s comes at depth %d after %d", row.ID, depth, level)
			}
			level = depth
			wide = append(wide, row.ID)
		}
		for _, list := range [][]model.TenantID{want, deep, wide} {
			slices.Sort(list)
		}
		if diff := cmp.Diff(want, deep); diff != "" {
			t.Fatalf("depth first (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(want, wide); diff != "" {
			t.Fatalf("by level (-want +got):\n%s", diff)
		}
	})
}

func TestAWalkDoesNotEnterWhatItMayNot(t *testing.T) {
	t.Parallel()
	v := inMemory(t, frozen()).View(t.Context())
	closed := func(row *model.Tenant) bool { return row.ID != customer }
	var got []model.TenantID
	for row := range v.Below(partner, "", closed) {
		got = append(got, row.ID)
	}
	if diff := cmp.Diff([]model.TenantID{partner, customer}, got); diff != "" {
		t.Errorf("Below (-want +got):\n%s", diff)
	}
}

func TestPathLeadsFromTheParentToTheRoot(t *testing.T) {
	t.Parallel()
	v := inMemory(t, frozen()).View(t.Context())
	if diff := cmp.Diff([]model.TenantID{customer, partner, root}, v.Path(unit)); diff != "" {
		t.Errorf("Path (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]model.TenantID{}, v.Path(root)); diff != "" {
		t.Errorf("Path of the root (-want +got):\n%s", diff)
	}
}

func TestADisabledTenantSuspendsAllBelow(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	update(t, w, func(tx *state.Tx) error {
		row, _ := state.Tenants.Get(tx, partner)
		off := *row
		off.Enabled = false
		tx.UpdateTenant(&off)
		return nil
	})
	v := w.View(t.Context())
	for id, want := range map[model.TenantID]bool{root: true, sibling: true, partner: false, customer: false, unit: false} {
		if got := v.Active(id); got != want {
			t.Errorf("Active(%s) = %v, want %v", nameOf(t, v, id), got, want)
		}
	}
}
