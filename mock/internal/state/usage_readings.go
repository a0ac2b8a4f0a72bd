package state

import (
	"strings"

	"github.com/tenantry/tenantry/mock/model"
)

// ReadUsage writes a new reading of what the tenant itself uses of an item. No quota is asked: a report tells what has
// been used already, and quotas are for who is about to use more.
func (tx *Tx) ReadUsage(id model.TenantID, ref model.ItemRef, value int64) {
	u, ok := Usages.Get(tx, model.KeyOf(id, ref))
	if !ok {
		u = &model.Usage{TenantID: id, ItemRef: ref}
		if it, ok := ref.Item(); ok {
			u.Edition = it.Edition
		}
	}
	tx.PutUsage(u.Read(value, tx.now))
}

// ReadResource writes what one resource of the tenant uses of an item: the tenant uses as much more or less as
// the resource does since it reported last.
func (tx *Tx) ReadResource(resource string, id model.TenantID, ref model.ItemRef, value int64) {
	total := value
	if u, ok := Usages.Get(tx, model.KeyOf(id, ref)); ok {
		total = model.Sum(max(0, u.ThisMonth(tx.now)-tx.lastOf(resource, id, ref)), value)
	}
	ResourceUsages.put(tx, &model.ResourceUsage{ResourceID: resource, TenantID: id, ItemRef: ref, Value: value, UpdatedAt: tx.now})
	tx.ReadUsage(id, ref, total)
}

// lastOf is what of the tenant's usage comes from an earlier report of the resource.
func (v *View) lastOf(resource string, id model.TenantID, ref model.ItemRef) int64 {
	r, ok := ResourceUsages.Get(v, model.ResourceUsageKey(resource, ref))
	if !ok {
		r, ok = v.movedOf(resource, id, ref)
	}
	if !ok || r.TenantID != id || model.IsRange(ref.UsageName()) && r.UpdatedAt.Before(model.MonthOf(v.now)) {
		return 0
	}
	return r.Value
}

// movedOf finds a report about the item that had the usage before the tenant changed its edition: its usage has moved
// to the present item.
func (v *View) movedOf(resource string, id model.TenantID, ref model.ItemRef) (*model.ResourceUsage, bool) {
	for r := range ResourceUsages.From(v, resource) {
		if !strings.HasPrefix(r.ResourceID, resource) {
			break
		}
		if r.ResourceID != resource || r.UsageName() != ref.UsageName() || r.Infra != ref.Infra {
			continue
		}
		if _, stays := Usages.Get(v, model.KeyOf(id, r.ItemRef)); !stays {
			return r, true
		}
	}
	return nil, false
}
