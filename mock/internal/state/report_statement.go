package state

import (
	"github.com/tenantry/tenantry/mock/model"
)

// statement is what a report finds when it is generated: for each tenant of its level what is used there and below.
func (v *View) statement(r *model.Report, t *model.Tenant) *model.ReportRun {
	run := &model.ReportRun{
		ReportID: r.ID, At: r.NextAt, Kind: r.Kind, Level: r.Level, Period: r.Period,
		ShowSKUs: r.SKUs(), Group: t.Num, Name: t.Name,
	}
	listed := v.onLevel(t, r.Level)
	for _, on := range listed {
		run.Tenants = append(run.Tenants, model.ReportTenant{
			ID: on.ID, Kind: on.Kind, Name: on.Name, CustomerID: on.Extras().CustomerID, Mode: on.Pricing.Mode, Currency: on.Pricing.Currency,
		})
	}
	for _, s := range spansOf(r) {
		sums := v.SpendingBelow(t.ID, s.period)
		for i, on := range listed {
			run.Tenants[i].Lines = append(run.Tenants[i].Lines, v.lines(on, s.date, sums[on.ID], r.Hides())...)
		}
	}
	return run
}

// A span is a part of a report's period that has lines of its own.
type span struct {
	date   string
	period model.Period
}

// spansOf divides the period of a report. One on the present usage shows what is used when it is generated, though it
// bears the date of the day before.
func spansOf(r *model.Report) []span {
	p := r.Period
	switch r.Kind {
	case model.UsageDaily:
		var days []span
		for _, day := range p.Days() {
			days = append(days, span{day, model.Period{Start: day, End: day}})
		}
		return days
	case model.UsageCurrent:
		return []span{{p.End, model.Period{Start: p.Start, End: model.DayOf(r.NextAt)}}}
	}
	return []span{{p.End, p}}
}

// onLevel lists the tenant of a report and those below it that are on the level. Below a tenant that keeps its
// ancestors out nobody is listed.
func (v *View) onLevel(t *model.Tenant, level string) []*model.Tenant {
	enter := func(below *model.Tenant) bool {
		return !below.Deleted() && !below.Personal() && (below.ID == t.ID || below.AncestralAccess && level != model.LevelDirect)
	}
	var on []*model.Tenant
	for below := range v.Levels(t.ID, nil, enter) {
		if below.ID == t.ID || !below.Deleted() && model.InLevel(level, below, below.ParentID == t.ID) {
			on = append(on, below)
		}
	}
	return on
}

// lines are those of one tenant.
func (v *View) lines(t *model.Tenant, date string, spent Spending, hideZero bool) []model.ReportLine {
	var lines []model.ReportLine
	for _, m := range v.MeteredOf(t, spent) {
		s := m.Spent
		if hideZero && s.Production.Zero() && s.Trial.Zero() {
			continue
		}
		line := model.ReportLine{
			ItemRef: m.Ref, Date: date, Edition: s.Edition, Production: s.Production, Trial: s.Trial,
			Site: v.site(m.Ref), Price: v.priceOf(t.ID, m.Ref),
		}
		if m.Offering != nil {
			line.Quota = m.Offering.Quota.Value
		}
		lines = append(lines, line)
	}
	return lines
}

func (v *View) site(ref model.ItemRef) *model.LineSite {
	i, ok := Infras.Get(v, ref.Infra)
	if !ok {
		return nil
	}
	return &model.LineSite{Name: i.Name, OwnerID: i.OwnerID, Backend: i.BackendType}
}

// priceOf is what the tenant asks for an item: prices are set for items and for usages, on one component or on all.
func (v *View) priceOf(id model.TenantID, ref model.ItemRef) string {
	usage := model.OfferingName(ref.UsageName())
	for _, named := range []model.ItemRef{
		ref, {App: ref.App, Name: ref.Name}, {App: ref.App, Name: usage, Infra: ref.Infra}, {App: ref.App, Name: usage},
	} {
		if p, ok := Prices.Get(v, model.KeyOf(id, named)); ok {
			return p.Price
		}
	}
	return ""
}
