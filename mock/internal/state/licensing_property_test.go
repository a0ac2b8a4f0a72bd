package state_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// TestNobodyEverHasWhatTheParentLacks runs random sequences of changes, refused ones too.
func TestNobodyEverHasWhatTheParentLacks(t *testing.T) {
	t.Parallel()
	tenants := []model.TenantID{partner, sibling, reseller, folder, customer, unit, personal}
	items := []model.ItemRef{
		item("vms"), item("adv_vms"), item("child_storages"), storage(cloud), storage(spare), storage(private),
		{App: model.AppNotary, Name: "notarizations"},
		{App: model.AppHCI, Name: "hci_storage"},
	}
	rapid.Check(t, func(rt *rapid.T) {
		w, err := state.NewMemory(config(frozen(), nil), licensedTree)
		if err != nil {
			rt.Fatalf("make a world: %v", err)
		}
		for _, ref := range items {
			for _, id := range tenants { // as much as can be had at first
				_ = w.Update(background(), on(ref, id))
			}
		}
		for range rapid.IntRange(1, 60).Draw(rt, "steps") {
			id := rapid.SampledFrom(tenants).Draw(rt, "tenant")
			ref := rapid.SampledFrom(items).Draw(rt, "item")
			other := rapid.SampledFrom(tenants).Draw(rt, "other")
			act := rapid.SampledFrom(licensingActs).Draw(rt, "act")
			_ = w.Update(background(), func(tx *state.Tx) error { // refusals change nothing
				row, err := tx.Tenant(id)
				if err != nil {
					return err
				}
				return act.run(tx, row, ref, other)
			})
			if broken := brokenOffer(w.View(background())); broken != "" {
				rt.Fatalf("after %s of %s (%s): %s", act.name, id, ref, broken)
			}
		}
	})
}

type licensingAct struct {
	name string
	run  func(*state.Tx, *model.Tenant, model.ItemRef, model.TenantID) error
}

func (a licensingAct) String() string { return a.name }

var licensingActs = []licensingAct{
	{"turning on", func(tx *state.Tx, t *model.Tenant, ref model.ItemRef, _ model.TenantID) error {
		return tx.TurnOn(t, ref)
	}},
	{"turning off", func(tx *state.Tx, t *model.Tenant, ref model.ItemRef, _ model.TenantID) error {
		return tx.TurnOff(t, ref)
	}},
	{"a quota", func(tx *state.Tx, t *model.Tenant, ref model.ItemRef, _ model.TenantID) error {
		return tx.SetQuota(t, ref, model.NewQuota(model.Ptr(int64(1)), nil, 1))
	}},
	{"enabling the application", func(tx *state.Tx, t *model.Tenant, ref model.ItemRef, _ model.TenantID) error {
		return tx.EnableApp(t, ref.App)
	}},
	{"disabling the application", func(tx *state.Tx, t *model.Tenant, ref model.ItemRef, _ model.TenantID) error {
		return tx.DisableApp(t, ref.App)
	}},
	{"a move", moveTenant},
	{"deletion", func(tx *state.Tx, t *model.Tenant, _ model.ItemRef, _ model.TenantID) error {
		tx.DeleteTenant(t)
		return nil
	}},
	{"restoring", func(tx *state.Tx, t *model.Tenant, _ model.ItemRef, _ model.TenantID) error {
		if !t.Deleted() {
			return nil
		}
		return tx.RestoreTenant(t, true)
	}},
}

func moveTenant(tx *state.Tx, t *model.Tenant, _ model.ItemRef, other model.TenantID) error {
	to, err := tx.LiveTenant(other)
	if err != nil || t.Deleted() {
		return err
	}
	moved := *t
	moved.ParentID = to.ID
	if err := model.CheckMove(&moved, to, tx.Under(to.ID, t.ID)); err != nil {
		return err
	}
	if err := tx.CheckMoveOffers(&moved, to); err != nil {
		return err
	}
	tx.UpdateTenant(&moved)
	return nil
}

// brokenOffer names an item that is on for a tenant and not offered by its parent; items on a component of the
// tenant's own need the application alone. Deleted tenants count, they can come back.
func brokenOffer(v *state.View) string {
	for t := range state.Tenants.All(v) {
		if t.ParentID == t.ID {
			continue
		}
		parent, _ := v.Tenant(t.ParentID)
		for _, app := range v.AppsOf(t) {
			if !v.HasApp(parent, app) {
				return "tenant " + t.Name + " has application " + string(app)
			}
		}
		for _, o := range v.OfferingsOf(t) {
			own, _ := state.Infras.Get(v, o.Infra)
			if o.On && (!v.HasApp(t, o.App) || !v.Has(parent, o.ItemRef) && (own == nil || own.OwnerID != t.ID)) {
				return "tenant " + t.Name + " has " + o.String()
			}
		}
	}
	return ""
}
