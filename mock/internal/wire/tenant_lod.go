package wire

import (
	"slices"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// Levels of detail of a listed tenant or user (reference, GET /tenants and GET /users).
const (
	LODStamps = "stamps"
	LODBasic  = "basic"
	LODFull   = "full"
)

// TenantStamps is a listed tenant with the fewest details; the vendor's schema is closed.
type TenantStamps struct {
	ID            model.TenantID   `json:"id"`
	ParentID      model.TenantID   `json:"parent_id"`
	Version       int64            `json:"version"`
	CreatedAt     string           `json:"created_at"`
	UpdatedAt     string           `json:"updated_at"`
	DeletedAt     *string          `json:"deleted_at"`
	Contacts      []*ListedContact `json:"contacts"`
	OfferingItems []any            `json:"offering_items"`
}

// TenantBasic adds what a tree view needs; the vendor's schema is closed.
type TenantBasic struct {
	TenantStamps
	Name    string           `json:"name"`
	Kind    model.TenantKind `json:"kind"`
	Enabled bool             `json:"enabled"`
}

// TenantFull is a listed tenant with all its details.
type TenantFull struct {
	TenantBasic
	TenantDetails
	Barrier int64 `json:"barrier"`
}

// TenantStampsOf is a listed tenant without contacts and offering items.
func TenantStampsOf(t *model.Tenant) TenantStamps {
	return TenantStamps{
		ID: t.ID, ParentID: t.ParentID, Version: t.Version,
		CreatedAt: model.FormatZ(t.CreatedAt.Time()), UpdatedAt: model.FormatZ(t.UpdatedAt.Time()), DeletedAt: OrNull(t.DeletedAt.Time()),
		Contacts: []*ListedContact{}, OfferingItems: []any{},
	}
}

// WithContacts adds all contacts of the tenant, the main one first: stamps and basic show it nowhere else.
func (s TenantStamps) WithContacts(t *model.Tenant) TenantStamps {
	s.Contacts = listedContacts(t, slices.Concat([]model.Contact{t.Contact}, t.Extras().Contacts))
	return s
}

// Detailed is the tenant at a level of detail: stamps, basic or full.
func (s TenantStamps) Detailed(v *state.View, t *model.Tenant, lod string) any {
	if lod == LODStamps {
		return s
	}
	basic := TenantBasic{TenantStamps: s, Name: t.Name, Kind: t.Kind, Enabled: t.Enabled}
	if lod == LODBasic {
		return basic
	}
	return TenantFull{TenantBasic: basic, TenantDetails: tenantDetails(v, t), Barrier: v.Barrier(t)}
}
