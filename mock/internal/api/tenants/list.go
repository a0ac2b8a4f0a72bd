package tenants

import (
	"context"
	"time"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// maxUUIDs is how many tenants can be asked for by id (reference, listTenants).
const maxUUIDs = 100

type listIn struct {
	UUIDs        op.List        `query:"uuids"`
	ParentID     model.TenantID `query:"parent_id"`
	RootID       model.TenantID `query:"subtree_root_id"`
	RelativePath bool           `query:"include_relative_path"`
	UpdatedSince string         `query:"updated_since"`
	Limit        int            `query:"limit"`
	After        string         `query:"after"`
	LOD          string         `query:"lod"`
	Contacts     bool           `query:"with_contacts"`
	CountItems   bool           `query:"with_offering_items"`
	InfraItems   bool           `query:"with_infra_offering_items"`
	ExpandItems  bool           `query:"expand_offering_items"`
	Deleted      bool           `query:"allow_deleted"`
}

// list answers one page. A cursor overrides every other parameter, and what it leads to is checked anew.
func list(ctx context.Context, v *state.View, in listIn) (*wire.Stamped[any], error) {
	l, err := in.listing(v)
	if err != nil {
		return nil, err
	}
	rows, err := l.rows(v, op.Caller(ctx))
	if err != nil {
		return nil, err
	}
	items, after, err := l.page(v, rows)
	if err != nil {
		return nil, err
	}
	return wire.StampedOf(l.Timestamp, items, after), nil
}

// listing is what a cursor carries, or a new list with the present time as its timestamp.
func (in *listIn) listing(v *state.View) (*listing, error) {
	l := &listing{}
	if in.After != "" {
		return l, wire.DecodeCursor(v, cursorName, in.After, l)
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	var err error
	if in.UpdatedSince != "" {
		if l.Since, err = model.ParseTime(in.UpdatedSince); err != nil {
			return nil, invalid("updated_since: %v", err)
		}
	}
	for _, id := range in.UUIDs {
		l.UUIDs = append(l.UUIDs, model.TenantID(id))
	}
	l.Parent, l.Root, l.RelativePath, l.Deleted = in.ParentID, in.RootID, in.RelativePath, in.Deleted
	l.CountItems, l.InfraItems = in.CountItems, in.InfraItems
	l.Limit, l.LOD, l.Contacts, l.ExpandItems = max(in.Limit, 1), in.LOD, in.Contacts, in.ExpandItems
	l.Timestamp = model.FormatNaive(v.Now())
	return l, nil
}

// check refuses anything but one way to say which tenants are meant.
func (in *listIn) check() error {
	given := 0
	for _, is := range []bool{len(in.UUIDs) > 0, in.ParentID != "", in.RootID != ""} {
		if is {
			given++
		}
	}
	switch {
	case given == 0:
		return invalid("uuids, parent_id, subtree_root_id or after is needed")
	case given > 1:
		return invalid("uuids, parent_id and subtree_root_id exclude each other")
	case in.RelativePath && len(in.UUIDs) == 0:
		return invalid("include_relative_path goes with uuids only")
	case len(in.UUIDs) > maxUUIDs:
		return invalid("uuids lists %d tenants; %d are allowed", len(in.UUIDs), maxUUIDs)
	}
	for _, id := range in.UUIDs {
		if !model.IsUUID(id) {
			return invalid("uuids lists %q, which is not a UUID", id)
		}
	}
	return nil
}

func invalid(format string, args ...any) error {
	return model.Errorf(model.Invalid, "invalid_parameter", "query parameter "+format, args...)
}

// since tells whether a tenant changed at the moment or later. Callers send the timestamp of a list cut to whole
// seconds, and nothing of that second may be lost (wire facts, clients 1 no. 10).
func since(t *model.Tenant, moment time.Time) bool {
	return !t.UpdatedAt.Before(model.MomentOf(moment))
}
