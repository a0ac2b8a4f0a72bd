package tenants

import (
	"slices"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// An item is an offering item as a list of tenants sees it: its type, its status, and the whole as it is printed.
type item struct {
	kind  string
	on    bool
	print any
}

// itemsOf lists the offering items of a tenant; those that have gone only where deleted ones are asked for.
func (l *listing) itemsOf(v *state.View, t *model.Tenant) []item {
	var items []item
	for _, o := range v.ListedOfferings(t) {
		if it, known := o.Item(); known && (l.Deleted || !o.Deleted()) {
			items = append(items, item{kind: it.Type, on: o.On, print: wire.OfferingItemOf(o)})
		}
	}
	return items
}

// licensed reports whether the tenant has the items that the filters ask for (reference, listTenants).
func (l *listing) licensed(v *state.View, t *model.Tenant) bool {
	if !l.CountItems && !l.InfraItems {
		return true
	}
	items := l.itemsOf(v, t)
	has := func(kind string) bool {
		return slices.ContainsFunc(items, func(i item) bool { return i.on && i.kind == kind })
	}
	return (!l.CountItems || has(model.ItemCount)) && (!l.InfraItems || has(model.ItemInfra))
}

// printed is an empty array, never null, where there are no items.
func printed(items []item) []any {
	out := make([]any, len(items))
	for i := range items {
		out[i] = items[i].print
	}
	return out
}
