package tenants

import (
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// Ops are the operations on tenants.
var Ops = []op.Op{
	op.Write("createTenant", create),
	op.Read("getTenant", get),
	op.Write("updateTenant", update, op.Ignores("brand_id", "deprecated: a brand cannot be changed by it")),
	op.Write("deleteTenant", remove),
	op.Write("restoreTenant", restore),
	op.Read("listTenants", list),
	op.Read("listTenantChildren", children),
	op.Read("listTenantUsers", users, op.Ignores("include_hidden", "nothing published says which users are hidden")),
}

// reached finds a tenant that the caller may deal with; a deleted one is only found when that is asked for.
func reached(v *state.View, caller *model.Actor, id model.TenantID, deleted bool) (*model.Tenant, error) {
	t, err := v.Tenant(id)
	if err == nil && t.Deleted() && !deleted {
		err = model.Missing("tenant", id)
	}
	if err != nil {
		return nil, err
	}
	return t, v.Reach(caller, id)
}
