package state

import (
	"iter"
	"slices"

	"github.com/tenantry/tenantry/mock/model"
)

// UsagesOf walks what the tenant itself uses, in the order of the items.
func (v *View) UsagesOf(id model.TenantID) iter.Seq[*model.Usage] { return itemRows(v, Usages, id, "") }

// PutUsage writes a usage.
func (tx *Tx) PutUsage(u *model.Usage) { Usages.put(tx, u) }

// HasUsage reports whether the tenant, or one below it that has the item on, uses the item.
func (v *View) HasUsage(id model.TenantID, ref model.ItemRef) bool {
	if u, ok := Usages.Get(v, model.KeyOf(id, ref)); ok && u.Value > 0 {
		return true
	}
	for t := range v.ChildTenants(id) {
		if !t.Deleted() && v.Has(t, ref) && v.HasUsage(t.ID, ref) {
			return true
		}
	}
	return false
}

// MoveUsage counts what a tenant used of one item as used of another.
func (tx *Tx) MoveUsage(id model.TenantID, from, to model.ItemRef) {
	u, ok := Usages.Get(tx, model.KeyOf(id, from))
	if !ok {
		return
	}
	moved := *u
	moved.ItemRef, moved.UpdatedAt = to, tx.now
	if it, ok := to.Item(); ok {
		moved.Edition = it.Edition
	}
	if before, ok := Usages.Get(tx, model.KeyOf(id, to)); ok {
		moved.Value, moved.Absolute = moved.Value+before.Value, moved.Absolute+before.Absolute
	}
	Usages.remove(tx, u.Key())
	tx.PutUsage(&moved)
}

// dropUsages forgets what a tenant uses of an application.
func (tx *Tx) dropUsages(id model.TenantID, app model.AppID) {
	for _, u := range slices.Collect(itemRows(tx.View, Usages, id, app)) {
		Usages.remove(tx, u.Key())
	}
}
