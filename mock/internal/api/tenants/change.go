package tenants

import (
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// checkChange refuses a change from t to c that a rule forbids.
func checkChange(v *state.View, caller *model.Actor, t, c *model.Tenant) error {
	if err := model.CheckTenantName(c.Name); err != nil {
		return err
	}
	if err := model.CheckKindChange(t.Kind, c.Kind); err != nil {
		return err
	}
	if t.Enabled && !c.Enabled {
		if err := model.CheckSuspend(t); err != nil {
			return err
		}
	}
	moved := c.ParentID != t.ParentID
	if moved {
		if err := checkMove(v, caller, c); err != nil {
			return err
		}
	}
	if moved || c.Extras().Lock != t.Extras().Lock {
		if err := checkLock(v, c); err != nil {
			return err
		}
	}
	return checkSiblings(v, t, c)
}

// checkMove refuses the new parent of c: the caller must see into it, and kinds and states must allow the move.
func checkMove(v *state.View, caller *model.Actor, c *model.Tenant) error {
	to, err := v.LiveTenant(c.ParentID)
	if err != nil {
		return err
	}
	if err := v.ReachInside(caller, to.ID); err != nil {
		return err
	}
	if err := model.CheckMove(c, to, v.Under(to.ID, c.ID)); err != nil {
		return err
	}
	if !v.Active(to.ID) {
		return model.Refuse(model.Invalid, model.CodeMoveUnderDisabled, "move_under_disabled",
			"a tenant above %q is disabled, nothing can be moved under it", to.Name)
	}
	return v.CheckMoveOffers(c, to)
}

// checkLock refuses a lock whose owner is neither the tenant nor above it (1032): nobody there could open it.
func checkLock(v *state.View, c *model.Tenant) error {
	lock := c.Extras().Lock
	owner := lock.OwnerID
	if !lock.Enabled || owner == c.ID || v.Under(c.ParentID, owner) {
		return nil
	}
	return model.Refuse(model.Invalid, model.CodeNoLockingTenant, "lock_owner",
		"Tenant %q, which owns the update lock, is not above tenant %q", owner, c.Name)
}

// checkSiblings refuses a new name, or a name among new siblings, that one of them has. Names of personal tenants
// and of the root have no siblings to clash with.
func checkSiblings(v *state.View, t, c *model.Tenant) error {
	same := c.Name == t.Name && c.ParentID == t.ParentID
	if same || t.Personal() || t.Kind == model.Root {
		return nil
	}
	return v.CheckName(c.ParentID, c.Name, c.ID)
}
