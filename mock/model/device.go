package model

import (
	"slices"
	"strings"
	"time"
)

// Numbers of the device flow: the interval is the default of RFC 8628, 3.2; the life is ours, the vendor publishes none.
const (
	DeviceLife     = 10 * time.Minute
	DeviceInterval = 5 * time.Second
)

// UserCodeAlphabet are the consonants of RFC 8628, 6.1: no word can come of them, and none is mistaken for another.
const UserCodeAlphabet = "BCDFGHJKLMNPQRSTVWXZ"

// States of a device code.
const (
	DevicePending  = "pending"
	DeviceApproved = "approved"
	DeviceDenied   = "denied"
	DeviceSpent    = "spent"
)

// DeviceCode is one run of the device flow, found by the hash of the device code and by the user code.
type DeviceCode struct {
	Hash        string        `json:"id"`
	UserCode    string        `json:"code"` // as NormalUserCode makes it
	Client      ClientID      `json:"client"`
	DisplayName string        `json:"name,omitempty"`
	Scopes      []string      `json:"scopes"` // as they were asked for
	State       string        `json:"state"`
	Tenant      TenantID      `json:"tenant,omitempty"` // the personal tenant that it was approved for
	Approver    UserID        `json:"approver,omitempty"`
	Interval    time.Duration `json:"interval"`
	PolledAt    time.Time     `json:"polled,omitzero"`
	ExpiresAt   time.Time     `json:"expires"`
}

// Poll returns d after one more question at now, and the refusal that answers it. Asking again before the interval has
// passed makes the interval five seconds longer (RFC 8628, 3.5).
func (d DeviceCode) Poll(now time.Time) (DeviceCode, error) {
	early := !d.PolledAt.IsZero() && now.Before(d.PolledAt.Add(d.Interval))
	d.PolledAt = now
	if early {
		d.Interval += DeviceInterval
		return d, Errorf(Invalid, "slow_down", "wait %d seconds between two requests", int(d.Interval.Seconds()))
	}
	return d, Errorf(Invalid, "authorization_pending", "the user has not decided yet")
}

// NormalUserCode is a user code without hyphens, blanks and regard to case: people type it.
func NormalUserCode(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToUpper(text))
}

// ShownUserCode is a normal user code as people are shown it: RDRD-WNDB.
func ShownUserCode(code string) string {
	if len(code) != 8 {
		return code
	}
	return code[:4] + "-" + code[4:]
}

// deviceRoles are what devices may ask for (reference, POST /idp/device_authorization).
var deviceRoles = []string{"backup_agent_admin", "cyber_frame_registrator"}

// DeviceScopes refuses scopes that no device may ask for, and answers the one tenant that they name; "" is left for the
// approval to decide. Scopes come repeated or joined by blanks (wire facts, idp 6).
func DeviceScopes(asked []string) (scopes []string, tenant TenantID, err error) {
	for _, urn := range strings.Fields(strings.Join(asked, " ")) {
		s, ok := ParseScopeURN(urn)
		switch {
		case !ok || !s.ByTenant || !slices.Contains(deviceRoles, s.Role):
			return nil, "", Errorf(Invalid, "invalid_scope", "a device may ask for urn:acronis.com:tenant-id:<tenant>:<role> "+
				"with one of the roles %s", strings.Join(deviceRoles, ", "))
		case s.Tenant != "" && tenant != "" && s.Tenant != tenant:
			return nil, "", Errorf(Invalid, "invalid_scope", "the scopes name two tenants")
		case s.Tenant != "":
			tenant = s.Tenant
		}
		if !slices.Contains(scopes, urn) {
			scopes = append(scopes, urn)
		}
	}
	if len(scopes) == 0 {
		return nil, "", Errorf(Invalid, "invalid_request", "the parameter %q is required", "scope")
	}
	return scopes, tenant, nil
}
