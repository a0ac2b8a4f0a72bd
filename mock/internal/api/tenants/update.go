package tenants

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

type updateIn struct {
	ID   model.TenantID `path:"tenant_id"`
	Body updateBody
}

type updateBody struct {
	Version         int64               `json:"version"`
	Name            *string             `json:"name"`
	CustomerType    *string             `json:"customer_type"`
	ParentID        *model.TenantID     `json:"parent_id"`
	Kind            *model.TenantKind   `json:"kind"`
	Contact         *model.ContactPatch `json:"contact"`
	Enabled         *bool               `json:"enabled"`
	CustomerID      model.Opt[string]   `json:"customer_id"`
	InternalTag     model.Opt[string]   `json:"internal_tag"`
	Language        *string             `json:"language"`
	DefaultIdP      *string             `json:"default_idp_id"`
	UpdateLock      *model.LockPatch    `json:"update_lock"`
	AncestralAccess *bool               `json:"ancestral_access"`
	OperationStatus model.Opt[string]   `json:"external_operation_status"`
}

// update changes what was sent and keeps the rest. A body that changes nothing still makes the next version.
func update(ctx context.Context, tx *state.Tx, in updateIn) (*wire.Tenant, error) {
	caller := op.Caller(ctx)
	t, err := reached(tx.View, caller, in.ID, false)
	if err != nil {
		return nil, err
	}
	if err := model.CheckVersion("tenant", in.Body.Version, t.Version); err != nil {
		return nil, err
	}
	if err := tx.Unlocked(caller, t); err != nil {
		return nil, err
	}
	changed := in.Body.over(tx, t, caller)
	if err := checkChange(tx.View, caller, t, changed); err != nil {
		return nil, err
	}
	tx.UpdateTenant(changed)
	return wire.TenantOf(tx.View, changed), nil
}

// over is the tenant with the body laid over it.
func (b *updateBody) over(tx *state.Tx, t *model.Tenant, caller *model.Actor) *model.Tenant {
	c := *t
	c.Name, c.Kind, c.ParentID = or(b.Name, t.Name), or(b.Kind, t.Kind), or(b.ParentID, t.ParentID)
	c.CustomerType, c.Enabled = or(b.CustomerType, t.CustomerType), or(b.Enabled, t.Enabled)
	c.Language, c.DefaultIdP = or(b.Language, t.Language), or(b.DefaultIdP, t.DefaultIdP)
	c.SetExtras(b.extras(t, caller))
	if t.Kind != model.Unit { // does not apply to units
		c.AncestralAccess = or(b.AncestralAccess, t.AncestralAccess)
	}
	if b.Contact != nil {
		c.Contact = t.Contact.Merge(b.Contact, tx.Now())
	}
	return &c
}

func (b *updateBody) extras(t *model.Tenant, caller *model.Actor) model.TenantExtras {
	x := t.Extras()
	b.CustomerID.Over(&x.CustomerID)
	b.InternalTag.Over(&x.InternalTag)
	x.Lock = x.Lock.Merge(b.UpdateLock, caller.Tenant)
	if b.OperationStatus.Set {
		x.OperationStatus = operationStatus(b.OperationStatus.Value)
	}
	return x
}

// operationStatus is what is stored: no_operation is how a caller says none (reference, updateTenant).
func operationStatus(sent string) string {
	if sent == "no_operation" {
		return ""
	}
	return sent
}
