package usages

import (
	"slices"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// tenant is whose usage is reported: the tenant that is named, else the one of the resource.
func (r *reading) tenant(v *state.View) (*model.Tenant, error) {
	switch {
	case r.TenantID != "":
		return v.NamedTenant(model.TenantID(r.TenantID))
	case r.ResourceID != "":
		return tenantOfResource(v, r.ResourceID)
	}
	return nil, model.BadMember("tenant_id", "or resource_id is required")
}

// tenantOfResource finds where a resource belongs. Resources themselves live in other services; here they go by the id
// of what stands for them: the client that an agent registered as, the user whose device it is, or a tenant.
func tenantOfResource(v *state.View, id string) (*model.Tenant, error) {
	tenant := model.TenantID(id)
	if c, ok := state.Clients.Get(v, model.ClientID(id)); ok && !c.Deleted() {
		tenant = c.TenantID
	}
	if u, ok := state.Users.Get(v, model.UserID(id)); ok && !u.Deleted() {
		tenant = u.TenantID
		if u.PersonalTenantID != "" {
			tenant = u.PersonalTenantID
		}
	}
	t, err := v.LiveTenant(tenant)
	if err != nil {
		return nil, model.Missing("resource", id)
	}
	return t, nil
}

// ref is the usage that is reported.
func (r *reading) ref(v *state.View, t *model.Tenant) (model.ItemRef, error) {
	switch {
	case r.OfferingItem != "":
		return r.byItem(v, t)
	case r.UsageType == "":
		return model.ItemRef{}, model.BadMember("offering_item", "or usage_type is required")
	}
	return r.byType(v, t)
}

// byItem finds an item that is counted and on for the tenant. Its name is unique among all applications.
func (r *reading) byItem(v *state.View, t *model.Tenant) (model.ItemRef, error) {
	it, ok := findItem(model.OfferingName(r.OfferingItem))
	if !ok {
		return model.ItemRef{}, model.BadMember("offering_item", "names no offering item: %q", r.OfferingItem)
	}
	ref := model.ItemRef{App: it.App, Name: it.Name}
	switch {
	case it.Type == model.ItemFeature:
		return ref, model.BadMember("offering_item", "is of type feature, which is not counted: %q", r.OfferingItem)
	case it.Type == model.ItemInfra && r.InfraID == "":
		return ref, model.BadMember("infra_id", "is required for an item of type infra")
	case it.Type == model.ItemInfra:
		ref.Infra = model.InfraID(r.InfraID)
	}
	if !v.Has(t, ref) {
		return ref, model.Refuse(model.Invalid, model.CodeItemUnavailable, "item_off",
			"offering item %s is not turned on for tenant %q", ref, t.Name)
	}
	return ref, nil
}

func findItem(name model.OfferingName) (*model.Item, bool) {
	for _, a := range model.Applications() {
		if it, ok := model.FindItem(a.ID, name); ok {
			return it, true
		}
	}
	return nil, false
}

// byType finds the one item of the tenant that has the usage; without one, a tenant may report a usage that no item
// stands for. Resources report quantities that they share only.
func (r *reading) byType(v *state.View, t *model.Tenant) (model.ItemRef, error) {
	on := r.itemsOfType(v, t)
	if len(on) == 0 {
		return r.bare(v, t)
	}
	if r.ResourceID != "" && !on[0].SharedUsage() {
		return on[0], model.BadMember("usage_type", "is no quantity that resources share: %q", r.UsageType)
	}
	if len(on) > 1 {
		return on[0], model.BadMember("usage_type", "is that of several offering items of the tenant: name the offering_item, or the infra_id")
	}
	return on[0], nil
}

// itemsOfType lists the items of the usage that are on and counted, on one component if one is named.
func (r *reading) itemsOfType(v *state.View, t *model.Tenant) []model.ItemRef {
	var on []model.ItemRef
	for _, o := range v.OfferingsOf(t) {
		it, known := o.Item()
		if known && o.On && it.UsageName == r.UsageType && it.Type != model.ItemFeature && (r.InfraID == "" || string(o.Infra) == r.InfraID) {
			on = append(on, o.ItemRef)
		}
	}
	return on
}

// bare is a usage without an item, of an application that is on.
func (r *reading) bare(v *state.View, t *model.Tenant) (model.ItemRef, error) {
	if _, isItem := findItem(model.OfferingName(r.UsageType)); !isItem && r.ResourceID == "" {
		for _, a := range model.Applications() {
			if slices.Contains(a.Usages, r.UsageType) && v.HasApp(t, a.ID) {
				return model.ItemRef{App: a.ID, Name: model.OfferingName(r.UsageType)}, nil
			}
		}
	}
	return model.ItemRef{}, model.Refuse(model.Invalid, model.CodeItemUnavailable, "usage_unavailable",
		"tenant %q has no offering item turned on that the usage %q belongs to", t.Name, r.UsageType)
}
