package users

import (
	"cmp"
	"slices"

	"github.com/tenantry/tenantry/mock/model"
)

// A placed user knows where the walk comes across it: in the tree of root, at the end of the trail from below it.
type placed struct {
	*model.User
	root  model.TenantID
	trail []model.TenantID
}

// compare is the order of the walk.
func (p placed) compare(o placed) int {
	return cmp.Or(cmp.Compare(p.root, o.root), slices.Compare(p.trail, o.trail), cmp.Compare(p.ID, o.ID))
}

// recent yields what the walk would find among the users that changed since the moment that is asked for, in the same
// order. It does nothing and is false where no moment is given or too much has changed since.
func (q *query) recent(yield func(model.TenantID, *model.User) bool) bool {
	if q.since.IsZero() {
		return false
	}
	changed, ok := q.v.RecentUsers(q.since)
	if !ok {
		return false
	}
	var found []placed
	roots := q.roots()
	for _, u := range changed {
		if p, ok := q.place(u, roots); ok && q.comes(p) {
			found = append(found, p)
		}
	}
	slices.SortFunc(found, placed.compare)
	for _, p := range found {
		if !yield(p.root, p.User) {
			break
		}
	}
	return true
}

// place finds the tree in which the walk comes across the user, if it does.
func (q *query) place(u *model.User, roots []model.TenantID) (placed, bool) {
	home, err := q.v.Tenant(u.TenantID)
	if err != nil || !q.shows(home) {
		return placed{}, false
	}
	if slices.Contains(roots, home.ID) {
		return placed{u, home.ID, nil}, true
	}
	trail := []model.TenantID{home.ID}
	for above := range q.v.Up(home.ID) {
		root := above.ID
		if slices.Contains(roots, root) {
			return placed{u, root, trail}, q.enters(root, above) && q.open(root, trail)
		}
		trail = slices.Insert(trail, 0, root)
	}
	return placed{}, false
}

// open says whether the walk enters each tenant of a trail but the last.
func (q *query) open(root model.TenantID, trail []model.TenantID) bool {
	for _, id := range trail[:len(trail)-1] {
		if t, err := q.v.Tenant(id); err != nil || !q.enters(root, t) {
			return false
		}
	}
	return true
}

// comes says whether the user comes after the cursor.
func (q *query) comes(p placed) bool {
	if len(q.Path) == 0 {
		return true
	}
	return p.compare(placed{&model.User{ID: q.Last}, q.Path[0], q.Path[1:]}) > 0
}
