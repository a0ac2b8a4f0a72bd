package state

import "github.com/tenantry/tenantry/mock/model"

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
	key := model.ResourceUsageKey(resource, ref)
	was := int64(0)
	old, had := ResourceUsages.Get(tx, key)
	if had && old.TenantID == id && !(model.IsRange(ref.UsageName()) && old.UpdatedAt.Before(model.MonthOf(tx.now))) {
		was = old.Value
	}
	ResourceUsages.put(tx, &model.ResourceUsage{ResourceID: resource, TenantID: id, ItemRef: ref, Value: value, UpdatedAt: tx.now})
	total := value
	if u, ok := Usages.Get(tx, model.KeyOf(id, ref)); ok {
		total = model.Sum(max(0, u.ThisMonth(tx.now)-was), value)
	}
	tx.ReadUsage(id, ref, total)
}
