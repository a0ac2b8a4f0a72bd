package usages

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

type reportIn struct {
	Body reportBody
}

type reportBody struct {
	Items []reading `json:"items"`
}

// A reading is one reported usage: of a tenant, by the name of an offering item, or of a resource, by the name of a
// usage (reference, PUT /tenants/usages). What does not apply is empty or missing.
type reading struct {
	TenantID     string `json:"tenant_id"`
	ResourceID   string `json:"resource_id"`
	UsageType    string `json:"usage_type"`
	OfferingItem string `json:"offering_item"`
	InfraID      string `json:"infra_id"`
	Value        int64  `json:"usage_value"`
}

// A receipt says what became of a reading: it names it, and has an error only if it failed.
type receipt struct {
	TenantID     string `json:"tenant_id"`
	ResourceID   string `json:"resource_id"`
	UsageType    string `json:"usage_type"`
	OfferingItem string `json:"offering_item"`
	InfraID      string `json:"infra_id"`
	Error        any    `json:"error,omitempty"`
}

// report takes in what it can: a reading that fails does not stop the others, and the call succeeds all the same
// (wire facts, core 6.14).
func report(ctx context.Context, tx *state.Tx, in reportIn) (*wire.Items[receipt], error) {
	if err := checkReporter(tx.View, op.Caller(ctx)); err != nil {
		return nil, err
	}
	receipts := make([]receipt, len(in.Body.Items))
	for i := range in.Body.Items {
		r := &in.Body.Items[i]
		receipts[i] = r.receipt()
		err := r.store(tx, op.Caller(ctx))
		if err == nil {
			continue
		}
		if receipts[i].Error, err = op.Nested(err); err != nil {
			return nil, err
		}
	}
	return wire.ItemsOf(receipts), nil
}

// checkReporter lets in clients of the root tenant and those of a CyberApp, which have an origin (reference, PUT
// /tenants/usages). That an app reports the items of its own alone is not known of the published items: no
// origin stands in them.
func checkReporter(v *state.View, caller *model.Actor) error {
	if c := caller.Client; c != nil && (c.OriginID != "" || v.PlatformOwned(c.TenantID)) {
		return nil
	}
	return model.Refuse(model.Forbidden, model.CodeAccessDenied, "not_a_reporter",
		"Access denied: usages are reported by clients of the root tenant and by those with an origin_id")
}

// receipt repeats what names the usage. A usage type beside an offering item is not looked at.
func (r *reading) receipt() receipt {
	out := receipt{
		TenantID: r.TenantID, ResourceID: r.ResourceID, UsageType: r.UsageType,
		OfferingItem: r.OfferingItem, InfraID: r.InfraID,
	}
	if r.OfferingItem != "" {
		out.UsageType = ""
	}
	return out
}

// store finds what the reading is about, or refuses it, before it changes anything.
func (r *reading) store(tx *state.Tx, caller *model.Actor) error {
	if r.Value < 0 {
		return model.BadMember("usage_value", "must not be negative, is %d", r.Value)
	}
	t, err := r.tenant(tx.View)
	if err != nil {
		return err
	}
	if err := tx.Reach(caller, t.ID); err != nil {
		return err
	}
	ref, err := r.ref(tx.View, t)
	if err != nil {
		return err
	}
	if r.ResourceID != "" {
		tx.ReadResource(r.ResourceID, t.ID, ref, r.Value)
		return nil
	}
	tx.ReadUsage(t.ID, ref, r.Value)
	return nil
}
