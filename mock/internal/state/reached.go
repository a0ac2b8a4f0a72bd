package state

import "github.com/tenantry/tenantry/mock/model"

// Reached finds a live tenant within the caller's reach.
func (v *View) Reached(a *model.Actor, id model.TenantID) (*model.Tenant, error) {
	t, err := v.LiveTenant(id)
	if err != nil {
		return nil, err
	}
	return t, v.Reach(a, id)
}

// Changeable finds a live tenant within the caller's reach that is not locked for the caller.
func (v *View) Changeable(a *model.Actor, id model.TenantID) (*model.Tenant, error) {
	t, err := v.Reached(a, id)
	if err != nil {
		return nil, err
	}
	return t, v.Unlocked(a, t)
}
