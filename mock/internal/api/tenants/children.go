package tenants

import (
	"context"
	"iter"
	"slices"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// childrenLimit bounds a page of children. The operation has no parameter for it, only a cursor.
const childrenLimit = 5000

type childrenIn struct {
	ID      model.TenantID `path:"tenant_id"`
	Order   string         `query:"order"`
	Deleted bool           `query:"allow_deleted"`
	After   string         `query:"after"`
}

type childrenOut struct {
	Items  []string     `json:"items"`
	Paging *wire.Paging `json:"paging,omitempty"` // only where children were left over
}

// childList is what a cursor carries. The cursor is bound to the tenant by its name.
type childList struct {
	Order   string `json:"o"`
	Deleted bool   `json:"d,omitempty"`
	Last    *rank  `json:"l"`
}

// children lists the ids of the direct children. Personal tenants are none (wire facts, core 6.7).
func children(ctx context.Context, v *state.View, in childrenIn) (*childrenOut, error) {
	l := childList{Order: in.Order, Deleted: in.Deleted}
	if in.After != "" {
		if err := wire.DecodeCursor(v, in.cursor(), in.After, &l); err != nil {
			return nil, err
		}
	}
	o, err := parseOrder(l.Order, byAsIs, byName, byStatus, byUsage)
	if err != nil {
		return nil, err
	}
	t, err := reached(v, op.Caller(ctx), in.ID, l.Deleted)
	if err != nil {
		return nil, err
	}
	out := &childrenOut{Items: []string{}}
	if !v.Sees(op.Caller(ctx), t.ID) {
		return out, nil
	}
	var last rank
	for r := range l.ranks(v, t.ID, o) {
		if len(out.Items) == childrenLimit {
			l.Last = &last
			after, err := wire.EncodeCursor(v, in.cursor(), l)
			out.Paging = wire.NewPaging(after)
			return out, err
		}
		out.Items = append(out.Items, r.ID)
		last = r
	}
	return out, nil
}

func (in *childrenIn) cursor() string { return "children/" + string(in.ID) }

// ranks walks the children after the last one of the page before. Where an index has the order it is sought in,
// else all children are sorted.
func (l *childList) ranks(v *state.View, parent model.TenantID, o order) iter.Seq[rank] {
	rows := l.sorted(v, parent, o)
	if !o.reverse && o.field == byAsIs {
		rows = l.seek(v, state.TenantsByParent, parent, o)
	}
	if !o.reverse && o.field == byName && !l.Deleted {
		rows = l.seek(v, state.TenantsByName, parent, o)
	}
	return func(yield func(rank) bool) {
		for r := range rows {
			if (l.Last == nil || o.compare(r, *l.Last) > 0) && !yield(r) {
				return
			}
		}
	}
}

func (l *childList) seek(v *state.View, by state.Index[model.Tenant], parent model.TenantID, o order) iter.Seq[rank] {
	pivot := &model.Tenant{ParentID: parent}
	if l.Last != nil {
		pivot.Name, pivot.ID = l.Last.Text, model.TenantID(l.Last.ID)
	}
	return func(yield func(rank) bool) {
		for t := range by.While(v, pivot, func(t *model.Tenant) bool { return t.ParentID == parent }) {
			if l.lists(t) && !yield(childRank(v, o, t)) {
				return
			}
		}
	}
}

func (l *childList) sorted(v *state.View, parent model.TenantID, o order) iter.Seq[rank] {
	return func(yield func(rank) bool) {
		var ranks []rank
		for t := range v.ChildTenants(parent) {
			if l.lists(t) {
				ranks = append(ranks, childRank(v, o, t))
			}
		}
		o.sort(ranks)
		slices.Values(ranks)(yield)
	}
}

func (l *childList) lists(t *model.Tenant) bool {
	return t.ID != t.ParentID && !t.Personal() && (l.Deleted || !t.Deleted())
}

// childRank is the place of a child.
func childRank(v *state.View, o order, t *model.Tenant) rank {
	r := rank{ID: string(t.ID)}
	switch o.field {
	case byName:
		r.Text = t.NameKey()
	case byStatus:
		r.Number = statusRank(t.Enabled, t.Deleted())
	case byUsage:
		r.Number = v.UsedBelow(t.ID, o.usage, o.storage)
	case byAsIs:
		r.Text = r.ID
	}
	return r
}
