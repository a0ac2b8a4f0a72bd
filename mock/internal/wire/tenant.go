package wire

import (
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// Tenant is a single tenant: the answer to creating, reading and updating one, and to changes of its brand and
// its identity provider (wire facts, core 3.1).
type Tenant struct {
	ID        model.TenantID   `json:"id"`
	Version   int64            `json:"version"`
	CreatedAt string           `json:"created_at"`
	UpdatedAt string           `json:"updated_at"`
	DeletedAt *string          `json:"deleted_at"`
	Name      string           `json:"name"`
	ParentID  model.TenantID   `json:"parent_id"`
	Kind      model.TenantKind `json:"kind"`
	Enabled   bool             `json:"enabled"`
	TenantDetails
	Contacts []*ListedContact `json:"contacts"`      // beside the main one
	Path     []model.TenantID `json:"path,omitzero"` // parent first; left out unless asked for
}

// TenantDetails are the members that a single tenant and a listed one with all its details share.
type TenantDetails struct {
	CustomerType    string         `json:"customer_type"`
	CustomerID      *string        `json:"customer_id"`
	BrandID         *int64         `json:"brand_id"`
	BrandUUID       model.BrandID  `json:"brand_uuid,omitempty"`
	BrandEnabled    bool           `json:"brand_enabled"`
	InternalTag     *string        `json:"internal_tag"`
	Language        string         `json:"language"`
	OwnerID         *string        `json:"owner_id"`
	HasChildren     bool           `json:"has_children"`
	DefaultIdP      string         `json:"default_idp_id,omitempty"`
	UpdateLock      UpdateLock     `json:"update_lock"`
	AncestralAccess bool           `json:"ancestral_access"`
	MFAStatus       string         `json:"mfa_status"`
	PricingMode     string         `json:"pricing_mode"`
	StartDate       *string        `json:"production_start_date"`
	OperationStatus *string        `json:"external_operation_status"`
	Contact         *TenantContact `json:"contact"`
}

// UpdateLock says whether updates are restricted, and to the users of which tenant.
type UpdateLock struct {
	Enabled bool    `json:"enabled"`
	OwnerID *string `json:"owner_id"`
}

// TenantOf is the wire form of a single tenant. Its path is left to the caller.
func TenantOf(v *state.View, t *model.Tenant) *Tenant {
	return &Tenant{
		ID: t.ID, Version: t.Version, Name: t.Name, ParentID: t.ParentID, Kind: t.Kind, Enabled: t.Enabled,
		CreatedAt: model.FormatZ(t.CreatedAt.Time()), UpdatedAt: model.FormatZ(t.UpdatedAt.Time()), DeletedAt: OrNull(t.DeletedAt.Time()),
		TenantDetails: tenantDetails(v, t),
		Contacts:      listedContacts(t, t.Extras().Contacts),
	}
}

func tenantDetails(v *state.View, t *model.Tenant) TenantDetails {
	x := t.Extras()
	d := TenantDetails{
		CustomerType: t.CustomerType, CustomerID: x.CustomerID, InternalTag: x.InternalTag, Language: t.Language,
		OwnerID: TextOrNull(t.OwnerID), HasChildren: !t.Personal() && v.HasChildren(t.ID), DefaultIdP: t.DefaultIdP,
		UpdateLock:      UpdateLock{Enabled: x.Lock.Enabled, OwnerID: TextOrNull(x.Lock.OwnerID)},
		AncestralAccess: t.AncestralAccess, MFAStatus: mfaStatus(v.TenantMFA(t.ID)),
		PricingMode: t.Pricing.Mode, StartDate: OrNull(t.Pricing.StartDate.Time()),
		OperationStatus: TextOrNull(x.OperationStatus), Contact: tenantContact(&t.Contact),
	}
	if b, ok := v.EffectiveBrand(t.ID); ok {
		d.BrandID, d.BrandUUID, d.BrandEnabled = &b.Num, b.ID, b.TenantID == t.ID
	}
	return d
}

// mfaStatus is one of the two states that a tenant shows (wire facts, core 6.16).
func mfaStatus(on bool) string {
	if on {
		return model.MFAEnabled
	}
	return model.MFADisabled
}
