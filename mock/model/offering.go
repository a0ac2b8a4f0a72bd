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

// CheckItemKind refuses an item that tenants of the kind cannot have (1021).
func CheckItemKind(it *Item, kind TenantKind) error {
	if it.Suits(kind) {
		return nil
	}
	return Refuse(Invalid, CodeItemUnavailable, "item_kind", "offering item %q is not available to a tenant of kind %q", it.Name, kind)
}

// ItemUnavailable refuses an item that the parent does not offer (1021).
func ItemUnavailable(ref ItemRef) error {
	return Refuse(Invalid, CodeItemUnavailable, "item_unavailable",
		"offering item %s is not available to the tenant: its parent does not offer it", ref)
}

// ItemOff refuses a quota for an item that the tenant does not have on.
func ItemOff(ref ItemRef) error {
	return Refuse(Invalid, CodeItemUnavailable, "item_off", "offering item %s is not turned on: it has no quota", ref)
}

// ItemLocked refuses to change the status of a locked item.
func ItemLocked(ref ItemRef) error {
	return Refuse(Invalid, CodeBusinessRule, "item_locked", "offering item %s is locked: its status cannot be changed", ref)
}

// ItemInUse refuses to turn off an item that has usage.
func ItemInUse(ref ItemRef) error {
	code := CodeBusinessRule
	if ref.Infra != "" {
		code = CodeStorageInUse
	}
	return Refuse(Invalid, code, "item_in_use", "offering item %s has usage and check_usage is set: it stays on", ref)
}

// String is the form of the reference in messages.
func (r ItemRef) String() string {
	text := `"` + string(r.Name) + `"`
	if r.Infra != "" {
		text += " on component " + string(r.Infra)
	}
	return text
}

// CheckChoice refuses a set of items that a customer or a unit cannot have at once: one component for each item,
// and one edition of the backup application (wire facts, core 6.9). It names two items that exclude each other.
func CheckChoice(kind TenantKind, on []ItemRef) ([]ItemRef, error) {
	if partnerLike(kind) {
		return nil, nil
	}
	var backup *ItemRef
	component := map[itemName]ItemRef{}
	for i := range on {
		ref := on[i]
		it, ok := ref.Item()
		if !ok {
			continue
		}
		if first, twice := component[itemName{ref.App, ref.Name}]; twice {
			return []ItemRef{first, ref}, Refuse(Invalid, CodeBusinessRule, "one_storage",
				"a %s can have %q on one component only, not on %s and %s", kind, ref.Name, first.Infra, ref.Infra)
		}
		component[itemName{ref.App, ref.Name}] = ref
		if ref.App != AppBackup || it.Edition == "" {
			continue
		}
		if backup == nil {
			backup = &on[i]
		}
		if first, _ := backup.Item(); first.Edition != it.Edition {
			return []ItemRef{*backup, ref}, Refuse(Invalid, CodeBusinessRule, "one_edition",
				"a %s can have one edition only: %q is of edition %s, %q of edition %s", kind, backup.Name, first.Edition, ref.Name, it.Edition)
		}
	}
	return nil, nil
}
