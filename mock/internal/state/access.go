package state

import (
	"github.com/tenantry/tenantry/mock/model"
)

// Reach refuses a tenant outside the trees in which the caller holds a scope of the operation (403, platform
// code 1002), or behind a tenant that does not let its ancestors in. The tenant's own properties stay
// within reach of its ancestors (wire facts, core 3.1 on ancestral_access).
func (v *View) Reach(a *model.Actor, id model.TenantID) error {
	return v.reach(a, id, false)
}

// ReachInside is Reach for what a tenant holds: its users, its children.
func (v *View) ReachInside(a *model.Actor, id model.TenantID) error {
	return v.reach(a, id, true)
}

// Sees is ReachInside as a question, for lists that skip what the caller may not see.
func (v *View) Sees(a *model.Actor, id model.TenantID) bool { return v.reach(a, id, true) == nil }

// SeesTenant is Reach as a question.
func (v *View) SeesTenant(a *model.Actor, id model.TenantID) bool {
	return v.reach(a, id, false) == nil
}

func (v *View) reach(a *model.Actor, id model.TenantID, inside bool) error {
	for _, root := range a.Roots {
		if v.Open(root, id, inside) {
			return nil
		}
	}
	return model.Refuse(model.Forbidden, model.CodeAccessDenied, "access_denied",
		"Access denied: tenant %q is not within the caller's reach", id)
}

// Open reports whether the way from root down to id is free: id is root or below it, and no tenant between
// them (id itself too, when inside is asked for) has closed itself to its ancestors.
func (v *View) Open(root, id model.TenantID, inside bool) bool {
	t, ok := Tenants.Get(v, id)
	if !ok {
		return false
	}
	closed := inside && !t.AncestralAccess
	for t.ID != root {
		if closed || t.ParentID == t.ID {
			return false
		}
		if t, ok = Tenants.Get(v, t.ParentID); !ok {
			return false
		}
		closed = !t.AncestralAccess
	}
	return true
}

// Barrier is the level of the ancestor above which nobody has access to the tenant: that of the nearest
// tenant on its path, itself included, that has closed itself; 0 when there is none.
func (v *View) Barrier(t *model.Tenant) int64 {
	if !t.AncestralAccess {
		return int64(v.Level(t.ID))
	}
	for a := range v.Up(t.ID) {
		if !a.AncestralAccess {
			return int64(v.Level(a.ID))
		}
	}
	return 0
}

// Unlocked refuses a change to a tenant that is locked for others than the users of the lock's owner (1012).
func (v *View) Unlocked(a *model.Actor, t *model.Tenant) error {
	lock := t.Extras().Lock
	if !lock.Enabled || lock.OwnerID == a.Tenant {
		return nil
	}
	return model.Refuse(model.Forbidden, model.CodeTenantLocked, "tenant_locked",
		"Tenant %q is locked: only users of tenant %q can update it", t.Name, lock.OwnerID)
}
