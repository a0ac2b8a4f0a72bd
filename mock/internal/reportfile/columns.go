package reportfile

import (
	"github.com/tenantry/tenantry/mock/model"
)

// A record is a line with its tenant.
type record struct {
	tenant *model.ReportTenant
	line   *model.ReportLine
}

// A column of csv_v2_0, which is a member of the JSON formats too. Its value is a text, an integer, a boolean, or nil.
type column struct {
	name  string
	value func(r record) any
}

// columns stand in the published order: that of the alphabet, but for edition, which came later (wire facts, idp 8.3).
var columns = []column{
	{"application.id", func(r record) any { return string(r.line.App) }},
	{"application.name", func(r record) any { return applicationType(r.line.App) }},
	{"date", func(r record) any { return r.line.Date }},
	{"infra.backend_type", func(r record) any { return text(r.site().Backend) }},
	{"infra.id", func(r record) any { return text(string(r.line.Infra)) }},
	{"infra.name", func(r record) any { return text(r.site().Name) }},
	{"infra.owner_id", func(r record) any { return text(string(r.site().OwnerID)) }},
	{"is_range", func(r record) any { return model.IsRange(r.line.UsageName()) }},
	{"measurement_unit", func(r record) any { return unit(r.line.UsageUnit()) }},
	{"name", func(r record) any { return string(r.line.Name) }},
	{"pricing.currency", func(r record) any { return r.priced(orNil(r.tenant.Currency)) }},
	{"pricing.mode", func(r record) any { return r.priced(r.tenant.Mode) }},
	{"pricing.price", func(r record) any { return text(r.line.Price) }},
	{"pricing.total_cost", func(r record) any { return r.priced(cost(r.line)) }},
	{"quota.value", func(r record) any { return orNil(r.line.Quota) }},
	{"tenant.customer_id", func(r record) any { return orNil(r.tenant.CustomerID) }},
	{"tenant.id", func(r record) any { return string(r.tenant.ID) }},
	{"tenant.kind", func(r record) any { return string(r.tenant.Kind) }},
	{"tenant.name", func(r record) any { return r.tenant.Name }},
	{"usage.absolute.production", func(r record) any { return r.line.Production.Absolute }},
	{"usage.absolute.total", func(r record) any { return r.total().Absolute }},
	{"usage.absolute.trial", func(r record) any { return r.line.Trial.Absolute }},
	{"usage.delta.production", func(r record) any { return r.line.Production.Delta }},
	{"usage.delta.total", func(r record) any { return r.total().Delta }},
	{"usage.delta.trial", func(r record) any { return r.line.Trial.Delta }},
	{"usage.effective.production", func(r record) any { return r.line.Production.Effective }},
	{"usage.effective.total", func(r record) any { return r.total().Effective }},
	{"usage.effective.trial", func(r record) any { return r.line.Trial.Effective }},
	{"edition", func(r record) any { return text(r.line.Edition) }},
}

// skuColumn comes with show_skus.
var skuColumn = column{"sku", func(record) any { return nil }}

func columnsOf(run *model.ReportRun) []column {
	if run.ShowSKUs {
		return append(columns[:len(columns):len(columns)], skuColumn)
	}
	return columns
}

// records are all lines of a report, tenant by tenant.
func records(run *model.ReportRun) []record {
	var all []record
	for i := range run.Tenants {
		t := &run.Tenants[i]
		for j := range t.Lines {
			all = append(all, record{t, &t.Lines[j]})
		}
	}
	return all
}

func (r record) site() model.LineSite {
	if r.line.Site == nil {
		return model.LineSite{}
	}
	return *r.line.Site
}

func (r record) total() model.Figures { return r.line.Production.Plus(r.line.Trial) }

// priced is nothing where the item has no price: then the other facts on pricing are empty too.
func (r record) priced(value any) any {
	if r.line.Price == "" {
		return nil
	}
	return value
}

func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func orNil[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

// unit is empty for numbers of things.
func unit(name string) any {
	if name == model.UnitBytes || name == model.UnitSeconds {
		return name
	}
	return nil
}

func applicationType(id model.AppID) any {
	a, err := model.FindApplication(id)
	if err != nil {
		return nil
	}
	return a.Type
}
