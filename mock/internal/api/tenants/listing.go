package tenants

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

const cursorName = "tenants"

// A listing is one list of tenants: all its filters, the first page's timestamp and the place to go on from.
type listing struct {
	UUIDs        []model.TenantID `json:"u,omitempty"`
	Parent       model.TenantID   `json:"p,omitempty"`
	Root         model.TenantID   `json:"r,omitempty"`
	RelativePath bool             `json:"rel,omitempty"`
	Since        time.Time        `json:"s,omitzero"`
	CountItems   bool             `json:"ci,omitempty"`
	InfraItems   bool             `json:"ii,omitempty"`
	Deleted      bool             `json:"del,omitempty"`
	Limit        int              `json:"n"`
	LOD          string           `json:"lod"`
	Contacts     bool             `json:"c,omitempty"`
	ExpandItems  bool             `json:"x,omitempty"`
	Timestamp    string           `json:"t"`
	Level        int              `json:"l,omitempty"` // of the last tenant, in a list by ids
	Way          []model.TenantID `json:"w"`           // to the last tenant; nil on the first page
}

// page takes the tenants of one page and makes the cursor of the next, "" on the last.
func (l *listing) page(v *state.View, rows iter.Seq[*model.Tenant]) (items []any, after string, err error) {
	var last *model.Tenant
	for t := range rows {
		if !l.keeps(v, t) {
			continue
		}
		if len(items) == l.Limit {
			after, err = wire.EncodeCursor(v, cursorName, l.next(v, last))
			return items, after, err
		}
		items = append(items, l.item(v, t))
		last = t
	}
	return items, "", nil
}

func (l *listing) keeps(v *state.View, t *model.Tenant) bool {
	return (l.Deleted || !t.Deleted()) && since(t, l.Since) && l.licensed(v, t)
}

func (l *listing) item(v *state.View, t *model.Tenant) any {
	s := wire.TenantStampsOf(t)
	if l.Contacts {
		s = s.WithContacts(t)
	}
	if l.ExpandItems {
		s.OfferingItems = printed(l.itemsOf(v, t))
	}
	return s.Detailed(v, t, l.LOD)
}

// next is the listing that goes on after a tenant.
func (l *listing) next(v *state.View, last *model.Tenant) *listing {
	n := *l
	switch {
	case l.Root != "":
		n.Way = v.Way(l.Root, last.ID)
	default:
		n.Level, n.Way = v.Level(last.ID), []model.TenantID{last.ID}
	}
	return &n
}

// rows walks the tenants that are meant, in their order, from the place on. It refuses an unknown root or parent and
// one out of the caller's reach; of a list by ids, what is unknown or out of reach is skipped.
func (l *listing) rows(v *state.View, caller *model.Actor) (iter.Seq[*model.Tenant], error) {
	switch {
	case l.Root != "":
		return l.subtree(v, caller)
	case l.Parent != "":
		return l.children(v, caller)
	}
	return l.named(v, caller), nil
}

// subtree walks level by level, past what is closed to the caller.
func (l *listing) subtree(v *state.View, caller *model.Actor) (iter.Seq[*model.Tenant], error) {
	if _, err := reached(v, caller, l.Root, l.Deleted); err != nil {
		return nil, err
	}
	enter := func(t *model.Tenant) bool {
		if t.Personal() || t.Deleted() && !l.Deleted {
			return false // nothing lives below
		}
		if t.ID == l.Root {
			return v.Sees(caller, t.ID)
		}
		return opens(caller, t)
	}
	if rows, ok := l.recent(v, enter); ok {
		return rows, nil
	}
	return v.Levels(l.Root, l.Way, enter), nil
}

// opens reports whether a caller that sees a tenant from above sees into it.
func opens(caller *model.Actor, t *model.Tenant) bool {
	return t.AncestralAccess || slices.Contains(caller.Roots, t.ID)
}

// children walks the direct children by id. Personal tenants are none (wire facts, core 6.7).
func (l *listing) children(v *state.View, caller *model.Actor) (iter.Seq[*model.Tenant], error) {
	if _, err := reached(v, caller, l.Parent, l.Deleted); err != nil {
		return nil, err
	}
	pivot := &model.Tenant{ParentID: l.Parent}
	if len(l.Way) > 0 {
		pivot.ID = l.Way[0]
	}
	sees := v.Sees(caller, l.Parent)
	in := func(t *model.Tenant) bool { return sees && t.ParentID == l.Parent }
	return func(yield func(*model.Tenant) bool) {
		for t := range state.TenantsByParent.While(v, pivot, in) {
			skip := t.Personal() || t.ID == t.ParentID || len(l.Way) > 0 && t.ID == l.Way[0]
			if !skip && !yield(t) {
				return
			}
		}
	}, nil
}

// A leveled tenant knows its level.
type leveled struct {
	*model.Tenant
	level int
}

func (a leveled) compare(b leveled) int {
	return cmp.Or(cmp.Compare(a.level, b.level), cmp.Compare(a.ID, b.ID))
}

// named walks the tenants that are listed by id and, if asked for, those on the way down to them, by level and id.
func (l *listing) named(v *state.View, caller *model.Actor) iter.Seq[*model.Tenant] {
	found := map[model.TenantID]leveled{}
	for _, id := range l.UUIDs {
		t, ok := state.Tenants.Get(v, id)
		if !ok || t.Deleted() && !l.Deleted || !v.SeesTenant(caller, id) {
			continue
		}
		found[id] = leveled{t, v.Level(id)}
		if l.RelativePath {
			for _, a := range chain(v, caller, id) {
				found[a.ID] = leveled{a, v.Level(a.ID)}
			}
		}
	}
	rows := make([]leveled, 0, len(found))
	for _, t := range found {
		rows = append(rows, t)
	}
	slices.SortFunc(rows, leveled.compare)
	return l.pending(rows)
}

// pending walks what comes after the place.
func (l *listing) pending(rows []leveled) iter.Seq[*model.Tenant] {
	return func(yield func(*model.Tenant) bool) {
		for _, t := range rows {
			seen := len(l.Way) > 0 && t.compare(leveled{&model.Tenant{ID: l.Way[0]}, l.Level}) <= 0
			if !seen && !yield(t.Tenant) {
				return
			}
		}
	}
}

// chain lists the tenants above id, up to the highest in which the caller holds the scope and from which the way
// down is free.
func chain(v *state.View, caller *model.Actor, id model.TenantID) []*model.Tenant {
	var above []*model.Tenant
	top := 0
	for t := range v.Up(id) {
		above = append(above, t)
		if slices.Contains(caller.Roots, t.ID) && v.Open(t.ID, id, false) {
			top = len(above)
		}
	}
	return above[:top]
}
