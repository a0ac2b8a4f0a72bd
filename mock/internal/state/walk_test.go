package state_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// stretch is what a walk from the root yields.
func stretch(v *state.View, path []model.TenantID, enter func(*model.Tenant) bool) []model.TenantID {
	got := []model.TenantID{}
	for t := range v.BelowFrom(root, path, enter) {
		got = append(got, t.ID)
	}
	return got
}

// TestWalkGoesOnWhereItStopped resumes the walk at every tenant of random trees: it is the rest of the whole walk.
func TestWalkGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		ids := []model.TenantID{root}
		w, err := state.NewMemory(config(frozen(), nil), func(tx *state.Tx) error {
			tx.PutTenant(tenant(root, root, model.Root, "Root"))
			for i := range rapid.IntRange(0, 20).Draw(rt, "tenants") {
				parent := rapid.SampledFrom(ids).Draw(rt, "parent")
				id := model.TenantID(tx.UUID())
				tx.PutTenant(tenant(id, parent, model.Folder, string(rune('a'+i))))
				ids = append(ids, id)
			}
			return nil
		})
		if err != nil {
			rt.Fatalf("make a world: %v", err)
		}
		v := w.View(background())
		whole := stretch(v, nil, nil)
		if len(whole) != len(ids) {
			rt.Fatalf("the whole walk: got %d tenants, want %d", len(whole), len(ids))
		}
		for i, id := range whole {
			if diff := cmp.Diff(whole[i:], stretch(v, v.Trail(root, id), nil)); diff != "" {
				rt.Fatalf("from %s on (-rest of the whole +got):\n%s", id, diff)
			}
		}
	})
}

func TestWalkAfterAMove(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	v := w.View(background())
	path := v.Trail(root, unit)
	if diff := cmp.Diff([]model.TenantID{partner, customer, unit}, path); diff != "" {
		t.Fatalf("Trail (-want +got):\n%s", diff)
	}
	update(t, w, func(tx *state.Tx) error {
		moved := *tenantRow(t, tx.View, customer)
		moved.ParentID = sibling
		tx.UpdateTenant(&moved)
		return nil
	})
	// The customer is now found on its new place, which the walk had not reached yet.
	got := stretch(w.View(background()), path, nil)
	if diff := cmp.Diff([]model.TenantID{sibling, customer, unit}, got); diff != "" {
		t.Errorf("after the move (-want +got):\n%s", diff)
	}
}

func TestWalkDoesNotEnterWhatItMayNot(t *testing.T) {
	t.Parallel()
	v := inMemory(t, frozen()).View(background())
	enter := func(t *model.Tenant) bool { return t.ID != partner }
	if diff := cmp.Diff([]model.TenantID{root, partner, sibling}, stretch(v, nil, enter)); diff != "" {
		t.Errorf("from the root (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]model.TenantID{sibling}, stretch(v, v.Trail(root, unit), enter)); diff != "" {
		t.Errorf("from within (-want +got):\n%s", diff)
	}
}

func tenantRow(t testing.TB, v *state.View, id model.TenantID) *model.Tenant {
	t.Helper()
	row, err := v.Tenant(id)
	if err != nil {
		t.Fatalf("tenant %s: %v", id, err)
	}
	return row
}
