package registration_test

import (
	"fmt"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// obj is a JSON object.
type obj = map[string]any

// Tenants, users and identities of the demo world beside those of apitest.
const (
	radiology = "a0000000-0000-4000-8000-000000000003" // unit of Harbor
	birch     = "a0000000-0000-4000-8000-000000000006" // customer below Acme
	sunset    = "a0000000-0000-4000-8000-000000000007" // disabled
	oldMill   = "a0000000-0000-4000-8000-000000000008" // deleted
	vault     = "a0000000-0000-4000-8000-000000000009" // closed to its partner
	globex    = "a0000000-0000-4000-8000-000000000013" // partner beside Acme

	elenasOwn  = "a1000000-0000-4000-8000-000000000003" // personal tenants of users of Harbor
	miasOwn    = "a1000000-0000-4000-8000-000000000004"
	summitsOwn = "a1000000-0000-4000-8000-000000000024" // of a user below Globex

	mia    = "front.desk" // backup_user, so only the own personal tenant
	elena  = "elena.rivera@harbor-clinic.example"
	viewer = "viewer@acme-msp.example"

	globexClient = "c11e0000-0000-4000-8000-000000000003"
	globexSecret = "5ec2e95ec2e95ec2e95ec2e95ec2e95e"

	bindHere = "urn:acronis.com:tenant-id::backup_agent_admin"
	policy   = "10858a46-db9b-4725-aa60-fff6252841fd"
)

func bind(tenant string) string { return "urn:acronis.com:tenant-id:" + tenant + ":backup_agent_admin" }

func apply(tenant string) string {
	return "urn:acronis.com::policy_management:" + tenant + "|" + policy + ":apply_revoke"
}

// want asks for a token that lives for seconds.
func want(seconds int, scopes ...string) obj { return obj{"expires_in": seconds, "scopes": scopes} }

// of lists and makes the tokens of a tenant.
func of(tenant string) string { return "/tenants/" + tenant + "/registration_tokens" }

func made(c *apitest.Client, tenant string, seconds int) int64 {
	return c.Post(of(tenant), want(seconds, bindHere)).Want(200).Int("/id")
}

// listed are the ids of a list, without those that the fixture brought.
func listed(t testing.TB, a *apitest.Answer, fixture ...int64) []int64 {
	t.Helper()
	var list struct{ Items []struct{ ID int64 } }
	a.Want(200).Into(&list)
	ids := []int64{}
	brought := map[int64]bool{}
	for _, id := range fixture {
		brought[id] = true
	}
	for _, item := range list.Items {
		if !brought[item.ID] {
			ids = append(ids, item.ID)
		}
	}
	return ids
}

func one(id int64) string { return fmt.Sprintf("/registration_tokens/%d", id) }
