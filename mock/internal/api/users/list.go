package users

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// maxIDs is how many ids a filter takes (reference, GET /users).
const maxIDs = 100

type listIn struct {
	UUIDs        op.List        `query:"uuids"`
	OriginID     *string        `query:"origin_id"`
	ExternalIDs  op.List        `query:"external_ids"`
	TenantID     model.TenantID `query:"tenant_id"`
	Root         model.TenantID `query:"subtree_root_tenant_id"`
	UpdatedSince string         `query:"updated_since"`
	Limit        int            `query:"limit"`
	After        string         `query:"after"`
	LOD          string         `query:"lod"`
	WithPolicies bool           `query:"with_access_policies"`
	AllowDeleted bool           `query:"allow_deleted"`
	Organization bool           `query:"inside_organization"`
	Roles        op.List        `query:"access_policies"`
	Kinds        op.List        `query:"tenant_kinds"`
	Target       model.TenantID `query:"target_tenant_id"`
}

// list shows a page of the users that fit every filter. Users come tenant by tenant, each tenant before those below
// it, siblings and users in the order of their ids. Without a filter that says where, it shows all in the caller's tenants
// and below: the reference marks every filter as optional. Ids that are unknown or out of reach are skipped, while
// a tenant that is asked for has to exist (404) and to be within reach (403).
func list(ctx context.Context, v *state.View, in listIn) (*wire.Stamped[any], error) {
	q, err := newQuery(ctx, v, in)
	if err != nil {
		return nil, err
	}
	if err := q.locate(); err != nil {
		return nil, err
	}
	users, after, err := q.page()
	if err != nil {
		return nil, err
	}
	items := make([]any, len(users))
	for i, u := range users {
		var policies []*model.Policy
		if q.WithPolicies {
			policies = v.PoliciesOf(string(u.ID))
		}
		items[i] = wire.UserAt(v, u, q.LOD, policies)
	}
	return wire.StampedOf(q.Timestamp, items, after), nil
}

// check refuses filters that exclude or need each other.
func (in *listIn) check() error {
	given := map[string]bool{
		"uuids": len(in.UUIDs) > 0, "external_ids": len(in.ExternalIDs) > 0, "tenant_id": in.TenantID != "",
		"subtree_root_tenant_id": in.Root != "", "inside_organization": in.Organization,
		"access_policies": len(in.Roles) > 0, "tenant_kinds": len(in.Kinds) > 0, "target_tenant_id": in.Target != "",
	}
	for _, pair := range [][2]string{
		{"uuids", "subtree_root_tenant_id"},
		{"uuids", "external_ids"},
		{"uuids", "tenant_id"},
		{"external_ids", "subtree_root_tenant_id"},
		{"tenant_id", "subtree_root_tenant_id"},
	} {
		if given[pair[0]] && given[pair[1]] {
			return model.BadQuery(pair[0], "cannot be used together with %s", pair[1])
		}
	}
	for _, need := range [][2]string{
		{"external_ids", "tenant_id"},
		{"inside_organization", "subtree_root_tenant_id"},
		{"access_policies", "inside_organization"},
		{"tenant_kinds", "inside_organization"},
		{"target_tenant_id", "inside_organization"},
	} {
		if given[need[0]] && !given[need[1]] {
			return model.BadQuery(need[0], "needs %s", need[1])
		}
	}
	return in.checkValues()
}

func (in *listIn) checkValues() error {
	if in.Limit < 1 { // also where the world overlooks what the document says
		return model.BadQuery("limit", "is below 1")
	}
	if len(in.UUIDs) > maxIDs {
		return model.BadQuery("uuids", "has %d ids, at most %d are allowed", len(in.UUIDs), maxIDs)
	}
	if len(in.ExternalIDs) > maxIDs {
		return model.BadQuery("external_ids", "has %d ids, at most %d are allowed", len(in.ExternalIDs), maxIDs)
	}
	kinds := []string{string(model.Root), string(model.Partner), string(model.Folder), string(model.Customer), string(model.Unit)}
	for _, k := range in.Kinds {
		if !slices.Contains(kinds, k) {
			return model.BadQuery("tenant_kinds", "has %q, which is not one of %s", k, strings.Join(kinds, ", "))
		}
	}
	_, err := in.since()
	return err
}

// since is the zero time where the filter is not given, which every user was updated after.
func (in *listIn) since() (time.Time, error) {
	if in.UpdatedSince == "" {
		return time.Time{}, nil
	}
	t, err := model.ParseTime(in.UpdatedSince)
	if err != nil {
		return t, model.BadQuery("updated_since", "is no date: %v", err)
	}
	return t, nil
}
