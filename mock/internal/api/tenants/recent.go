package tenants

import (
	"cmp"
	"iter"
	"slices"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// A placed tenant knows its way from below the root of the list.
type placed struct {
	*model.Tenant
	way []model.TenantID
}

// compareWays is the order of state.View.Levels.
func compareWays(a, b []model.TenantID) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b))
}

// recent walks what a walk of the subtree would find among the tenants that changed since the moment of the list, in the
// same order. ok is false where no moment is given or too much has changed since.
func (l *listing) recent(v *state.View, enter func(*model.Tenant) bool) (rows iter.Seq[*model.Tenant], ok bool) {
	if l.Since.IsZero() {
		return nil, false
	}
	changed, ok := v.RecentTenants(l.Since)
	if !ok {
		return nil, false
	}
	var found []placed
	for _, t := range changed {
		if !within(v, t, l.Root, enter) {
			continue
		}
		if p := (placed{t, v.Way(l.Root, t.ID)}); l.Way == nil || compareWays(p.way, l.Way) > 0 {
			found = append(found, p)
		}
	}
	slices.SortFunc(found, func(a, b placed) int { return compareWays(a.way, b.way) })
	return func(yield func(*model.Tenant) bool) {
		for _, p := range found {
			if !yield(p.Tenant) {
				return
			}
		}
	}, true
}

// within reports whether a walk from root that enters so comes to the tenant.
func within(v *state.View, t *model.Tenant, root model.TenantID, enter func(*model.Tenant) bool) bool {
	if t.ID == root {
		return true
	}
	for above := range v.Up(t.ID) {
		if !enter(above) {
			return false
		}
		if above.ID == root {
			return true
		}
	}
	return false
}
