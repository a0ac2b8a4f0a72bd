package locations

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// components is the answer of listLocationInfra, which has no items (wire facts, core 1 no. 10).
type components struct {
	Infras []model.InfraID `json:"infras"`
}

// infraIn lists the components of a location that the caller sees.
func infraIn(ctx context.Context, v *state.View, in getIn) (*components, error) {
	l, err := seen(ctx, v, in.ID)
	if err != nil {
		return nil, err
	}
	out := &components{Infras: []model.InfraID{}}
	for i := range v.InfraIn(l.ID) {
		_, err := v.Infra(i.ID)
		if visible, _ := v.SeesOwned(op.Caller(ctx), i.OwnerID); visible && err == nil {
			out.Infras = append(out.Infras, i.ID)
		}
	}
	return out, nil
}

type ofTenantIn struct {
	ID model.TenantID `path:"tenant_id"`
}

// places is the answer of listTenantLocations, which has no items either.
type places struct {
	Locations []model.LocationID `json:"locations"`
}

// ofTenant lists the locations of the tenant, then those that it inherits.
func ofTenant(ctx context.Context, v *state.View, in ofTenantIn) (*places, error) {
	t, err := v.Reached(op.Caller(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	out := &places{Locations: []model.LocationID{}}
	for _, l := range v.LocationsFor(t.ID) {
		out.Locations = append(out.Locations, l.ID)
	}
	return out, nil
}
