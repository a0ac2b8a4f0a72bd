package model

// CheckBranding refuses branding of its own to a customer or a unit (reference, POST /tenants/{tenant_id}/brand).
func CheckBranding(t *Tenant) error {
	if t.Kind != Customer && t.Kind != Unit {
		return nil
	}
	return Refuse(Invalid, CodeBusinessRule, "brand_kind", "a tenant of kind %q cannot have branding of its own", t.Kind)
}
