package model

import "slices"

// Counterpart is the item that stands for it in another edition of its application: that of the same usage, under
// the first prefix of the edition. An edition may lack it (wire facts, core 6.13).
func (it *Item) Counterpart(e Edition) (*Item, bool) {
	if len(e.Prefixes) == 0 {
		return nil, false
	}
	return FindItem(it.App, OfferingName(e.Prefixes[0]+it.UsageName))
}

// Suits reports whether tenants of the kind can have the item (wire facts, core 6.10).
func (it *Item) Suits(kind TenantKind) bool { return !it.PartnersOnly || partnerLike(kind) }

// InEdition reports whether the item passes a filter by editions: one without an edition always does, and
// AnyEdition asks for all (reference, GET /tenants/{tenant_id}/offering_items).
func (it *Item) InEdition(editions []string) bool {
	return it.Edition == "" || slices.Contains(editions, it.Edition) || slices.Contains(editions, AnyEdition)
}

// AppSuits reports whether tenants of the kind can have an application at all.
func AppSuits(app AppID, kind TenantKind) bool {
	o, ok := published().offers[app]
	return ok && (!o.PartnersOnly || partnerLike(kind))
}

// ReportsUsage reports whether name is that of an item or of a usage of the application.
func ReportsUsage(app AppID, name OfferingName) bool {
	if _, ok := FindItem(app, name); ok {
		return true
	}
	a, err := FindApplication(app)
	return err == nil && slices.Contains(a.Usages, string(name))
}

func partnerLike(kind TenantKind) bool { return kind == Root || kind == Partner || kind == Folder }
