package model

import (
	"cmp"
	"strings"
	"time"
)

// ItemRef names an offering item of a tenant, its price or its usage. Items of type infra are one per component.
type ItemRef struct {
	App   AppID        `json:"app"`
	Name  OfferingName `json:"name"`
	Infra InfraID      `json:"infra,omitempty"`
}

// ItemKey is the key of a row about an item of a tenant.
type ItemKey string

// KeyOf is the key of a row about an item of a tenant: those of one tenant, and of one application in it, stand
// together.
func KeyOf(t TenantID, ref ItemRef) ItemKey {
	return ItemKey(strings.Join([]string{string(t), string(ref.App), string(ref.Name), string(ref.Infra)}, "/"))
}

// Compare is the order of the keys.
func (r ItemRef) Compare(o ItemRef) int {
	return cmp.Or(cmp.Compare(r.App, o.App), cmp.Compare(r.Name, o.Name), cmp.Compare(r.Infra, o.Infra))
}

// Item is the published item that is meant.
func (r ItemRef) Item() (*Item, bool) { return FindItem(r.App, r.Name) }

// Offering is an offering item that a tenant has or had. One that was turned off by itself stays, off; one that
// went with its application is deleted and comes back to life when it is turned on again.
type Offering struct {
	TenantID TenantID `json:"tenant"`
	ItemRef
	On        bool      `json:"on,omitempty"`
	Locked    bool      `json:"locked,omitempty"` // its status cannot be changed by itself
	Quota     Quota     `json:"quota,omitzero"`
	UpdatedAt time.Time `json:"updated"`
	DeletedAt time.Time `json:"deleted,omitzero"`
}

// Key is the key of the row.
func (o *Offering) Key() ItemKey { return KeyOf(o.TenantID, o.ItemRef) }

// Deleted reports whether the item has gone.
func (o *Offering) Deleted() bool { return !o.DeletedAt.IsZero() }

// Binding says that an application is on for a tenant.
type Binding struct {
	TenantID  TenantID  `json:"tenant"`
	App       AppID     `json:"app"`
	UpdatedAt time.Time `json:"updated"`
}

// BindingKey is the key of a binding.
func BindingKey(t TenantID, app AppID) string { return string(t) + "/" + string(app) }

// String is the form of the reference in messages.
func (r ItemRef) String() string {
	text := `"` + string(r.Name) + `"`
	if r.Infra != "" {
		text += " on component " + string(r.Infra)
	}
	return text
}
