package usages

import (
	"context"
	"slices"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// Ops are the operations on usages.
var Ops = []op.Op{
	op.Read("listTenantUsages", ofTenant),
	op.Read("listTenantsUsages", ofTenants),
	op.Write("reportUsages", report),
}

type ofTenantIn struct {
	ID       model.TenantID `path:"tenant_id"`
	Names    op.List        `query:"usage_names"`
	Editions op.List        `query:"editions"`
}

func ofTenant(ctx context.Context, v *state.View, in ofTenantIn) (*wire.Items[*usage], error) {
	t, err := v.Reached(op.Caller(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return wire.ItemsOf(usagesOf(v, t, filter{in.Names, in.Editions})), nil
}

type ofTenantsIn struct {
	Tenants  op.List `query:"tenants"`
	Names    op.List `query:"usage_names"`
	Editions op.List `query:"editions"`
}

type tenantUsages struct {
	Tenant model.TenantID `json:"tenant"`
	Usages []*usage       `json:"usages"`
}

// ofTenants lists the usages of each tenant in the order in which they were asked for. Unknown ones and those out of
// reach are skipped, as in other lists by ids.
func ofTenants(ctx context.Context, v *state.View, in ofTenantsIn) (*wire.Items[tenantUsages], error) {
	var items []tenantUsages
	for _, id := range model.Unique(in.Tenants) {
		if t, err := v.Reached(op.Caller(ctx), model.TenantID(id)); err == nil {
			items = append(items, tenantUsages{Tenant: t.ID, Usages: usagesOf(v, t, filter{in.Names, in.Editions})})
		}
	}
	return wire.ItemsOf(items), nil
}

// A filter is by usage names and editions; an empty list lets everything pass. What has no edition passes every
// filter by editions, as in lists of offering items, and "*" is all editions.
type filter struct{ names, editions []string }

func (f filter) wants(m *state.Metered) bool {
	edition := m.Spent.Edition
	return (len(f.names) == 0 || slices.Contains(f.names, m.Ref.UsageName())) &&
		(len(f.editions) == 0 || edition == "" || slices.Contains(f.editions, edition) || slices.Contains(f.editions, model.AnyEdition))
}

func usagesOf(v *state.View, t *model.Tenant, f filter) []*usage {
	list := []*usage{}
	for _, m := range v.MeteredOf(t, v.SpentNow(t.ID)) {
		if f.wants(&m) {
			list = append(list, usageOf(v, t, &m))
		}
	}
	return list
}
