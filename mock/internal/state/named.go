package state

import "github.com/tenantry/tenantry/mock/model"

// NamedTenant finds the live tenant that a body names as the home of something new. An unknown one is 404 with
// platform code 1005, so that it can be told from an unknown object of the path.
func (v *View) NamedTenant(id model.TenantID) (*model.Tenant, error) {
	t, err := v.LiveTenant(id)
	if err != nil {
		return nil, model.Refuse(model.NotFound, model.CodeTenantNotFound, "tenant_not_found", "Tenant %q does not exist", id)
	}
	return t, nil
}

// CheckActive refuses to add to a tenant that is disabled, itself or above (platform code 1003).
func (v *View) CheckActive(t *model.Tenant) error {
	if v.Active(t.ID) {
		return nil
	}
	return model.Refuse(model.Invalid, model.CodeParentDisabled, "tenant_disabled",
		"Tenant %q is disabled, itself or above: nothing can be created in it", t.Name)
}
