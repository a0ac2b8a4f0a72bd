package usages

import (
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// usage is the wire form of a usage; the vendor's schema is closed (wire facts, core 3.7).
type usage struct {
	AppID         model.AppID        `json:"application_id"`
	Name          model.OfferingName `json:"name"`
	Edition       *string            `json:"edition"`
	UsageName     string             `json:"usage_name"`
	RangeStart    string             `json:"range_start"`
	Type          string             `json:"type"`
	Unit          string             `json:"measurement_unit"`
	Value         int64              `json:"value"`
	AbsoluteValue int64              `json:"absolute_value"`
	InfraID       model.InfraID      `json:"infra_id,omitempty"`
	TenantID      int64              `json:"tenant_id"`
	TenantUUID    model.TenantID     `json:"tenant_uuid"`
	OfferingItem  *offeringItem      `json:"offering_item,omitempty"`
}

// offeringItem is the item of the tenant that a usage belongs to.
type offeringItem struct {
	Status int         `json:"status"`
	Quota  *wire.Quota `json:"quota,omitempty"`
}

func usageOf(v *state.View, t *model.Tenant, m *state.Metered) *usage {
	total := m.Spent.Total()
	u := &usage{
		AppID: m.Ref.App, Name: m.Ref.Name, Edition: wire.TextOrNull(m.Spent.Edition), UsageName: m.Ref.UsageName(),
		RangeStart: model.FormatNaive(model.MonthOf(v.Now())), Type: model.ItemCount, Unit: m.Ref.UsageUnit(),
		Value: max(0, total.Effective), AbsoluteValue: max(0, total.Absolute),
		InfraID: m.Ref.Infra, TenantID: t.Num, TenantUUID: t.ID,
	}
	if it, ok := m.Ref.Item(); ok {
		u.Type = it.Type
	}
	if m.Offering != nil {
		shown := wire.OfferingItemOf(m.Offering)
		u.OfferingItem = &offeringItem{Status: shown.Status, Quota: shown.Quota}
	}
	return u
}
