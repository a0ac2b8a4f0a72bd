package offerings

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// cursorName tells cursors of this list from those of others.
const cursorName = "offering_items"

type batchIn struct {
	Root       model.TenantID `query:"subtree_root_tenant_id"`
	UsageNames op.List        `query:"usage_names"`
	Editions   op.List        `query:"editions"`
	Names      op.List        `query:"offering_items"`
	Since      string         `query:"updated_since"`
	Limit      int            `query:"limit"`
	After      string         `query:"after"`
	Deleted    bool           `query:"allow_deleted"`
}

// A page is one page of the list: its filters, the first page's timestamp, and the last item of the page before.
type page struct {
	Root       model.TenantID   `json:"r"`
	UsageNames []string         `json:"u,omitempty"`
	Editions   []string         `json:"e,omitempty"`
	Names      []string         `json:"i,omitempty"`
	Since      time.Time        `json:"s,omitzero"`
	Limit      int              `json:"n"`
	Deleted    bool             `json:"d,omitempty"`
	Timestamp  string           `json:"t"`
	Way        []model.TenantID `json:"w"` // to the tenant of the last item; nil on the first page
	Last       model.ItemRef    `json:"l"`
}

// batch lists the items of a tenant and of all below it, by level. A cursor overrides every other parameter; whether
// the caller may see the tenants is asked anew on each page.
func batch(ctx context.Context, v *state.View, in batchIn) (answer, error) {
	p, err := in.page(v)
	if err != nil {
		return nil, err
	}
	caller := op.Caller(ctx)
	root, err := v.Tenant(p.Root)
	if err != nil || root.Deleted() && !p.Deleted {
		return nil, model.Missing("tenant", p.Root)
	}
	if err := v.Reach(caller, p.Root); err != nil {
		return nil, err
	}
	items, after, err := p.fill(v, caller)
	if err != nil {
		return nil, err
	}
	return wire.StampedOf(p.Timestamp, items, after), nil
}

// page is what the cursor says, or the first page.
func (in *batchIn) page(v *state.View) (*page, error) {
	if in.After != "" {
		p := &page{}
		return p, wire.DecodeCursor(v, cursorName, in.After, p)
	}
	if in.Root == "" {
		return nil, model.BadQuery("subtree_root_tenant_id", "is required without a cursor")
	}
	p := &page{
		Root: in.Root, UsageNames: in.UsageNames, Editions: in.Editions, Names: in.Names,
		Limit: max(in.Limit, 1), Deleted: in.Deleted, Timestamp: model.FormatZ(v.Now()),
	}
	if in.Since == "" {
		return p, nil
	}
	var err error
	if p.Since, err = model.ParseTime(in.Since); err != nil {
		return nil, model.BadQuery("updated_since", "%v", err)
	}
	return p, nil
}

// fill takes the items of one page and makes the cursor of the next, "" on the last.
func (p *page) fill(v *state.View, caller *model.Actor) (items []*wire.OfferingItem, after string, err error) {
	var last *model.Offering
	for o := range p.rows(v, caller) {
		if len(items) == p.Limit {
			next := *p
			next.Way, next.Last = v.Way(p.Root, last.TenantID), last.ItemRef
			after, err = wire.EncodeCursor(v, cursorName, &next)
			return items, after, err
		}
		items = append(items, wire.OfferingItemOf(o))
		last = o
	}
	return items, "", nil
}

// rows walks the items that are wanted: what the last tenant has left, then those of the tenants after it.
func (p *page) rows(v *state.View, caller *model.Actor) iter.Seq[*model.Offering] {
	return func(yield func(*model.Offering) bool) {
		if t, ok := p.begun(v); ok && v.SeesTenant(caller, t.ID) && !p.each(v, t, p.Last, yield) {
			return
		}
		for t := range v.OpenLevels(caller, p.Root, p.Way, p.Deleted) {
			if !p.each(v, t, model.ItemRef{}, yield) {
				return
			}
		}
	}
}

// begun is the tenant in the middle of whose items the page before ended.
func (p *page) begun(v *state.View) (*model.Tenant, bool) {
	if p.Way == nil {
		return nil, false
	}
	return state.Tenants.Get(v, append([]model.TenantID{p.Root}, p.Way...)[len(p.Way)])
}

// each yields the items of one tenant that come after one and pass the filters.
func (p *page) each(v *state.View, t *model.Tenant, after model.ItemRef, yield func(*model.Offering) bool) bool {
	if t.Deleted() && !p.Deleted {
		return true
	}
	for _, o := range v.ListedOfferings(t) {
		if o.Compare(after) > 0 && p.wants(o) && !yield(o) {
			return false
		}
	}
	return true
}

func (p *page) wants(o *model.Offering) bool {
	it, known := o.Item()
	return known && (p.Deleted || !o.Deleted()) && !o.UpdatedAt.Before(p.Since) &&
		(len(p.Editions) == 0 || it.InEdition(p.Editions)) &&
		(len(p.UsageNames) == 0 || slices.Contains(p.UsageNames, it.UsageName)) &&
		(len(p.Names) == 0 || slices.Contains(p.Names, string(it.Name)))
}
