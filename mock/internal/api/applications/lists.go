package applications

import (
	"context"
	"slices"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

type ofTenantIn struct {
	ID    model.TenantID `path:"tenant_id"`
	ForUI bool           `query:"for_ui"`
}

// ofTenant lists what is on for the tenant, the platform too. A user interface is not shown what is on a grace
// period: an application of which nothing is left on, while its data is still there.
func ofTenant(ctx context.Context, v *state.View, in ofTenantIn) (*wire.Items[model.AppID], error) {
	t, err := v.Reached(op.Caller(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	apps := v.AppsOf(t)
	if in.ForUI {
		apps = slices.DeleteFunc(apps, func(app model.AppID) bool { return idle(v, t, app) })
	}
	return wire.ItemsOf(apps), nil
}

func idle(v *state.View, t *model.Tenant, app model.AppID) bool {
	waiting := false
	for _, o := range v.OfferingsOf(t) {
		if o.App == app && o.On {
			return false
		}
		waiting = waiting || o.App == app && v.Idle(o)
	}
	return waiting
}

type ofTenantsIn struct {
	Tenants op.List `query:"tenants"`
}

type tenantApplications struct {
	Tenant       model.TenantID `json:"tenant"`
	Applications []model.AppID  `json:"applications"`
}

// ofTenants lists what is on for each of the tenants, in the order in which they were asked for. Unknown ones and
// those out of reach are skipped, as in other lists by ids.
func ofTenants(ctx context.Context, v *state.View, in ofTenantsIn) (*wire.Items[tenantApplications], error) {
	var items []tenantApplications
	for _, id := range in.Tenants {
		if t, err := v.Reached(op.Caller(ctx), model.TenantID(id)); err == nil {
			items = append(items, tenantApplications{Tenant: t.ID, Applications: v.AppsOf(t)})
		}
	}
	return wire.ItemsOf(items), nil
}
