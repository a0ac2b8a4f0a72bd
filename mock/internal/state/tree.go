package state

import (
	"iter"
	"slices"

	"github.com/tenantry/tenantry/mock/model"
)

// Tenant finds a tenant, deleted ones too; a missing one is a refusal.
func (v *View) Tenant(id model.TenantID) (*model.Tenant, error) {
	t, ok := Tenants.Get(v, id)
	if !ok {
		return nil, model.Missing("tenant", id)
	}
	return t, nil
}

// LiveTenant finds a tenant that is not deleted.
func (v *View) LiveTenant(id model.TenantID) (*model.Tenant, error) {
	t, err := v.Tenant(id)
	if err != nil || t.Deleted() {
		return nil, model.Missing("tenant", id)
	}
	return t, nil
}

// Up walks from the tenant's parent to the root.
func (v *View) Up(id model.TenantID) iter.Seq[*model.Tenant] {
	return func(yield func(*model.Tenant) bool) {
		t, ok := Tenants.Get(v, id)
		for ok && t.ParentID != t.ID {
			t, ok = Tenants.Get(v, t.ParentID)
			if !ok || !yield(t) {
				return
			}
		}
	}
}

// Path lists the ids from the tenant's parent to the root (wire facts, core 1 no. 20).
func (v *View) Path(id model.TenantID) []model.TenantID {
	path := []model.TenantID{}
	for t := range v.Up(id) {
		path = append(path, t.ID)
	}
	return path
}

// Level is the number of ancestors.
func (v *View) Level(id model.TenantID) int { return len(v.Path(id)) }

// Under reports whether id is root or lies below it.
func (v *View) Under(id, root model.TenantID) bool {
	if id == root {
		return true
	}
	for t := range v.Up(id) {
		if t.ID == root {
			return true
		}
	}
	return false
}

// ChildTenants walks all direct children in the order of their ids: personal and deleted ones too.
func (v *View) ChildTenants(id model.TenantID) iter.Seq[*model.Tenant] {
	return func(yield func(*model.Tenant) bool) {
		pivot := &model.Tenant{ParentID: id}
		for t := range TenantsByParent.While(v, pivot, func(t *model.Tenant) bool { return t.ParentID == id }) {
			if t.ID != id && !yield(t) { // the root is its own parent
				return
			}
		}
	}
}

// HasChildren reports whether a live child that is not personal exists.
func (v *View) HasChildren(id model.TenantID) bool {
	pivot := &model.Tenant{ParentID: id}
	for t := range TenantsByName.While(v, pivot, func(t *model.Tenant) bool { return t.ParentID == id }) {
		if t.ID != id {
			return true
		}
	}
	return false
}

// ByLevel walks a tree from its root, level by level, in the order of the ids within a level. enter says
// whether the walk goes below a tenant; nil always does.
func (v *View) ByLevel(root model.TenantID, enter func(*model.Tenant) bool) iter.Seq2[int, *model.Tenant] {
	return func(yield func(int, *model.Tenant) bool) {
		start, ok := Tenants.Get(v, root)
		if !ok {
			return
		}
		row := []*model.Tenant{start}
		for depth := 0; len(row) > 0; depth++ {
			for _, t := range row {
				if !yield(depth, t) {
					return
				}
			}
			row = v.nextLevel(row, enter)
		}
	}
}

func (v *View) nextLevel(row []*model.Tenant, enter func(*model.Tenant) bool) []*model.Tenant {
	var next []*model.Tenant
	for _, t := range row {
		if enter != nil && !enter(t) {
			continue
		}
		for c := range v.ChildTenants(t.ID) {
			next = append(next, c)
		}
	}
	slices.SortFunc(next, func(a, b *model.Tenant) int { return compareIDs(a.ID, b.ID) })
	return next
}

// Below walks a tree from its root, depth first, in the order of the ids among siblings, beginning at from
// (which lies in the tree; "" is the root). enter says whether the walk goes below a tenant. Seeking costs
// the depth of from, not the size of the tree.
func (v *View) Below(root, from model.TenantID, enter func(*model.Tenant) bool) iter.Seq[*model.Tenant] {
	return func(yield func(*model.Tenant) bool) {
		start, ok := Tenants.Get(v, root)
		if !ok {
			return
		}
		if from == "" || from == root {
			v.descend(start, enter, yield)
			return
		}
		v.resume(root, from, enter, yield)
	}
}

func (v *View) descend(t *model.Tenant, enter func(*model.Tenant) bool, yield func(*model.Tenant) bool) bool {
	if !yield(t) {
		return false
	}
	if enter != nil && !enter(t) {
		return true
	}
	for c := range v.ChildTenants(t.ID) {
		if !v.descend(c, enter, yield) {
			return false
		}
	}
	return true
}

// resume walks from, then the later siblings of from, then those of its parent, up to the root.
func (v *View) resume(root, from model.TenantID, enter func(*model.Tenant) bool, yield func(*model.Tenant) bool) {
	t, ok := Tenants.Get(v, from)
	if !ok || !v.descend(t, enter, yield) {
		return
	}
	for t.ID != root && t.ParentID != t.ID {
		pivot := &model.Tenant{ParentID: t.ParentID, ID: t.ID}
		for s := range TenantsByParent.While(v, pivot, func(s *model.Tenant) bool { return s.ParentID == t.ParentID }) {
			if s.ID != t.ID && s.ID != s.ParentID && !v.descend(s, enter, yield) {
				return
			}
		}
		if t, ok = Tenants.Get(v, t.ParentID); !ok {
			return
		}
	}
}

// Active reports whether the tenant and all its ancestors are enabled and live: a disabled tenant suspends
// everything below it (wire facts, core 6.4).
func (v *View) Active(id model.TenantID) bool {
	t, ok := Tenants.Get(v, id)
	if !ok || !t.Enabled || t.Deleted() {
		return false
	}
	for a := range v.Up(id) {
		if !a.Enabled || a.Deleted() {
			return false
		}
	}
	return true
}

// RootTenant is the top of the tree.
func (v *View) RootTenant() (*model.Tenant, bool) {
	for t := range Tenants.All(v) {
		for a := range v.Up(t.ID) {
			t = a
		}
		return t, true
	}
	return nil, false
}

func compareIDs[T ~string](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
