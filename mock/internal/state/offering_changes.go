package state

import (
	"slices"

	"github.com/tenantry/tenantry/mock/model"
)

// TurnOn turns an item on, and with it the application (wire facts, core 6.9). What is on stays as it is.
func (tx *Tx) TurnOn(t *model.Tenant, ref model.ItemRef) error {
	o, had := tx.Offering(t, ref)
	if had && o.On {
		return nil
	}
	if had && o.Locked || derives(t) {
		return model.ItemLocked(ref)
	}
	if err := tx.CheckOffered(t, ref); err != nil {
		return err
	}
	Offerings.put(tx, &model.Offering{TenantID: t.ID, ItemRef: ref, On: true, UpdatedAt: tx.now})
	tx.bind(t.ID, ref.App)
	return nil
}

// TurnOff turns an item off in the tenant and in all below it; the quotas go. What is off stays as it is.
func (tx *Tx) TurnOff(t *model.Tenant, ref model.ItemRef) error {
	o, had := tx.Offering(t, ref)
	if !had || !o.On {
		return nil
	}
	if o.Locked {
		return model.ItemLocked(ref)
	}
	tx.turnOff(t, ref)
	return nil
}

// turnOff goes down no further than the item is on: nobody has what the parent lacks. Deleted tenants count, they
// may come back.
func (tx *Tx) turnOff(t *model.Tenant, ref model.ItemRef) {
	stored, ok := Offerings.Get(tx, model.KeyOf(t.ID, ref))
	if t.Personal() {
		Offerings.remove(tx, model.KeyOf(t.ID, ref))
		return
	}
	if !ok || !stored.On {
		return
	}
	off := *stored
	off.On, off.Quota, off.UpdatedAt = false, model.Quota{}, tx.now
	Offerings.put(tx, &off)
	for below := range tx.ChildTenants(t.ID) {
		tx.turnOff(below, ref)
	}
}

// SetQuota limits an item that is on. A quota that limits as before keeps its version.
func (tx *Tx) SetQuota(t *model.Tenant, ref model.ItemRef, q model.Quota) error {
	o, had := tx.Offering(t, ref)
	if !had || !o.On {
		if q.Value == nil {
			return nil
		}
		return model.ItemOff(ref)
	}
	if o.Quota.Same(q) {
		return nil
	}
	if err := tx.CheckQuota(t, ref, q); err != nil {
		return err
	}
	changed := *o
	changed.Quota, changed.UpdatedAt = q, tx.now
	Offerings.put(tx, &changed)
	return nil
}

// PutOffering writes a row as it is.
func (tx *Tx) PutOffering(o *model.Offering) { Offerings.put(tx, o) }

// dropOfferings deletes the items of an application in one tenant, with what they were used for.
func (tx *Tx) dropOfferings(t *model.Tenant, app model.AppID) {
	for _, o := range slices.Collect(tx.storedOfferings(t.ID, app)) {
		if t.Personal() {
			Offerings.remove(tx, o.Key())
			continue
		}
		if o.Deleted() {
			continue
		}
		gone := *o
		gone.On, gone.Quota, gone.UpdatedAt, gone.DeletedAt = false, model.Quota{}, tx.now, tx.now
		Offerings.put(tx, &gone)
	}
	tx.dropUsages(t.ID, app)
}

// touchOfferings makes the items of a restored tenant new again, so that who asks for changes sees them come back.
func (tx *Tx) touchOfferings(id model.TenantID) {
	for _, o := range slices.Collect(tx.storedOfferings(id, "")) {
		if !o.Deleted() {
			changed := *o
			changed.UpdatedAt = tx.now
			Offerings.put(tx, &changed)
		}
	}
}
