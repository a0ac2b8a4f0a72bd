package model

// InheritsMFA reports whether a tenant of the kind has no second-factor switch of its own: folders and units follow
// the organization that they are in (wire facts, core 6.16).
func InheritsMFA(k TenantKind) bool { return k == Folder || k == Unit }

// CheckMFA refuses to switch the second factor of a folder or a unit (reference, PUT
// /tenants/{tenant_id}/mfa/status).
func CheckMFA(t *Tenant) error {
	if !InheritsMFA(t.Kind) {
		return nil
	}
	return Refuse(Invalid, CodeBusinessRule, "mfa_kind", "a tenant of kind %q inherits its second factor, it cannot be switched there", t.Kind)
}
