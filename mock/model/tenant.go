package model

import (
	"strings"
	"time"
)

// TenantKind is the level of a tenant in the hierarchy.
type TenantKind string

// The kinds of tenant (reference, POST /tenants).
const (
	Root     TenantKind = "root"
	Partner  TenantKind = "partner"
	Folder   TenantKind = "folder"
	Customer TenantKind = "customer"
	Unit     TenantKind = "unit"
)

// Pricing modes (reference, PUT /tenants/{tenant_id}/pricing).
const (
	Trial      = "trial"
	Production = "production"
	Suspended  = "suspended"
)

// Tenant is one node of the tree. A personal tenant is a unit with an owner.
type Tenant struct {
	ID               TenantID   `json:"id"`
	Num              int64      `json:"num"` // the integer (v1) id, unique in its world
	Version          int64      `json:"v"`
	ParentID         TenantID   `json:"parent"` // the root's parent is itself
	Kind             TenantKind `json:"kind"`
	Name             string     `json:"name"`
	CustomerType     string     `json:"ctype,omitempty"`
	Language         string     `json:"lang,omitempty"`
	Enabled          bool       `json:"on,omitempty"`
	AncestralAccess  bool       `json:"access,omitempty"`
	MFA              bool       `json:"mfa,omitempty"`
	EnhancedSecurity bool       `json:"secure,omitempty"`
	OwnerID          UserID     `json:"owner,omitempty"` // set on a personal tenant
	DefaultIdP       string     `json:"idp,omitempty"`
	Pricing          Pricing    `json:"pricing,omitzero"`
	Contact          Contact    `json:"contact"`
	CreatedAt        Moment     `json:"created"`
	UpdatedAt        Moment     `json:"updated"`
	DeletedAt        Moment     `json:"deleted,omitzero"`
	Deletion         string     `json:"deletion,omitempty"` // which deletion took it; a restore brings back what shares it
	TenantGuard      `json:"-"`
	*TenantExtras    // nil for none; use Extras and SetExtras
}

// Lock restricts updates to users of one tenant (wire facts, core 3.1).
type Lock struct {
	Enabled bool     `json:"enabled"`
	OwnerID TenantID `json:"owner,omitempty"`
}

// Pricing is the pricing state of a tenant; Version is in milliseconds since 1970.
type Pricing struct {
	Mode      string  `json:"mode"`
	Currency  *string `json:"currency,omitempty"`
	Version   int64   `json:"v"`
	StartDate Moment  `json:"start,omitzero"` // when production starts or started; zero is null
}

// Key is the id as text.
func (t *Tenant) Key() string { return string(t.ID) }

// Deleted reports whether the tenant is soft-deleted.
func (t *Tenant) Deleted() bool { return !t.DeletedAt.IsZero() }

// Personal reports whether the tenant belongs to one user.
func (t *Tenant) Personal() bool { return t.OwnerID != "" }

// NameKey is the form in which names are compared: without regard to case.
func (t *Tenant) NameKey() string { return strings.ToLower(t.Name) }

// CheckParentKind refuses a parent that may not hold a child of that kind: partners and folders hold
// partners, folders and customers; customers and units hold units; the root holds what a partner holds
// (wire facts, core 6.2).
func CheckParentKind(parent, child TenantKind) error {
	if mayHold(parent, child) {
		return nil
	}
	return Refuse(Invalid, CodeBusinessRule, "tenant_kind",
		"a tenant of kind %q cannot be created in or moved to a tenant of kind %q", child, parent)
}

func mayHold(parent, child TenantKind) bool {
	switch parent {
	case Root, Partner, Folder:
		return child == Partner || child == Folder || child == Customer
	case Customer, Unit:
		return child == Unit
	}
	return false
}

// CheckKindChange refuses every change of kind but partner to folder and back (wire facts, core 6.4).
func CheckKindChange(from, to TenantKind) error {
	group := func(k TenantKind) bool { return k == Partner || k == Folder }
	if from == to || group(from) && group(to) {
		return nil
	}
	return Refuse(Invalid, CodeBusinessRule, "tenant_kind", "the kind of a tenant cannot change from %q to %q", from, to)
}

// CheckMove refuses a move that the kinds forbid: units never move (1008), customers, partners and
// folders only to a partner or folder, and nothing below itself (1007).
func CheckMove(t, to *Tenant, toIsBelow bool) error {
	switch {
	case t.Kind == Unit:
		return Refuse(Invalid, CodeMoveInCustomer, "move_unit", "a unit cannot be moved")
	case t.Kind == Root:
		return Refuse(Invalid, CodeBusinessRule, "move_root", "the root tenant cannot be moved")
	case t.ID == to.ID || toIsBelow:
		return Refuse(Invalid, CodeMoveUnderChild, "move_under_child", "tenant %q cannot be moved under itself or its own child", t.Name)
	case to.Kind == Customer || to.Kind == Unit:
		return Refuse(Invalid, CodeMoveInCustomer, "move_in_customer", "a %s cannot be moved into a %s", t.Kind, to.Kind)
	case !to.Enabled:
		return Refuse(Invalid, CodeMoveUnderDisabled, "move_under_disabled", "tenant %q is disabled, nothing can be moved under it", to.Name)
	}
	return CheckParentKind(to.Kind, t.Kind)
}

// CheckDelete refuses the deletion of an enabled tenant with the one complete error body that the
// vendor publishes (wire facts, core 2.4), and that of the root.
func CheckDelete(t *Tenant) error {
	if t.Kind == Root {
		return Refuse(Invalid, CodeBusinessRule, "delete_root", "the root tenant cannot be deleted")
	}
	if !t.Enabled {
		return nil
	}
	id := digits(t.Num)
	return &Error{
		Kind: Invalid, Platform: CodeTenantEnabled, Reason: "tenant_enabled",
		Message:  "It is prohibited to delete a non-disabled tenant.",
		Info:     `It is prohibited to delete a non-disabled tenant "` + id + `"`,
		Context:  map[string]any{"id": id},
		Addition: []map[string]any{{"id": id}},
	}
}

// StartPricing is the pricing of a new tenant: customers and units start a trial that ends after one
// full month, partners and folders start in production (wire facts, core 6.2 and 6.12).
func StartPricing(k TenantKind, now time.Time) Pricing {
	if k == Customer || k == Unit {
		return Pricing{Mode: Trial, Version: now.UnixMilli(), StartDate: MomentOf(TrialEnd(now))}
	}
	return Pricing{Mode: Production, Version: now.UnixMilli(), StartDate: MomentOf(now.Truncate(time.Second))}
}

// TrialEnd is the start of the month that follows one full month after from.
func TrialEnd(from time.Time) time.Time {
	y, m, _ := from.UTC().Date()
	return time.Date(y, m+2, 1, 0, 0, 0, 0, time.UTC)
}
