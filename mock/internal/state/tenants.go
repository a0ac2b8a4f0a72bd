package state

import (
	"strconv"

	"github.com/tenantry/tenantry/mock/model"
)

// PutTenant writes a tenant as it is and keeps the timer of its trial in step.
func (tx *Tx) PutTenant(t *model.Tenant) {
	Tenants.put(tx, t)
	end := t.Pricing.StartDate.Time()
	if t.Pricing.Mode != model.Trial || t.Deleted() || t.Personal() {
		end = timeZero
	}
	if _, had := Timers.Get(tx, model.TimerID(model.TimerEndTrial, string(t.ID))); had || !end.IsZero() {
		tx.Schedule(model.TimerEndTrial, string(t.ID), end)
	}
}

// UpdateTenant writes a changed tenant under the next version and the present time. A tenant that is
// disabled by the change loses every token issued in it and below, at once and for good.
func (tx *Tx) UpdateTenant(t *model.Tenant) {
	old, had := Tenants.Get(tx, t.ID)
	t.Version++
	t.UpdatedAt = model.MomentOf(tx.now)
	tx.PutTenant(t)
	if had && old.Enabled && !t.Enabled {
		tx.revokeBelow(t.ID)
	}
}

// TouchTenant writes the next version of a tenant of which another object changed, such as its brand.
func (tx *Tx) TouchTenant(t *model.Tenant) *model.Tenant {
	changed := *t
	tx.UpdateTenant(&changed)
	return &changed
}

// NameTaken reports whether a live sibling other than except has the name, without regard to case.
func (v *View) NameTaken(parent model.TenantID, name string, except model.TenantID) bool {
	pivot := &model.Tenant{ParentID: parent, Name: name}
	key := pivot.NameKey()
	in := func(t *model.Tenant) bool { return t.ParentID == parent && t.NameKey() == key }
	for t := range TenantsByName.While(v, pivot, in) {
		if t.ID != except && t.ParentID != t.ID {
			return true
		}
	}
	return false
}

// CheckName refuses a name that a live sibling has (1004).
func (v *View) CheckName(parent model.TenantID, name string, except model.TenantID) error {
	if !v.NameTaken(parent, name, except) {
		return nil
	}
	return model.Refuse(model.Conflict, model.CodeNameConflict, "tenant_name",
		"Tenant with name %q already exists in tenant %q", name, parent)
}

// FreeName is name, or name with the smallest postfix that makes it free among the siblings.
func (v *View) FreeName(parent model.TenantID, name string, except model.TenantID) string {
	return postfixed(name, func(s string) bool { return v.NameTaken(parent, s, except) })
}

func postfixed(text string, taken func(string) bool) string {
	free := text
	for n := 1; taken(free); n++ {
		free = text + "_" + strconv.Itoa(n)
	}
	return free
}

// DeleteTenant soft-deletes a tenant and all that lives in it: tenants below, users, clients. What one
// deletion takes shares its id, so that a restore brings back just that.
func (tx *Tx) DeleteTenant(t *model.Tenant) {
	deletion := tx.UUID()
	tx.revokeBelow(t.ID)
	for _, below := range tx.subtree(t.ID) {
		if below.Deleted() {
			continue
		}
		tx.deleteUsersOf(below.ID, deletion)
		tx.deleteClientsOf(below.ID, deletion)
		gone := *below
		gone.DeletedAt, gone.Deletion = model.MomentOf(tx.now), deletion
		tx.UpdateTenant(&gone)
	}
}

func (v *View) subtree(root model.TenantID) []*model.Tenant {
	var all []*model.Tenant
	for t := range v.Below(root, "", nil) {
		all = append(all, t)
	}
	return all
}

func (tx *Tx) deleteUsersOf(id model.TenantID, deletion string) {
	for _, u := range tx.TenantUsers(id) {
		if !u.Deleted() {
			gone := *u
			gone.DeletedAt, gone.Deletion = model.MomentOf(tx.now), deletion
			tx.UpdateUser(&gone)
		}
	}
}

func (tx *Tx) deleteClientsOf(id model.TenantID, deletion string) {
	for _, c := range tx.TenantClients(id) {
		if !c.Deleted() {
			gone := *c
			gone.DeletedAt, gone.Deletion = tx.now, deletion
			tx.UpdateClient(&gone)
		}
	}
}

// RestoreTenant brings back a deleted tenant with what its deletion took. A name or a login that has been
// taken meanwhile is a conflict, unless force is set: then it comes back with a postfix (reference, POST
// /tenants/{tenant_id}/restore).
func (tx *Tx) RestoreTenant(t *model.Tenant, force bool) error {
	if _, err := tx.LiveTenant(t.ParentID); err != nil {
		return model.Refuse(model.Conflict, model.CodeTenantNotFound, "parent_deleted",
			"Tenant %q cannot be restored: its parent %q is deleted", t.Name, t.ParentID)
	}
	if !force {
		if err := tx.CheckName(t.ParentID, t.Name, t.ID); err != nil {
			return err
		}
	}
	for _, below := range tx.subtree(t.ID) {
		if below.Deletion != t.Deletion {
			continue
		}
		if err := tx.restoreUsersOf(below.ID, t.Deletion, force); err != nil {
			return err
		}
		tx.restoreClientsOf(below.ID, t.Deletion)
		back := *below
		back.DeletedAt, back.Deletion = 0, ""
		if !back.Personal() {
			back.Name = tx.FreeName(back.ParentID, back.Name, back.ID)
		}
		tx.UpdateTenant(&back)
		tx.touchOfferings(back.ID)
	}
	return nil
}

func (tx *Tx) restoreUsersOf(id model.TenantID, deletion string, force bool) error {
	for _, u := range tx.TenantUsers(id) {
		if u.Deletion != deletion {
			continue
		}
		if err := tx.reviveUser(u, force, false); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) restoreClientsOf(id model.TenantID, deletion string) {
	for _, c := range tx.TenantClients(id) {
		if c.Deletion == deletion {
			back := *c
			back.DeletedAt, back.Deletion = timeZero, ""
			tx.UpdateClient(&back)
		}
	}
}

// EffectiveBrand is the tenant's own brand, or the nearest ancestor's.
func (v *View) EffectiveBrand(id model.TenantID) (*model.Brand, bool) {
	if b, ok := Brands.Get(v, id); ok {
		return b, true
	}
	for t := range v.Up(id) {
		if b, ok := Brands.Get(v, t.ID); ok {
			return b, true
		}
	}
	return nil, false
}

// PutBrand writes a tenant's own brand.
func (tx *Tx) PutBrand(b *model.Brand) { Brands.put(tx, b) }

// RemoveBrand takes a tenant's own brand away.
func (tx *Tx) RemoveBrand(id model.TenantID) bool { return Brands.remove(tx, id) }
