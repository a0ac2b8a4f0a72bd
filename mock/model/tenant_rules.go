package model

import (
	"strings"
	"time"
)

// CheckTenantName refuses a name without a visible character. Any other name is kept as it came, a newline at its
// end included (wire facts, clients 1 no. 18).
func CheckTenantName(name string) error {
	if strings.TrimSpace(name) != "" {
		return nil
	}
	return Errorf(Invalid, "tenant_name", "a tenant needs a name")
}

// CheckHolder refuses a parent that may not hold a new tenant of that kind. A personal tenant holds none.
func CheckHolder(parent *Tenant, child TenantKind) error {
	if parent.Personal() {
		return Refuse(Invalid, CodeBusinessRule, "personal_tenant", "personal tenant %q cannot hold other tenants", parent.ID)
	}
	return CheckParentKind(parent.Kind, child)
}

// CheckOwnLife refuses to delete or restore a personal tenant by itself: it comes and goes with its user.
func CheckOwnLife(t *Tenant) error {
	if !t.Personal() {
		return nil
	}
	return Refuse(Invalid, CodeBusinessRule, "personal_tenant",
		"tenant %q is the personal tenant of user %q: delete or restore the user", t.ID, t.OwnerID)
}

// CheckSuspend refuses to disable the root: nobody would be left to enable it again.
func CheckSuspend(t *Tenant) error {
	if t.Kind != Root {
		return nil
	}
	return Refuse(Invalid, CodeBusinessRule, "disable_root", "the root tenant cannot be disabled")
}

// NewTenantContact is the contact of a tenant with what the caller sent: the names are empty texts and the other
// texts null where nothing was sent (wire facts, core 3.3).
func NewTenantContact(id, kind string, p *ContactPatch, now time.Time) Contact {
	blank := ""
	c := Contact{ID: id, CreatedAt: MomentOf(now), Types: []string{kind}, FirstName: &blank, LastName: &blank}
	c = c.Merge(p, now)
	c.UpdatedAt = MomentOf(now)
	return c
}
