package infra_test

import (
	"testing"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// Objects of the demo world.
const (
	blockStorage  = "c1000000-0000-4000-8000-000000000001" // of the root, backup and disaster_recovery; widely used
	objectStorage = "c1000000-0000-4000-8000-000000000002" // of the root, backup and files_cloud
	vault         = "c1000000-0000-4000-8000-000000000003" // of Acme
	frankfurt     = "10ca0000-0000-4000-8000-000000000001" // of the root
	portland      = "10ca0000-0000-4000-8000-000000000002" // of Acme

	globex       = "a0000000-0000-4000-8000-000000000013"
	globexClient = "c11e0000-0000-4000-8000-000000000003"
	globexSecret = "5ec2e95ec2e95ec2e95ec2e95ec2e95e"
	elena        = "elena.rivera@harbor-clinic.example"
)

type obj = map[string]any

// callers are one server's clients with the tokens of the identities of the demo world.
type callers struct {
	*apitest.Server
	root, acme, globex, harbor *apitest.Client
}

func start(t *testing.T) *callers {
	t.Helper()
	srv := apitest.Start(t)
	return &callers{
		Server: srv,
		root:   srv.Bearer(srv.ClientToken(apitest.RootClient, apitest.RootSecret)),
		acme:   srv.Bearer(srv.ClientToken(apitest.PartnerClient, apitest.PartnerSecret)),
		globex: srv.Bearer(srv.ClientToken(globexClient, globexSecret)),
		harbor: srv.Bearer(srv.UserToken(elena, apitest.AdminPassword)),
	}
}

// storage is the body of a component of a tenant; more overrides.
func storage(owner string, more obj) obj {
	body := obj{
		"owner_tenant_id": owner, "name": "Cold storage", "url": "s3://cold.example/bucket", "capabilities": []string{"backup"},
	}
	for name, value := range more {
		body[name] = value
	}
	return body
}

// item is the body that turns an offering item on a component on or off.
func item(name, infra string, status int) obj {
	return obj{"offering_items": []any{obj{
		"application_id": "6e6d758d-8e74-3ae3-ac84-50eb0dff12eb", "name": name, "infra_id": infra, "status": status,
	}}}
}
