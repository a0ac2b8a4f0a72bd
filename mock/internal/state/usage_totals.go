package state

import (
	"maps"
	"slices"

	"github.com/tenantry/tenantry/mock/model"
)

// Spending is what one tenant uses together with all below it, by item.
type Spending map[model.ItemRef]*model.Spent

// SpendingBelow is what each live tenant of a tree used in a period, each together with all below it. Tenants without
// any usage are left out. Usage counts wherever it arises, also behind a tenant that keeps its ancestors out: it
// is sums that are shown, not who used it.
func (v *View) SpendingBelow(root model.TenantID, p model.Period) map[model.TenantID]Spending {
	sums := map[model.TenantID]Spending{}
	live := func(t *model.Tenant) bool { return !t.Deleted() }
	for t := range v.Below(root, "", live) {
		if !live(t) {
			continue
		}
		for u := range v.UsagesOf(t.ID) {
			v.count(sums, root, t, u, u.Over(p.Start, p.End))
		}
	}
	return sums
}

// count adds a usage to the sums of its tenant and of all above it up to root.
func (v *View) count(sums map[model.TenantID]Spending, root model.TenantID, t *model.Tenant, u *model.Usage, f model.Figures) {
	edition := u.Edition
	if it, ok := u.Item(); ok {
		edition = it.Edition
	}
	trial := v.onTrial(t)
	for id := t.ID; ; {
		if sums[id] == nil {
			sums[id] = Spending{}
		}
		if sums[id][u.ItemRef] == nil {
			sums[id][u.ItemRef] = &model.Spent{}
		}
		sums[id][u.ItemRef].Add(edition, trial, f)
		above, ok := Tenants.Get(v, id)
		if id == root || !ok {
			return
		}
		id = above.ParentID
	}
}

// onTrial reports whether what the tenant uses is on trial: for units and persons their customer decides.
func (v *View) onTrial(t *model.Tenant) bool {
	for above := range v.Up(t.ID) {
		if t.Kind != model.Unit {
			break
		}
		t = above
	}
	return t.Pricing.Mode == model.Trial
}

// SpentNow is what a tenant uses at present together with all below it: since the first day of the month what is
// counted by ranges.
func (v *View) SpentNow(id model.TenantID) Spending {
	p := model.Period{Start: model.DayOf(model.MonthOf(v.now)), End: model.DayOf(v.now)}
	return v.SpendingBelow(id, p)[id]
}

// A Metered is something that is counted for a tenant: an item that it has, or a usage, its own or from below, that
// none of its items stands for; Offering is then nil.
type Metered struct {
	Ref      model.ItemRef
	Offering *model.Offering
	Spent    model.Spent
}

// MeteredOf lists what is counted for a tenant: its items that are on, those that are off and still used, and what
// else is used. Items of type feature are not counted.
func (v *View) MeteredOf(t *model.Tenant, spent Spending) []Metered {
	var all []Metered
	left := maps.Clone(spent)
	for _, o := range v.OfferingsOf(t) {
		m, counted := metered(o, spent)
		if counted {
			all = append(all, m)
		}
		delete(left, o.ItemRef)
	}
	for _, ref := range slices.SortedFunc(maps.Keys(left), model.ItemRef.Compare) {
		all = append(all, Metered{Ref: ref, Spent: *left[ref]})
	}
	return all
}

func metered(o *model.Offering, spent Spending) (m Metered, counted bool) {
	it, known := o.Item()
	if !known || it.Type == model.ItemFeature || o.Deleted() {
		return m, false
	}
	m = Metered{Ref: o.ItemRef, Offering: o, Spent: model.Spent{Edition: it.Edition}}
	if s, used := spent[o.ItemRef]; used {
		m.Spent = *s
	}
	return m, o.On || !m.Spent.Total().Zero()
}
