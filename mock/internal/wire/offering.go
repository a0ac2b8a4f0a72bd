package wire

import (
	"github.com/tenantry/tenantry/mock/model"
)

// OfferingItem is an offering item of a tenant; the vendor's schema is closed (wire facts, core 3.6).
type OfferingItem struct {
	AppID     model.AppID        `json:"application_id"`
	Name      model.OfferingName `json:"name"`
	UsageName string             `json:"usage_name"`
	Edition   *string            `json:"edition"`
	TenantID  model.TenantID     `json:"tenant_id"`
	Status    int                `json:"status"`
	Locked    bool               `json:"locked"`
	Type      string             `json:"type"`
	Unit      string             `json:"measurement_unit"`
	InfraID   model.InfraID      `json:"infra_id,omitempty"`
	Quota     *Quota             `json:"quota,omitempty"`
	UpdatedAt string             `json:"updated_at,omitempty"`
	DeletedAt *string            `json:"deleted_at"`
}

// Quota is the quota of an item; its version is 0 exactly when both limits are null.
type Quota struct {
	Value   *int64 `json:"value"`
	Overage *int64 `json:"overage"`
	Version int64  `json:"version"`
}

// QuotaOf is the wire form of a quota.
func QuotaOf(q model.Quota) *Quota {
	return &Quota{Value: q.Value, Overage: q.Overage, Version: q.Version}
}

// OfferingItemOf is the wire form of an item. One that is off and one of type feature have no quota.
func OfferingItemOf(o *model.Offering) *OfferingItem {
	out := &OfferingItem{
		AppID: o.App, Name: o.Name, UsageName: string(o.Name), TenantID: o.TenantID, Locked: o.Locked,
		Type: model.ItemCount, Unit: "quantity", InfraID: o.Infra, DeletedAt: OrNull(o.DeletedAt),
	}
	if it, ok := o.Item(); ok {
		out.UsageName, out.Edition, out.Type, out.Unit = it.UsageName, TextOrNull(it.Edition), it.Type, it.Unit
	}
	if !o.UpdatedAt.IsZero() {
		out.UpdatedAt = model.FormatZ(o.UpdatedAt)
	}
	if o.On {
		out.Status = 1
	}
	if o.On && out.Type != model.ItemFeature {
		out.Quota = QuotaOf(o.Quota)
	}
	return out
}

// OfferingItemsOf is the wire form of a list of items.
func OfferingItemsOf(list []*model.Offering) []*OfferingItem {
	out := make([]*OfferingItem, len(list))
	for i, o := range list {
		out[i] = OfferingItemOf(o)
	}
	return out
}
