package model

import "fmt"

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

// Lacking refuses because of items that a tenant does not offer, and names them in the error's context.
func Lacking(code int, items []ItemRef, format string, args ...any) error {
	names := make([]map[string]any, len(items))
	for i, ref := range items {
		names[i] = map[string]any{"application_id": ref.App}
		if ref.Name != "" {
			names[i]["name"] = ref.Name
		}
		if ref.Infra != "" {
			names[i]["infra_id"] = ref.Infra
		}
	}
	return &Error{
		Kind: Invalid, Platform: code, Reason: "items_unavailable",
		Message: fmt.Sprintf(format, args...), Context: map[string]any{"offering_items": names},
	}
}

// CheckChoice refuses a set of items that a customer or a unit cannot have at once: one component for each item,
// and one edition of the backup application (wire facts, core 6.9). It names two items that exclude each other.
func CheckChoice(kind TenantKind, on []ItemRef) ([]ItemRef, error) {
	if partnerLike(kind) {
		return nil, nil
	}
	if two := twoStorages(on); two != nil {
		return two, Refuse(Invalid, CodeBusinessRule, "one_storage",
			"a %s can have offering item %q on one component only, not on %s and %s", kind, two[0].Name, two[0].Infra, two[1].Infra)
	}
	if two := twoEditions(on); two != nil {
		return two, Refuse(Invalid, CodeBusinessRule, "one_edition",
			"a %s can have one edition only: offering items %s and %s are of different ones", kind, two[0], two[1])
	}
	return nil, nil
}

func twoStorages(on []ItemRef) []ItemRef {
	first := map[itemName]ItemRef{}
	for _, ref := range on {
		name := itemName{ref.App, ref.Name}
		if other, twice := first[name]; twice && other != ref {
			return []ItemRef{other, ref}
		}
		first[name] = ref
	}
	return nil
}

func twoEditions(on []ItemRef) []ItemRef {
	var first *Item
	var other ItemRef
	for _, ref := range on {
		it, ok := ref.Item()
		if !ok || it.App != AppBackup || it.Edition == "" {
			continue
		}
		if first != nil && first.Edition != it.Edition {
			return []ItemRef{other, ref}
		}
		first, other = it, ref
	}
	return nil
}
