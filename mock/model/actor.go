package model

import "slices"

// Credential kinds by which a request can be made (reference, "Security").
const (
	ViaBearer = "bearer"
	ViaBasic  = "basic"
	ViaCookie = "cookie"
)

// A Grant is one role on one tenant and all below it, with the scopes that the role implies there.
type Grant struct {
	Tenant TenantID
	Role   string
	Scopes []string // as namespace::role
}

// Actor is who makes a request: a user or a client, never both.
type Actor struct {
	User   *User
	Client *Client
	Tenant TenantID // the tenant the actor belongs to
	Grants []Grant
	Via    string
	Token  *Token // the access token, when Via is ViaBearer
	// Roots are the tenants in which the actor holds a scope that the operation asks for.
	Roots []TenantID
}

// ID is the user's or the client's id.
func (a *Actor) ID() string {
	if a.User != nil {
		return string(a.User.ID)
	}
	if a.Client != nil {
		return string(a.Client.ID)
	}
	return ""
}

// IsClient reports whether an API client acts by itself.
func (a *Actor) IsClient() bool { return a.Client != nil }

// Allowed lists the tenants in which the actor holds one of the scopes, in the order of the grants.
func (a *Actor) Allowed(scopes []string) []TenantID {
	var roots []TenantID
	for _, g := range a.Grants {
		if !slices.Contains(roots, g.Tenant) && overlap(g.Scopes, scopes) {
			roots = append(roots, g.Tenant)
		}
	}
	return roots
}

// Has reports whether the actor holds the short scope anywhere.
func (a *Actor) Has(scope string) bool { return len(a.Allowed([]string{scope})) > 0 }

// Roles lists the distinct roles of the actor.
func (a *Actor) Roles() []string {
	var roles []string
	for _, g := range a.Grants {
		if g.Role != "" && !slices.Contains(roles, g.Role) {
			roles = append(roles, g.Role)
		}
	}
	return roles
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}
