package users

import (
	"cmp"
	"slices"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// users walks what comes after the cursor: the users that were named, in the order of their ids, or those of one
// tree after the other, each with the root of its tree.
func (q *query) users(yield func(model.TenantID, *model.User) bool) {
	if len(q.UUIDs) == 0 && len(q.ExternalIDs) == 0 {
		if !q.recent(yield) {
			q.walk(yield)
		}
		return
	}
	for _, u := range q.named() {
		if u.ID > q.Last && q.v.Sees(q.caller, u.TenantID) && !yield("", u) {
			return
		}
	}
}

func (q *query) named() []*model.User {
	var found []*model.User
	for _, id := range q.UUIDs {
		if u, ok := state.Users.Get(q.v, model.UserID(id)); ok {
			found = append(found, u)
		}
	}
	for _, id := range q.ExternalIDs {
		for u := range q.v.EverByExternalID(id) {
			if u.TenantID == q.TenantID {
				found = append(found, u)
			}
		}
	}
	slices.SortFunc(found, func(a, b *model.User) int { return cmp.Compare(a.ID, b.ID) })
	return slices.Compact(found)
}

func (q *query) walk(yield func(model.TenantID, *model.User) bool) {
	for _, root := range q.roots() {
		var path []model.TenantID
		if len(q.Path) > 0 {
			if root < q.Path[0] {
				continue
			}
			if root == q.Path[0] {
				path = q.Path[1:]
			}
		}
		enter := func(t *model.Tenant) bool { return q.enters(root, t) }
		for t := range q.v.BelowFrom(root, path, enter) {
			if q.shows(t) && !q.usersOf(root, t, yield) {
				return
			}
		}
	}
}

// roots are the trees to walk, in the order of their ids, none of them below another.
func (q *query) roots() []model.TenantID {
	switch {
	case q.Root != "":
		return []model.TenantID{q.Root}
	case q.TenantID != "":
		return []model.TenantID{q.TenantID}
	}
	roots := slices.Sorted(slices.Values(q.caller.Roots))
	return slices.DeleteFunc(slices.Clone(roots), func(id model.TenantID) bool {
		return slices.ContainsFunc(roots, func(above model.TenantID) bool { return above != id && q.v.Under(id, above) })
	})
}

// holds says whether the tenant is among those that are asked for. The organization of a tenant is itself with the
// folders, or the units, below it: not the partners and customers that it manages (wire facts, core 6.7 and 6.16).
func (q *query) holds(t *model.Tenant) bool {
	switch {
	case t.Personal(): // has no users of its own
		return false
	case t.Deleted() && !q.AllowDeleted:
		return false
	case q.route != nil && !slices.Contains(q.route, t.ID):
		return false
	}
	return !q.Organization || t.ID == q.Root || t.Kind == model.Folder || t.Kind == model.Unit
}

// shows says whether the users of the tenant itself are listed.
func (q *query) shows(t *model.Tenant) bool {
	return q.holds(t) && (len(q.Kinds) == 0 || slices.Contains(q.Kinds, string(t.Kind))) && q.v.Sees(q.caller, t.ID)
}

// enters says whether the walk goes below the tenant. One that is closed to its ancestors hides all below it, but for
// what the caller has rights on in there.
func (q *query) enters(root model.TenantID, t *model.Tenant) bool {
	if !q.holds(t) || q.TenantID != "" || t.ID == q.Target {
		return false
	}
	return t.ID == root || t.AncestralAccess ||
		slices.ContainsFunc(q.caller.Roots, func(r model.TenantID) bool { return q.v.Under(r, t.ID) })
}

// usersOf walks the users of one tenant; in the tenant where the page before ended, from there on.
func (q *query) usersOf(root model.TenantID, t *model.Tenant, yield func(model.TenantID, *model.User) bool) bool {
	pivot := &model.User{TenantID: t.ID}
	if n := len(q.Path); n > 0 && q.Path[0] == root && q.Path[n-1] == t.ID {
		pivot.ID = q.Last
	}
	for u := range state.UsersByTenant.While(q.v, pivot, func(u *model.User) bool { return u.TenantID == t.ID }) {
		if u.ID != pivot.ID && !yield(root, u) {
			return false
		}
	}
	return true
}
