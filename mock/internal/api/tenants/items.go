package tenants

import (
	"slices"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// An item is an offering item as a list of tenants sees it: its type, and the whole as it is printed.
type item struct {
	kind  string
	print any
}

// itemsOf lists the offering items of a tenant. It is where licensing joins in: until the state has a table of
// them, no tenant has any.
func itemsOf(*state.View, *model.Tenant) []item { return nil }

// licensed reports whether the tenant has the items that the filters ask for (reference, listTenants).
func (l *listing) licensed(v *state.View, t *model.Tenant) bool {
	if !l.CountItems && !l.InfraItems {
		return true
	}
	items := itemsOf(v, t)
	has := func(kind string) bool { return slices.ContainsFunc(items, func(i item) bool { return i.kind == kind }) }
	return (!l.CountItems || has("count")) && (!l.InfraItems || has("infra"))
}

// printed is an empty array, never null, where there are no items.
func printed(items []item) []any {
	out := make([]any, len(items))
	for i := range items {
		out[i] = items[i].print
	}
	return out
}
