package state

import (
	"iter"

	"github.com/tenantry/tenantry/mock/model"
)

// BelowFrom walks a tree from its root, depth first, in the order of the ids among siblings, beginning at the end
// of path: the tenants from below the root down to where an earlier walk stopped; an empty path is the root. Unlike
// Below it survives a change of the tree in between: where a tenant of the path has moved away, the walk goes on
// with what came after it; and it passes personal tenants by. Seeking costs the length of the path. enter says whether
// the walk goes below a tenant.
func (v *View) BelowFrom(root model.TenantID, path []model.TenantID, enter func(*model.Tenant) bool) iter.Seq[*model.Tenant] {
	return func(yield func(*model.Tenant) bool) {
		if t, ok := Tenants.Get(v, root); ok {
			v.seek(t, path, enter, yield)
		}
	}
}

// seek walks what comes after path below t, t itself where there is no path; it says whether to go on.
func (v *View) seek(t *model.Tenant, path []model.TenantID, enter, yield func(*model.Tenant) bool) bool {
	if len(path) == 0 && !yield(t) {
		return false
	}
	if enter != nil && !enter(t) {
		return true
	}
	pivot := &model.Tenant{ParentID: t.ID}
	if len(path) > 0 {
		pivot.ID = path[0]
	}
	for c := range TenantsByBranch.While(v, pivot, func(c *model.Tenant) bool { return c.ParentID == t.ID }) {
		var rest []model.TenantID
		if len(path) > 0 && c.ID == path[0] {
			rest = path[1:]
		}
		if c.ID != t.ID && !v.seek(c, rest, enter, yield) { // the root is its own parent
			return false
		}
	}
	return true
}

// Trail lists the tenants from below root down to id, the path that BelowFrom goes on from.
func (v *View) Trail(root, id model.TenantID) []model.TenantID {
	var trail []model.TenantID
	for t, ok := Tenants.Get(v, id); ok && t.ID != root && t.ParentID != t.ID; t, ok = Tenants.Get(v, t.ParentID) {
		trail = append([]model.TenantID{t.ID}, trail...)
	}
	return trail
}
