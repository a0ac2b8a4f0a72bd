package state

import (
	"iter"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/model"
)

// Offering is what the tenant has, or had, of an item. The root has every published item, of type infra on every
// component of its own; a personal tenant has what its parent has on. Of those two only quotas are stored.
func (v *View) Offering(t *model.Tenant, ref model.ItemRef) (*model.Offering, bool) {
	stored, ok := Offerings.Get(v, model.KeyOf(t.ID, ref))
	if !derives(t) {
		return stored, ok
	}
	if !v.derived(t, ref) {
		return nil, false
	}
	o := &model.Offering{TenantID: t.ID, ItemRef: ref, On: true, Locked: true, UpdatedAt: t.CreatedAt.Time()}
	if ok {
		o.Quota, o.UpdatedAt = stored.Quota, stored.UpdatedAt
	}
	return o, true
}

// derives reports whether the tenant has its items by what it is.
func derives(t *model.Tenant) bool { return t.Kind == model.Root || t.Personal() }

func (v *View) derived(t *model.Tenant, ref model.ItemRef) bool {
	if t.Personal() {
		return v.parentHas(t, ref)
	}
	it, ok := ref.Item()
	return ok && (it.Type != model.ItemInfra && ref.Infra == "" || v.carries(t.ID, it, ref.Infra))
}

// Has reports whether the tenant has the item on.
func (v *View) Has(t *model.Tenant, ref model.ItemRef) bool {
	o, ok := v.Offering(t, ref)
	return ok && o.On
}

func (v *View) parentHas(t *model.Tenant, ref model.ItemRef) bool {
	parent, ok := Tenants.Get(v, t.ParentID)
	return ok && v.Has(parent, ref)
}

// carries reports whether the component is the owner's and has the capability that the item needs.
func (v *View) carries(owner model.TenantID, it *model.Item, id model.InfraID) bool {
	infra, ok := Infras.Get(v, id)
	return ok && infra.OwnerID == owner && infra.Carries(it)
}

// OfferingsOf lists all that the tenant has or had, deleted items too, in the order of their keys. The items of a
// deleted tenant went with it and are shown so.
func (v *View) OfferingsOf(t *model.Tenant) []*model.Offering {
	var all []*model.Offering
	switch {
	case t.Personal():
		all = v.personalOfferings(t)
	case t.Kind == model.Root:
		all = v.rootOfferings(t)
	default:
		all = slices.Collect(v.storedOfferings(t.ID, ""))
	}
	if t.Deleted() {
		for i, o := range all {
			all[i] = buried(o, t)
		}
	}
	return all
}

// ListedOfferings is OfferingsOf without what a personal tenant only inherits: lists of many tenants show of those
// what is their own, the items with a quota.
func (v *View) ListedOfferings(t *model.Tenant) []*model.Offering {
	if !t.Personal() {
		return v.OfferingsOf(t)
	}
	var own []*model.Offering
	for stored := range v.storedOfferings(t.ID, "") {
		if o, ok := v.Offering(t, stored.ItemRef); ok && !t.Deleted() {
			own = append(own, o)
		}
	}
	return own
}

// storedOfferings walks the rows of a tenant, or those of one application.
func (v *View) storedOfferings(id model.TenantID, app model.AppID) iter.Seq[*model.Offering] {
	return itemRows(v, Offerings, id, app)
}

// itemRows walks the rows of a tenant in a table that is keyed by items, or those of one application.
func itemRows[R any](v *View, of Kind[model.ItemKey, R], id model.TenantID, app model.AppID) iter.Seq[*R] {
	prefix := string(id) + "/"
	if app != "" {
		prefix += string(app) + "/"
	}
	return func(yield func(*R) bool) {
		for row := range of.From(v, model.ItemKey(prefix)) {
			if !strings.HasPrefix(of.def.key(row), prefix) || !yield(row) {
				return
			}
		}
	}
}

func (v *View) personalOfferings(t *model.Tenant) []*model.Offering {
	parent, ok := Tenants.Get(v, t.ParentID)
	if !ok {
		return nil
	}
	var all []*model.Offering
	for _, above := range v.OfferingsOf(parent) {
		if o, ok := v.Offering(t, above.ItemRef); ok {
			all = append(all, o)
		}
	}
	return all
}

func (v *View) rootOfferings(t *model.Tenant) []*model.Offering {
	var refs []model.ItemRef
	for _, a := range model.Applications() {
		for _, it := range model.Items(a.ID) {
			refs = append(refs, v.refsOf(t, it)...)
		}
	}
	slices.SortFunc(refs, model.ItemRef.Compare)
	all := make([]*model.Offering, 0, len(refs))
	for _, ref := range refs {
		o, _ := v.Offering(t, ref)
		all = append(all, o)
	}
	return all
}

// refsOf lists the item, or one of it for each component of the tenant that can carry it.
func (v *View) refsOf(t *model.Tenant, it *model.Item) []model.ItemRef {
	if it.Type != model.ItemInfra {
		return []model.ItemRef{{App: it.App, Name: it.Name}}
	}
	var refs []model.ItemRef
	for i := range v.OwnedInfra(t.ID) {
		if v.carries(t.ID, it, i.ID) {
			refs = append(refs, model.ItemRef{App: it.App, Name: it.Name, Infra: i.ID})
		}
	}
	return refs
}

// buried is an item of a deleted tenant.
func buried(o *model.Offering, t *model.Tenant) *model.Offering {
	if o.Deleted() {
		return o
	}
	gone := *o
	gone.DeletedAt = t.DeletedAt.Time()
	if gone.UpdatedAt.Before(gone.DeletedAt) {
		gone.UpdatedAt = gone.DeletedAt
	}
	return &gone
}

// InfraOfferings walks the items of all tenants on a component, those that are off too.
func (v *View) InfraOfferings(id model.InfraID) iter.Seq[*model.Offering] {
	pivot := &model.Offering{ItemRef: model.ItemRef{Infra: id}}
	return OfferingsByInfra.While(v, pivot, func(o *model.Offering) bool { return o.Infra == id })
}
