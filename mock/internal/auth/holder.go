package auth

import (
	"slices"
	"strconv"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// HolderOf is who holds the access token t, with the rights that the token carries, if it may act now: those of its
// user or client, within the tenant that it was narrowed to. A device holds what it was registered for and nothing else
// of its user; in a tenant that belongs to no user it is nobody but the tenant's.
func HolderOf(v *state.View, t *model.Token) (*model.Actor, error) {
	actor, err := holder(v, t)
	if err != nil {
		return nil, err
	}
	if len(t.Scopes) > 0 {
		actor.Grants = deviceGrants(t.Scopes)
	}
	actor.Grants = limited(actor.Grants, t)
	if t.Narrowed != "" {
		actor.Grants = narrow(v, actor.Grants, t.Narrowed)
	}
	return actor, nil
}

func holder(v *state.View, t *model.Token) (*model.Actor, error) {
	if len(t.Scopes) == 0 || t.User != "" {
		return ActorOf(v, t.User, t.Client)
	}
	if !v.Active(t.Device) {
		return nil, unauthorized("the tenant %q of the device is not known or disabled", t.Device)
	}
	return &model.Actor{Tenant: t.Device}, nil
}

// limited keeps of the grants what a token that was made for some scopes alone carries. A role stays with the scope of
// its name.
func limited(grants []model.Grant, t *model.Token) []model.Grant {
	if !t.Limited {
		return grants
	}
	var kept []model.Grant
	for _, g := range grants {
		beyond := func(scope string) bool { return !slices.Contains(t.Only, scope) }
		g.Scopes = slices.DeleteFunc(slices.Clone(g.Scopes), beyond)
		if !slices.ContainsFunc(g.Scopes, func(scope string) bool { return roleOf(scope) == g.Role }) {
			g.Role = ""
		}
		if len(g.Scopes) > 0 {
			kept = append(kept, g)
		}
	}
	return kept
}

// deviceGrants are the rights that scope URNs give by themselves: the role, and no scope that it might imply.
func deviceGrants(scopes []string) []model.Grant {
	var grants []model.Grant
	for _, urn := range scopes {
		if s, ok := model.ParseScopeURN(urn); ok {
			grants = append(grants, model.Grant{Tenant: s.Tenant, Role: s.Role})
		}
	}
	return grants
}

// deviceAccess is what the claims of a device's token say: the scopes as they are named, on the tenant that the token
// was narrowed to, if any.
func deviceAccess(v *state.View, scopes []string, narrowed model.TenantID) []Access {
	list := []Access{}
	for _, urn := range scopes {
		s, ok := model.ParseScopeURN(urn)
		on := s.Tenant
		if narrowed != "" {
			ok, on = ok && v.Open(on, narrowed, false), narrowed
		}
		if t, found := state.Tenants.Get(v, on); ok && found {
			list = append(list, Access{
				Num: strconv.FormatInt(t.Num, 10), Tenant: t.ID, Role: s.Role, Namespace: s.Namespace, Server: s.Server, Path: s.Path,
			})
		}
	}
	return list
}
