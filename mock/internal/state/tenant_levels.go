package state

import (
	"iter"
	"slices"

	"github.com/tenantry/tenantry/mock/model"
)

// Levels walks a tree from its root, level by level: siblings in the order of their ids, and cousins in the order
// of their parents. way is the last tenant of the walk before, as the ids from below the root down to it: nil
// begins with the root, an empty way after it. It need not exist any more. enter says whether the walk goes
// below a tenant.
//
// Unlike ByLevel it holds no level in memory: going on costs a seek for each step of the way, and a level costs a walk
// of the tenants above it that reach as far down.
func (v *View) Levels(root model.TenantID, way []model.TenantID, enter func(*model.Tenant) bool) iter.Seq[*model.Tenant] {
	return func(yield func(*model.Tenant) bool) {
		start, ok := Tenants.Get(v, root)
		if !ok {
			return
		}
		w := &levelWalk{v: v, tall: heightsIn(v), enter: enter, yield: yield}
		for depth := len(way); ; depth++ {
			w.reached = false
			if w.tall.of(root) < depth || !w.visit(start, depth, way) || way == nil && !w.reached {
				return
			}
			way = nil // what lay before it may have children, even where nothing lies behind it
		}
	}
}

// Way is the place of a tenant for Levels: the ids from below root down to it.
func (v *View) Way(root, id model.TenantID) []model.TenantID {
	way := []model.TenantID{}
	if id == root {
		return way
	}
	for t := range v.Up(id) {
		if way = append(way, id); t.ID == root {
			break
		}
		id = t.ID
	}
	slices.Reverse(way)
	return way
}

type levelWalk struct {
	v       *View
	tall    heights
	enter   func(*model.Tenant) bool
	yield   func(*model.Tenant) bool
	reached bool // the level has a tenant
}

// visit yields the tenants that lie depth levels below t, those up to the end of way excepted.
func (w *levelWalk) visit(t *model.Tenant, depth int, way []model.TenantID) bool {
	if depth == 0 {
		w.reached = true
		return way != nil || w.yield(t)
	}
	if !w.enter(t) {
		return true
	}
	var from model.TenantID
	if len(way) > 0 {
		from = way[0]
	}
	for c := range w.below(t.ID, from, depth) {
		var rest []model.TenantID
		if c.ID == from {
			rest = way[1:]
		}
		if c.ID != t.ID && !w.visit(c, depth-1, rest) { // the root is its own parent
			return false
		}
	}
	return true
}

// below walks the children of a tenant, from an id on, that reach the level. On the last one there are personal tenants too.
func (w *levelWalk) below(id, from model.TenantID, depth int) iter.Seq[*model.Tenant] {
	if depth == 1 {
		pivot := &model.Tenant{ParentID: id, ID: from}
		return TenantsByParent.While(w.v, pivot, func(c *model.Tenant) bool { return c.ParentID == id })
	}
	return func(yield func(*model.Tenant) bool) {
		for child := range w.tall.children(id, from, depth-1) {
			if c, ok := Tenants.Get(w.v, child); ok && !yield(c) {
				return
			}
		}
	}
}
