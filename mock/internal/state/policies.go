package state

import (
	"slices"

	"github.com/tenantry/tenantry/mock/model"
)

// PoliciesOf lists the policies of a trustee, oldest first.
func (v *View) PoliciesOf(trustee string) []*model.Policy {
	var policies []*model.Policy
	in := func(p *model.Policy) bool { return p.TrusteeID == trustee }
	for p := range PoliciesByTrustee.While(v, &model.Policy{TrusteeID: trustee}, in) {
		policies = append(policies, p)
	}
	return policies
}

// GroupPoliciesOf lists the policies that reach the user through security groups of its tenant and above.
func (v *View) GroupPoliciesOf(u *model.User) []*model.Policy {
	policies := v.groupPolicies(u.TenantID, u.ID)
	for t := range v.Up(u.TenantID) {
		policies = append(policies, v.groupPolicies(t.ID, u.ID)...)
	}
	return policies
}

func (v *View) groupPolicies(tenant model.TenantID, user model.UserID) []*model.Policy {
	var policies []*model.Policy
	in := func(g *model.Group) bool { return g.TenantID == tenant }
	for g := range GroupsByTenant.While(v, &model.Group{TenantID: tenant}, in) {
		if slices.Contains(g.Members, user) {
			policies = append(policies, v.PoliciesOf(string(g.ID))...)
		}
	}
	return policies
}

// PutPolicy writes a policy.
func (tx *Tx) PutPolicy(p *model.Policy) { Policies.put(tx, p) }

// RemovePolicy takes a policy away.
func (tx *Tx) RemovePolicy(id model.PolicyID) { Policies.remove(tx, id) }

// PutGroup writes a security group.
func (tx *Tx) PutGroup(g *model.Group) { Groups.put(tx, g) }

// UserGrants are the rights of a user: each policy's role on its tenant, own and by groups. A service role
// brings the sight of the user's own tenant, and the registration of devices in the personal one
// (wire facts, idp 1.4).
func (v *View) UserGrants(u *model.User) []model.Grant {
	var grants []model.Grant
	for _, p := range slices.Concat(v.PoliciesOf(string(u.ID)), v.GroupPoliciesOf(u)) {
		grants = append(grants, grant(p.TenantID, p.Role))
		if p.Role == "partner_admin" {
			grants = append(grants, model.Grant{Tenant: p.TenantID, Role: "protection_admin", Scopes: model.RoleScopes("protection_admin")})
		}
		if model.IsServiceRole(p.Role) && u.PersonalTenantID != "" {
			grants = append(grants,
				model.Grant{Tenant: u.TenantID, Scopes: []string{"account-server::tenant_viewer"}},
				model.Grant{Tenant: u.PersonalTenantID, Scopes: []string{"account-server::oauth2_client_admin"}})
		}
	}
	return grants
}

// ClientGrants are the rights of a client: the roles of its creator on its own tenant, and the service scopes
// that it was explicitly given.
func (v *View) ClientGrants(c *model.Client) []model.Grant {
	grants := make([]model.Grant, 0, len(c.Roles)+1)
	for _, role := range c.Roles {
		grants = append(grants, grant(c.TenantID, role))
	}
	for _, scope := range c.Scopes {
		_, role := model.SplitScope(scope)
		grants = append(grants, model.Grant{Tenant: c.TenantID, Role: role, Scopes: []string{scope}})
	}
	return grants
}

func grant(t model.TenantID, role string) model.Grant {
	return model.Grant{Tenant: t, Role: role, Scopes: model.RoleScopes(role)}
}
