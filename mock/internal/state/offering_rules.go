package state

import (
	"github.com/tenantry/tenantry/mock/model"
)

// CheckOffered refuses an item that the tenant cannot turn on (1021): its kind does not have it, or its parent does
// not have it on. A component of the tenant's own needs no offer of the parent's, only the application.
func (v *View) CheckOffered(t *model.Tenant, ref model.ItemRef) error {
	it, ok := ref.Item()
	if !ok {
		return model.ItemUnavailable(ref)
	}
	if err := model.CheckItemKind(it, t.Kind); err != nil {
		return err
	}
	if v.parentHas(t, ref) || v.carries(t.ID, it, ref.Infra) && v.parentHasApp(t, ref.App) {
		return nil
	}
	return model.ItemUnavailable(ref)
}

// CanTurnOn reports whether the item is on, or could be turned on beside what the tenant has on already.
func (v *View) CanTurnOn(t *model.Tenant, ref model.ItemRef) bool {
	if v.Has(t, ref) {
		return true
	}
	if o, ok := v.Offering(t, ref); derives(t) || ok && o.Locked || v.CheckOffered(t, ref) != nil {
		return false
	}
	_, err := model.CheckChoice(t.Kind, append(v.onRefs(t), ref))
	return err == nil
}

// CheckChoice refuses what a customer cannot have on at once, and names two items that exclude each other.
func (v *View) CheckChoice(t *model.Tenant) ([]model.ItemRef, error) {
	return model.CheckChoice(t.Kind, v.onRefs(t))
}

func (v *View) onRefs(t *model.Tenant) []model.ItemRef {
	var refs []model.ItemRef
	for o := range v.storedOfferings(t.ID, "") {
		if o.On {
			refs = append(refs, o.ItemRef)
		}
	}
	return refs
}

// CheckQuota refuses a quota above the hard limit of a tenant higher up (1022).
func (v *View) CheckQuota(t *model.Tenant, ref model.ItemRef, q model.Quota) error {
	for above := range v.Up(t.ID) {
		if o, ok := v.Offering(above, ref); ok {
			if err := q.CheckWithin(o.Quota, ref); err != nil {
				return err
			}
		}
	}
	return nil
}

// CheckMoveOffers refuses to move a tenant to one that does not offer all that the tenant has on (1014).
func (v *View) CheckMoveOffers(t, to *model.Tenant) error {
	moved := *t
	moved.ParentID = to.ID
	var lacking []model.ItemRef
	for _, app := range v.AppsOf(t) {
		if !v.HasApp(to, app) {
			lacking = append(lacking, model.ItemRef{App: app})
		}
	}
	for _, ref := range v.onRefs(t) {
		if v.CheckOffered(&moved, ref) != nil {
			lacking = append(lacking, ref)
		}
	}
	if len(lacking) == 0 {
		return nil
	}
	return model.Lacking(model.CodeMoveUnavailable, lacking,
		"tenant %q does not offer all that tenant %q has turned on", to.Name, t.Name)
}

// Idle reports whether an item is on its grace period: it is off, and what it was used for is still there
// (reference, for_ui of listOfferingItems).
func (v *View) Idle(o *model.Offering) bool {
	u, ok := Usages.Get(v, o.Key())
	return ok && !o.On && u.Value > 0
}
