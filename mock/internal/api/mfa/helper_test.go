package mfa_test

import (
	"testing"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// obj is a JSON object.
type obj = map[string]any

// Tenants, users and identities of the demo world beside those of apitest.
const (
	radiology = "a0000000-0000-4000-8000-000000000003" // unit of Harbor
	north     = "a0000000-0000-4000-8000-000000000005" // folder of Acme
	birch     = "a0000000-0000-4000-8000-000000000006" // customer in the folder
	oldMill   = "a0000000-0000-4000-8000-000000000008" // deleted
	vault     = "a0000000-0000-4000-8000-000000000009" // closed to its partner
	pinned    = "a0000000-0000-4000-8000-000000000010" // locked by itself
	keystone  = "a0000000-0000-4000-8000-000000000011" // requires a second factor
	globex    = "a0000000-0000-4000-8000-000000000013" // partner beside Acme

	elenaID      = "b0000000-0000-4000-8000-000000000003" // of Harbor
	goneID       = "b0000000-0000-4000-8000-000000000008" // deleted
	leadID       = "b0000000-0000-4000-8000-000000000010" // of Radiology
	vaultAdminID = "b0000000-0000-4000-8000-000000000017"
	enrolledID   = "b0000000-0000-4000-8000-000000000020" // of Keystone
	globexID     = "b0000000-0000-4000-8000-000000000023" // of Globex

	elena      = "elena.rivera@harbor-clinic.example"
	lead       = "radiology.lead@harbor-clinic.example"
	viewer     = "viewer@acme-msp.example"
	pharmacist = "pharmacist@pinned-pharmacy.example"
)

// progress is what an answer says of the second factor of a tenant.
type progress struct {
	Status   string `json:"mfa_status"`
	Users    int    `json:"users_count"`
	Enrolled int    `json:"users_with_totp_enabled_count"`
	OldUsers int    `json:"users"`
	OldTOTP  int    `json:"users_with_totp_enabled"`
	Allowed  bool   `json:"update_allowed"`
}

// counted is a progress with both names of each counter.
func counted(status string, users, enrolled int, allowed bool) progress {
	return progress{status, users, enrolled, users, enrolled, allowed}
}

func read(t testing.TB, a *apitest.Answer) progress {
	t.Helper()
	var p progress
	a.Want(200).Into(&p)
	return p
}

func tenantMFA(id string) string { return "/tenants/" + id + "/mfa/status" }

func userMFA(id string) string { return "/users/" + id + "/mfa/status" }

func on(enabled bool) obj { return obj{"enabled": enabled} }

func statusOf(c *apitest.Client, user string) string {
	return c.Get("/users/" + user).Want(200).Text("/mfa_status")
}
