package state

import (
	"slices"

	"github.com/tenantry/tenantry/mock/model"
)

// CheckUnused refuses to take capabilities away from a component, or the component with all of them, while tenants
// use them: an item that needs one is on, or has usage (1009). force looks past all of that as long as
// no customer has such an item on (reference, DELETE /infra/{infra_id}).
func (v *View) CheckUnused(i *model.Infra, capabilities []string, force bool) error {
	for o := range v.InfraOfferings(i.ID) {
		t, err := v.LiveTenant(o.TenantID)
		if err != nil || !o.On || !needs(o.ItemRef, capabilities) {
			continue
		}
		if isCustomer := t.Kind == model.Customer || t.Kind == model.Unit; isCustomer || !force {
			return infraUsed(i, "tenant %q has offering item %q on it turned on", t.Name, o.Name)
		}
	}
	if force {
		return nil
	}
	for u := range Usages.All(v) { // components go rarely: no index is kept for it
		if u.Infra != i.ID || u.Value == 0 || !needs(u.ItemRef, capabilities) {
			continue
		}
		if t, err := v.LiveTenant(u.TenantID); err == nil {
			return infraUsed(i, "tenant %q has data of offering item %q on it", t.Name, u.Name)
		}
	}
	return nil
}

func infraUsed(i *model.Infra, format string, args ...any) error {
	return model.Refuse(model.Conflict, model.CodeStorageInUse, "infra_in_use",
		"Infrastructure component %q is in use: "+format, append([]any{i.Name}, args...)...)
}

// needs reports whether the item needs one of the capabilities.
func needs(ref model.ItemRef, capabilities []string) bool {
	it, ok := ref.Item()
	return ok && slices.Contains(capabilities, it.Capability)
}

// Withdraw takes the items that need one of the capabilities of a component from all tenants, deleted ones too: they
// may come back, the component does not. Their usages and prices go with them.
func (tx *Tx) Withdraw(id model.InfraID, capabilities []string) {
	for _, o := range slices.Collect(tx.InfraOfferings(id)) {
		if needs(o.ItemRef, capabilities) {
			tx.withdraw(o)
		}
	}
	gone := func(ref model.ItemRef) bool { return ref.Infra == id && needs(ref, capabilities) }
	removeWhere(tx, Usages, func(u *model.Usage) bool { return gone(u.ItemRef) })
	removeWhere(tx, Prices, func(p *model.Price) bool { return gone(p.ItemRef) })
}

func (tx *Tx) withdraw(o *model.Offering) {
	if t, ok := Tenants.Get(tx, o.TenantID); ok && derives(t) {
		Offerings.remove(tx, o.Key())
		return
	}
	if o.Deleted() {
		return
	}
	gone := *o
	gone.On, gone.Quota, gone.UpdatedAt, gone.DeletedAt = false, model.Quota{}, tx.now, tx.now
	Offerings.put(tx, &gone)
}

// RemoveInfra takes a component away, with all items on it.
func (tx *Tx) RemoveInfra(i *model.Infra) {
	tx.Withdraw(i.ID, i.Capabilities)
	Infras.remove(tx, i.ID)
}

// removeWhere takes away the rows that satisfy out. It walks the whole table.
func removeWhere[K ~string, R any](tx *Tx, k Kind[K, R], out func(*R) bool) {
	var keys []K
	for row := range k.All(tx) {
		if out(row) {
			keys = append(keys, K(k.def.key(row)))
		}
	}
	for _, key := range keys {
		k.remove(tx, key)
	}
}
