package tenants

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// ChildrenLimit is how many children a page holds.
const ChildrenLimit = childrenLimit

// Children is listTenantChildren as a caller with the tenant as its root would get it.
func Children(ctx context.Context, v *state.View, id model.TenantID, order, after string) ([]string, string, error) {
	out, err := children(as(ctx, id), v, childrenIn{ID: id, Order: order, After: after})
	if err != nil || out.Paging == nil {
		return out.Items, "", err
	}
	return out.Items, out.Paging.Cursors.After, nil
}

// PageAfter is a page of the subtree of root that begins behind the last tenant, or at the root without one.
func PageAfter(ctx context.Context, v *state.View, root, last model.TenantID, limit int) ([]any, error) {
	l := &listing{Root: root, Limit: limit, LOD: wire.LODFull}
	if last != "" {
		l.Way = v.Way(root, last)
	}
	rows, err := l.rows(v, op.Caller(as(ctx, root)))
	if err != nil {
		return nil, err
	}
	items, _, err := l.page(v, rows)
	return items, err
}

func as(ctx context.Context, root model.TenantID) context.Context {
	return op.With(ctx, &op.Exchange{Actor: &model.Actor{Tenant: root, Roots: []model.TenantID{root}}})
}
