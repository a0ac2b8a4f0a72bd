package state

import (
	"iter"
	"slices"

	"github.com/tenantry/tenantry/mock/model"
)

// OpenLevels walks a tree level by level (see Levels), past what is closed to the caller: below a tenant that keeps
// its ancestors out nobody from above sees anything. Deleted tenants are entered only when that is asked for.
func (v *View) OpenLevels(a *model.Actor, root model.TenantID, way []model.TenantID, deleted bool) iter.Seq[*model.Tenant] {
	return v.Levels(root, way, func(t *model.Tenant) bool {
		if t.Personal() || t.Deleted() && !deleted {
			return false
		}
		if t.ID == root {
			return v.Sees(a, t.ID)
		}
		return t.AncestralAccess || slices.Contains(a.Roots, t.ID)
	})
}
