package state_test

import (
	"testing"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// closeTenant makes a tenant manage itself.
func closeTenant(id model.TenantID) func(*state.Tx) error {
	return func(tx *state.Tx) error {
		row, err := tx.Tenant(id)
		if err != nil {
			return err
		}
		changed := *row
		changed.AncestralAccess = false
		tx.UpdateTenant(&changed)
		return nil
	}
}

func TestReach(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	update(t, w, closeTenant(customer))
	v := w.View(t.Context())
	for name, tt := range map[string]struct {
		from, to           model.TenantID
		properties, inside bool
	}{
		"the own tenant": {partner, partner, true, true},
		"a neighbour":    {partner, sibling, false, false},
		"the parent":     {partner, root, false, false},
		"a closed child shows only its properties":    {partner, customer, true, false},
		"and hides what is below it":                  {partner, unit, false, false},
		"from further above it is the same":           {root, customer, true, false},
		"a closed tenant reaches itself":              {customer, customer, true, true},
		"and what is below it":                        {customer, unit, true, true},
		"a child does not reach up out of its tree":   {unit, customer, false, false},
		"an open one shows everything to those above": {root, partner, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			actor := &model.Actor{Roots: []model.TenantID{tt.from}}
			if got := v.Reach(actor, tt.to) == nil; got != tt.properties {
				t.Errorf("Reach = %v, want %v", got, tt.properties)
			}
			if got := v.ReachInside(actor, tt.to) == nil; got != tt.inside {
				t.Errorf("ReachInside = %v, want %v", got, tt.inside)
			}
		})
	}
}

func TestBarrierIsTheLevelOfTheNearestClosedTenant(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	update(t, w, closeTenant(customer))
	v := w.View(t.Context())
	for id, want := range map[model.TenantID]int64{root: 0, partner: 0, customer: 2, unit: 2} {
		row, _ := state.Tenants.Get(v, id)
		if got := v.Barrier(row); got != want {
			t.Errorf("Barrier(%s) = %d, want %d", row.Name, got, want)
		}
	}
}

func TestALockLetsOnlyItsOwnersUsersIn(t *testing.T) {
	t.Parallel()
	v := inMemory(t, frozen()).View(t.Context())
	locked := &model.Tenant{Name: "x", TenantExtras: &model.TenantExtras{Lock: model.Lock{Enabled: true, OwnerID: partner}}}
	if err := v.Unlocked(&model.Actor{Tenant: partner}, locked); err != nil {
		t.Errorf("the owner is refused: %v", err)
	}
	if err := v.Unlocked(&model.Actor{Tenant: root}, locked); err == nil {
		t.Error("another tenant's user is let in")
	}
}
