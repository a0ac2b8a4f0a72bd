package infra

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// Ops are the operations on components.
var Ops = []op.Op{
	op.Read("listInfra", list),
	op.Read("getInfra", get),
	op.Write("createInfra", create),
	op.Write("updateInfra", update),
	op.Write("deleteInfra", remove),
}

// component is the wire form of a component (wire facts, idp 7.3).
type component struct {
	ID               model.InfraID    `json:"id"`
	OwnerID          model.TenantID   `json:"owner_tenant_id"`
	LocationID       model.LocationID `json:"location_id"`
	PlatformOwned    bool             `json:"platform_owned"`
	Name             string           `json:"name"`
	URL              string           `json:"url"`
	Capabilities     []string         `json:"capabilities"`
	BackendType      *string          `json:"backend_type"`
	Version          int64            `json:"version"`
	Readonly         bool             `json:"readonly"`
	ContentURL       string           `json:"content_url,omitempty"`
	ContentMobileURL string           `json:"content_mobile_url,omitempty"`
}

func componentOf(v *state.View, i *model.Infra, readonly bool) *component {
	return &component{
		ID: i.ID, OwnerID: i.OwnerID, LocationID: i.LocationID, PlatformOwned: v.PlatformOwned(i.OwnerID),
		Name: i.Name, URL: i.URL, Capabilities: model.Unique(i.Capabilities), BackendType: wire.TextOrNull(i.BackendType),
		Version: i.Version, Readonly: readonly, ContentURL: i.ContentURL, ContentMobileURL: i.ContentMobileURL,
	}
}

type listIn struct {
	IDs op.List `query:"uuids"`
}

// list shows the components in the order in which they were asked for. Unknown ones and those out of sight are
// skipped.
func list(ctx context.Context, v *state.View, in listIn) (*wire.Items[*component], error) {
	caller := op.Caller(ctx)
	var items []*component
	for _, id := range model.Unique(in.IDs) {
		i, err := v.Infra(model.InfraID(id))
		if err != nil {
			continue
		}
		if seen, readonly := v.SeesOwned(caller, i.OwnerID); seen {
			items = append(items, componentOf(v, i, readonly))
		}
	}
	return wire.ItemsOf(items), nil
}

type getIn struct {
	ID model.InfraID `path:"infra_id"`
}

func get(ctx context.Context, v *state.View, in getIn) (*component, error) {
	i, err := v.Infra(in.ID)
	if err != nil {
		return nil, err
	}
	if err := v.CheckSeesOwned(op.Caller(ctx), i.OwnerID); err != nil {
		return nil, err
	}
	_, readonly := v.SeesOwned(op.Caller(ctx), i.OwnerID)
	return componentOf(v, i, readonly), nil
}

type removeIn struct {
	ID      model.InfraID `path:"infra_id"`
	Version int64         `query:"version"`
	Force   bool          `query:"force"`
}

// remove takes a component away for good, with its items, unless tenants use it. With force partners lose what they
// have on it; customers never do.
func remove(ctx context.Context, tx *state.Tx, in removeIn) (op.None, error) {
	i, err := owned(ctx, tx, in.ID, in.Version)
	if err != nil {
		return op.None{}, err
	}
	if err := tx.CheckUnused(i, i.Capabilities, in.Force); err != nil {
		return op.None{}, err
	}
	tx.RemoveInfra(i)
	return op.None{}, nil
}

// owned finds a component whose owner is within the caller's reach, at the version that the caller knows. One that is
// seen from below is refused.
func owned(ctx context.Context, tx *state.Tx, id model.InfraID, version int64) (*model.Infra, error) {
	i, err := tx.Infra(id)
	if err != nil {
		return nil, err
	}
	if err := tx.Reach(op.Caller(ctx), i.OwnerID); err != nil {
		return nil, err
	}
	return i, model.CheckVersion("infrastructure component "+string(id), version, i.Version)
}
