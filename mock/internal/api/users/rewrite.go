package users

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// A policyItem is a policy as a client sends it. Issuer and dates are the server's and not read. A new one has the
// nil UUID for an id and version 0, or neither (wire facts, core 1 no. 15).
type policyItem struct {
	ID          model.PolicyID `json:"id"`
	Version     int64          `json:"version"`
	TrusteeID   string         `json:"trustee_id"`
	TrusteeType string         `json:"trustee_type"`
	TenantID    model.TenantID `json:"tenant_id"`
	Role        string         `json:"role_id"`
	ServerID    string         `json:"resource_server_id"`
	Namespace   string         `json:"resource_namespace"`
	Path        string         `json:"resource_path"`
}

// A grantKey is what a policy grants; a user has each once.
type grantKey struct {
	tenant                        model.TenantID
	role, server, namespace, path string
}

func (i *policyItem) grants() grantKey {
	return grantKey{i.TenantID, i.Role, i.ServerID, i.Namespace, i.Path}
}

func grantsOf(p *model.Policy) grantKey {
	return grantKey{p.TenantID, p.Role, p.ServerID, p.Namespace, p.Path}
}

// A rewrite replaces the policies of one user.
type rewrite struct {
	tx      *state.Tx
	caller  *model.Actor
	user    *model.User
	granted map[grantKey]bool // by the items so far
}

func (r *rewrite) run(items []policyItem) error {
	stored := r.tx.PoliciesOf(string(r.user.ID))
	kept := matches(items, stored)
	for i := range items {
		if err := r.item(i, &items[i], kept[i]); err != nil {
			return err
		}
	}
	for _, p := range stored {
		if !slices.Contains(kept, p) {
			r.tx.RemovePolicy(p.ID)
		}
	}
	return nil
}

// matches finds for each item the stored policy that it stands for: the one with its id, else one that grants the same,
// as clients that know no ids send every item as a new one. An unknown id is a new policy: the server gives ids.
func matches(items []policyItem, stored []*model.Policy) []*model.Policy {
	found := make([]*model.Policy, len(items))
	free := slices.Clone(stored)
	match := func(i int, fits func(*model.Policy) bool) {
		if n := slices.IndexFunc(free, fits); found[i] == nil && n >= 0 {
			found[i] = free[n]
			free = slices.Delete(free, n, n+1)
		}
	}
	for i := range items {
		match(i, func(p *model.Policy) bool { return p.ID == items[i].ID })
	}
	for i := range items {
		match(i, func(p *model.Policy) bool { return grantsOf(p) == items[i].grants() })
	}
	return found
}

// item keeps a stored policy that grants the same, whoever could not grant it anew, changes one, or makes a new one.
func (r *rewrite) item(i int, it *policyItem, stored *model.Policy) error {
	if err := it.check(i, r.user.ID); err != nil {
		return err
	}
	changes := stored == nil || grantsOf(stored) != it.grants()
	if changes {
		if err := r.allowed(i, it); err != nil {
			return err
		}
	}
	// Version 0 is sent for new ones and by clients that fill every member; it is no claim.
	if stored != nil && it.ID == stored.ID && it.Version != 0 {
		if err := model.CheckVersion(fmt.Sprintf("access policy %q", stored.ID), it.Version, stored.Version); err != nil {
			return err
		}
	}
	if r.granted[it.grants()] {
		return model.Errorf(model.Conflict, "policy_twice", "body /items/%d grants what an item before it grants", i)
	}
	r.granted[it.grants()] = true
	if changes {
		r.put(it, stored)
	}
	return nil
}

// check refuses an item that is no policy of the user.
func (i *policyItem) check(n int, user model.UserID) error {
	at := func(member string) string { return fmt.Sprintf("/items/%d/%s", n, member) }
	switch {
	case i.TrusteeType != "" && i.TrusteeType != model.TrusteeUser:
		return model.BadMember(at("trustee_type"), "must be %q: only the user's own policies are rewritten here", model.TrusteeUser)
	case i.TrusteeID != "" && i.TrusteeID != model.NilUUID && i.TrusteeID != string(user):
		return model.BadMember(at("trustee_id"), "must be the user of the path")
	case !model.KnownRole(i.Role):
		return model.BadMember(at("role_id"), "is not one of %s", strings.Join(model.Roles(), ", "))
	}
	return nil
}

// allowed refuses what the caller may not grant, and a role on a tenant that does not exist or whose kind does not
// have it.
func (r *rewrite) allowed(i int, it *policyItem) error {
	t, err := r.tx.LiveTenant(it.TenantID)
	if err != nil {
		return model.Refuse(model.Invalid, model.CodeTenantNotFound, "tenant_not_found",
			"body /items/%d/tenant_id names no tenant: %q", i, it.TenantID)
	}
	if err := r.tx.ReachInside(r.caller, t.ID); err != nil {
		return err
	}
	if err := r.tx.CheckGrant(r.caller, it.Role, t.ID); err != nil {
		return err
	}
	return model.CheckRoleLevel(it.Role, t)
}

func (r *rewrite) put(it *policyItem, stored *model.Policy) {
	p := &model.Policy{ID: model.PolicyID(r.tx.UUID()), CreatedAt: r.tx.Now()}
	if stored != nil {
		*p = *stored
	}
	p.Version++
	p.UpdatedAt = r.tx.Now()
	p.TrusteeID, p.TrusteeType, p.IssuerID = string(r.user.ID), model.TrusteeUser, r.caller.ID()
	p.TenantID, p.Role = it.TenantID, it.Role
	p.ServerID, p.Namespace, p.Path = it.ServerID, it.Namespace, it.Path
	r.tx.PutPolicy(p)
}
