package locations

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// Ops are the operations on locations.
var Ops = []op.Op{
	op.Read("listLocations", list),
	op.Read("getLocation", get),
	op.Read("listLocationInfra", infraIn),
	op.Read("listTenantLocations", ofTenant),
	op.Write("createLocation", create),
	op.Write("updateLocation", update),
	op.Write("deleteLocation", remove),
}

// location is the wire form of a location (wire facts, idp 7.2).
type location struct {
	ID            model.LocationID `json:"id"`
	OwnerID       model.TenantID   `json:"owner_tenant_id"`
	PlatformOwned bool             `json:"platform_owned"`
	Name          string           `json:"name"`
	Version       int64            `json:"version"`
	Readonly      bool             `json:"readonly"`
}

func locationOf(v *state.View, l *model.Location, readonly bool) *location {
	return &location{
		ID: l.ID, OwnerID: l.OwnerID, PlatformOwned: v.PlatformOwned(l.OwnerID),
		Name: l.Name, Version: l.Version, Readonly: readonly,
	}
}

type getIn struct {
	ID model.LocationID `path:"location_id"`
}

func get(ctx context.Context, v *state.View, in getIn) (*location, error) {
	l, err := seen(ctx, v, in.ID)
	if err != nil {
		return nil, err
	}
	_, readonly := v.SeesOwned(op.Caller(ctx), l.OwnerID)
	return locationOf(v, l, readonly), nil
}

// seen finds a location that the caller sees, read-only or not.
func seen(ctx context.Context, v *state.View, id model.LocationID) (*model.Location, error) {
	l, err := v.Location(id)
	if err != nil {
		return nil, err
	}
	return l, v.CheckSeesOwned(op.Caller(ctx), l.OwnerID)
}

type listIn struct {
	IDs op.List `query:"uuids"`
}

// list shows the locations in the order in which they were asked for. Unknown ones and those out of sight are
// skipped.
func list(ctx context.Context, v *state.View, in listIn) (*wire.Items[*location], error) {
	caller := op.Caller(ctx)
	var items []*location
	for _, id := range model.Unique(in.IDs) {
		l, err := v.Location(model.LocationID(id))
		if err != nil {
			continue
		}
		if seen, readonly := v.SeesOwned(caller, l.OwnerID); seen {
			items = append(items, locationOf(v, l, readonly))
		}
	}
	return wire.ItemsOf(items), nil
}
