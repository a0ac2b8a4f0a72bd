package model

// TenantExtras is what few tenants have. Rows that are copies of each other share it: it is never changed, but replaced
// by another.
type TenantExtras struct {
	CustomerID      *string   `json:"cid,omitempty"`
	InternalTag     *string   `json:"tag,omitempty"`
	Lock            Lock      `json:"lock,omitzero"`
	OperationStatus string    `json:"op,omitempty"`       // "", deleting or recovering
	Contacts        []Contact `json:"contacts,omitempty"` // beside the main one, e.g. company_billing
}

// TenantGuard is to a tenant what ContactGuard is to a contact.
type TenantGuard struct {
	CustomerID, InternalTag, Lock, OperationStatus, Contacts struct{}
}

// Extras are the extras of t, without any where it has none.
func (t *Tenant) Extras() TenantExtras {
	if t.TenantExtras == nil {
		return TenantExtras{}
	}
	return *t.TenantExtras
}

// SetExtras gives t other extras. Where nothing is set t has none, so that tenants that say the same are equal.
func (t *Tenant) SetExtras(x TenantExtras) {
	t.TenantExtras = nil
	if x.any() {
		kept := x // x itself would be on the heap in the other case too
		t.TenantExtras = &kept
	}
}

func (x *TenantExtras) any() bool {
	return x.CustomerID != nil || x.InternalTag != nil || x.Lock != Lock{} || x.OperationStatus != "" || len(x.Contacts) > 0
}
