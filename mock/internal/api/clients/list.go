package clients

import (
	"cmp"
	"context"
	"slices"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

type listIn struct {
	UUIDs        op.List `query:"uuids"`
	OriginID     *string `query:"origin_id"`
	AllowDeleted bool    `query:"allow_deleted"`
}

// list shows the clients that fit both filters, in the order of their ids and never in pages. Without a filter it
// shows all in the caller's tenants and below: the reference marks both as optional. What the caller may not see is
// skipped like what does not exist.
func list(ctx context.Context, v *state.View, in listIn) (*wire.Items[*client], error) {
	caller := op.Caller(ctx)
	found := in.candidates(v, caller)
	slices.SortFunc(found, func(a, b *model.Client) int { return cmp.Compare(a.ID, b.ID) })
	found = slices.Compact(found)
	var items []*client
	for _, c := range found {
		if in.fits(c) && (v.Sees(caller, c.TenantID) || caller.ID() == string(c.ID)) {
			items = append(items, clientOf(c))
		}
	}
	return wire.ItemsOf(items), nil
}

func (in *listIn) fits(c *model.Client) bool {
	return (in.AllowDeleted || !c.Deleted()) && (in.OriginID == nil || *in.OriginID == c.OriginID)
}

// candidates come from the filter that finds the fewest.
func (in *listIn) candidates(v *state.View, caller *model.Actor) []*model.Client {
	switch {
	case len(in.UUIDs) > 0:
		return byID(v, in.UUIDs)
	case in.OriginID != nil && *in.OriginID != "":
		return byOrigin(v, *in.OriginID)
	}
	var found []*model.Client
	for _, root := range caller.Roots {
		for t := range v.Below(root, "", nil) {
			found = append(found, v.TenantClients(t.ID)...)
		}
	}
	return found
}

func byID(v *state.View, ids op.List) []*model.Client {
	var found []*model.Client
	for _, id := range ids {
		if c, ok := state.Clients.Get(v, model.ClientID(id)); ok {
			found = append(found, c)
		}
	}
	return found
}

func byOrigin(v *state.View, origin string) []*model.Client {
	in := func(c *model.Client) bool { return c.OriginID == origin }
	return slices.Collect(state.ClientsByOrigin.While(v, &model.Client{OriginID: origin}, in))
}
