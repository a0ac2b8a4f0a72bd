package state

import (
	"slices"

	"github.com/tenantry/tenantry/mock/model"
)

// CheckGrant refuses (403) a role that stands above all that the caller holds on the tenant: nobody raises others, or
// by their help themselves, above the own rank.
func (v *View) CheckGrant(a *model.Actor, role string, on model.TenantID) error {
	for _, g := range a.Grants {
		if model.Rank(g.Role) >= model.Rank(role) && v.Open(g.Tenant, on, true) {
			return nil
		}
	}
	return model.Refuse(model.Forbidden, model.CodeAccessDenied, "access_denied",
		"Access denied: role %q on tenant %q is above the caller's own roles there", role, on)
}

// RolesOn lists the roles that a user or client has on the tenant, by its own policies and those of its groups: what a
// client made there inherits. Service scopes and what a role brings to users alone are not among them
// (wire facts, idp 1.4).
func (v *View) RolesOn(a *model.Actor, on model.TenantID) []string {
	if a.Client != nil {
		return slices.Clone(a.Client.Roles)
	}
	if a.User == nil {
		return nil
	}
	var roles []string
	for _, p := range slices.Concat(v.PoliciesOf(string(a.User.ID)), v.GroupPoliciesOf(a.User)) {
		if v.Open(p.TenantID, on, true) && !slices.Contains(roles, p.Role) {
			roles = append(roles, p.Role)
		}
	}
	return roles
}
