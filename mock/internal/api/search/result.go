package search

import (
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// A result is what was found: tenants carry kind and name, users login (wire facts, core 5).
type result struct {
	ObjType   string           `json:"obj_type"`
	ID        string           `json:"id"`
	ParentID  model.TenantID   `json:"parent_id"`
	Path      []string         `json:"path"` // names from the searched tenant down to the parent
	Kind      model.TenantKind `json:"kind,omitempty"`
	Name      string           `json:"name,omitempty"`
	Login     string           `json:"login,omitempty"`
	FirstName *string          `json:"first_name"`
	LastName  *string          `json:"last_name"`
	DeletedAt *string          `json:"deleted_at"`
}

func (h hit) result(v *state.View, root model.TenantID) *result {
	if u := h.user; u != nil {
		return &result{
			ObjType: "user", ID: h.id(), ParentID: u.TenantID, Path: v.Names(root, u.TenantID), Login: u.Login,
			FirstName: known(u.Contact.FirstName), LastName: known(u.Contact.LastName), DeletedAt: wire.OrNull(u.DeletedAt.Time()),
		}
	}
	t := h.tenant
	names := v.Names(root, t.ID)
	return &result{
		ObjType: "tenant", ID: h.id(), ParentID: t.ParentID, Path: names[:len(names)-1], Kind: t.Kind, Name: t.Name,
		FirstName: known(t.Contact.FirstName), LastName: known(t.Contact.LastName), DeletedAt: wire.OrNull(t.DeletedAt.Time()),
	}
}

// known is null for a name that is empty or not there.
func known(name *string) *string { return wire.TextOrNull(model.Text(name)) }
