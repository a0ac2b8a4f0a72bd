package model

import (
	"strings"
	"time"
)

// MaxRegistrationSeconds is the longest life of a registration token: one year (reference, POST
// /tenants/{tenant_id}/registration_tokens).
const MaxRegistrationSeconds = 365 * 24 * 60 * 60

// RegistrationToken is a short code by which devices are registered in a tenant, any number of them until it
// expires (wire facts, idp 2.3 and 7.4).
type RegistrationToken struct {
	ID        int64     `json:"id"`
	Code      string    `json:"code"` // three groups of four capitals or digits
	TenantID  TenantID  `json:"tenant"`
	Scopes    []string  `json:"scopes"` // as they were asked for, see ParseRegistrationScope
	CreatedAt time.Time `json:"created"`
	ExpiresAt time.Time `json:"expires"`
}

// Live reports whether the token has not expired.
func (r *RegistrationToken) Live(now time.Time) bool { return r.ExpiresAt.After(now) }

// CheckRegistrationLife refuses a life outside one second to one year.
func CheckRegistrationLife(seconds int64) error {
	if seconds >= 1 && seconds <= MaxRegistrationSeconds {
		return nil
	}
	return BadMember("/expires_in", "must be from 1 to %d seconds", MaxRegistrationSeconds)
}

// RegistrationScope is what one scope of a registration token allows.
type RegistrationScope struct {
	Tenant TenantID // "" is the tenant of the token itself
	Policy string   // the protection plan that may be applied; "" where the scope binds a device to the tenant's user
}

// The two published patterns (reference, POST /tenants/{tenant_id}/registration_tokens).
const (
	bindPrefix  = "urn:acronis.com:tenant-id:"
	bindSuffix  = ":backup_agent_admin"
	applyPrefix = "urn:acronis.com::policy_management:"
	applySuffix = ":apply_revoke"
)

// ParseRegistrationScope reads a scope of one of the two published patterns; ok is false for any other. Binding to
// a user takes an empty tenant too, which the vendor's own samples send (wire facts, idp 7.4).
func ParseRegistrationScope(urn string) (scope RegistrationScope, ok bool) {
	if tenant, is := within(urn, bindPrefix, bindSuffix); is {
		return RegistrationScope{Tenant: TenantID(tenant)}, tenant == "" || IsUUID(tenant)
	}
	if both, is := within(urn, applyPrefix, applySuffix); is {
		tenant, policy, _ := strings.Cut(both, "|")
		return RegistrationScope{Tenant: TenantID(tenant), Policy: policy}, IsUUID(tenant) && IsUUID(policy)
	}
	return RegistrationScope{}, false
}

// within is what stands between prefix and suffix.
func within(text, prefix, suffix string) (middle string, ok bool) {
	if middle, ok = strings.CutPrefix(text, prefix); !ok {
		return "", false
	}
	return strings.CutSuffix(middle, suffix)
}
