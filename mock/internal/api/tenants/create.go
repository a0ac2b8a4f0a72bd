package tenants

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

type createIn struct {
	Body createBody
}

type createBody struct {
	Name            string              `json:"name"`
	ParentID        model.TenantID      `json:"parent_id"`
	Kind            model.TenantKind    `json:"kind"`
	Contact         *model.ContactPatch `json:"contact"`
	BillingContact  *model.ContactPatch `json:"company_billing_contact"`
	Enabled         *bool               `json:"enabled"`
	CustomerID      *string             `json:"customer_id"`
	InternalTag     *string             `json:"internal_tag"`
	Language        *string             `json:"language"`
	DefaultIdP      *string             `json:"default_idp_id"`
	UpdateLock      *model.LockPatch    `json:"update_lock"`
	AncestralAccess *bool               `json:"ancestral_access"`
	Settings        *createSettings     `json:"settings"`
}

type createSettings struct {
	EnhancedSecurity bool `json:"enhanced_security"`
}

// create makes a tenant below a parent that the caller sees into.
func create(ctx context.Context, tx *state.Tx, in createIn) (*wire.Tenant, error) {
	caller, b := op.Caller(ctx), &in.Body
	parent, err := tx.LiveTenant(b.ParentID)
	if err != nil {
		return nil, err
	}
	if err := tx.ReachInside(caller, parent.ID); err != nil {
		return nil, err
	}
	if err := checkNew(tx.View, parent, b); err != nil {
		return nil, err
	}
	t := b.tenant(tx, caller)
	if err := checkLock(tx.View, t); err != nil {
		return nil, err
	}
	t.Num = tx.Count(model.CountTenants)
	tx.PutTenant(t)
	return wire.TenantOf(tx.View, t), nil
}

func checkNew(v *state.View, parent *model.Tenant, b *createBody) error {
	if err := model.CheckTenantName(b.Name); err != nil {
		return err
	}
	if err := model.CheckHolder(parent, b.Kind); err != nil {
		return err
	}
	if !v.Active(parent.ID) {
		return model.Refuse(model.Invalid, model.CodeParentDisabled, "parent_disabled",
			"Tenant %q cannot be created: its parent %q is disabled", b.Name, parent.ID)
	}
	return v.CheckName(parent.ID, b.Name, "")
}

// tenant is the new tenant with the defaults of what was left out (wire facts, core 3.1).
func (b *createBody) tenant(tx *state.Tx, caller *model.Actor) *model.Tenant {
	now := tx.Now()
	t := &model.Tenant{
		ID: model.TenantID(tx.UUID()), Version: 1, ParentID: b.ParentID, Kind: b.Kind, Name: b.Name,
		CustomerType: "default",
		Language:     or(b.Language, "en"), Enabled: or(b.Enabled, true), DefaultIdP: or(b.DefaultIdP, model.DefaultIdP),
		AncestralAccess: b.Kind == model.Unit || or(b.AncestralAccess, true), // does not apply to units
		MFA:             b.Kind == model.Partner && tx.Settings().Is("mfa_default", "partners"),
		Pricing:         model.StartPricing(b.Kind, now),
		Contact:         model.NewTenantContact(tx.UUID(), model.ContactLegal, b.Contact, now),
		CreatedAt:       model.MomentOf(now), UpdatedAt: model.MomentOf(now),
	}
	if b.Settings != nil {
		t.EnhancedSecurity = b.Settings.EnhancedSecurity
	}
	x := model.TenantExtras{
		CustomerID: b.CustomerID, InternalTag: b.InternalTag, Lock: model.Lock{}.Merge(b.UpdateLock, caller.Tenant),
	}
	if b.BillingContact != nil {
		billing := model.NewTenantContact(tx.UUID(), model.ContactCompanyBilling, b.BillingContact, now)
		billing.Types = []string{model.ContactCompanyBilling} // what the member is for
		x.Contacts = []model.Contact{billing}
	}
	t.SetExtras(x)
	return t
}

func or[T any](p *T, fallback T) T {
	if p == nil {
		return fallback
	}
	return *p
}
