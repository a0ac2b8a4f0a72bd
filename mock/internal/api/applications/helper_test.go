package applications_test

import (
	"testing"

	"github.com/tenantry/tenantry/mock/internal/apitest"
	"github.com/tenantry/tenantry/mock/model"
)

// obj is a JSON object.
type obj = map[string]any

// Tenants of the demo world beside those of apitest.
const (
	radiology = "a0000000-0000-4000-8000-000000000003" // unit of Harbor
	north     = "a0000000-0000-4000-8000-000000000005" // folder
	birch     = "a0000000-0000-4000-8000-000000000006" // customer in the folder
	oldMill   = "a0000000-0000-4000-8000-000000000008" // deleted
	vault     = "a0000000-0000-4000-8000-000000000009" // closed to its partner
	pinned    = "a0000000-0000-4000-8000-000000000010" // locked by itself
	cedar     = "a0000000-0000-4000-8000-000000000012" // partner
	globex    = "a0000000-0000-4000-8000-000000000013" // another partner
	elenasOwn = "a1000000-0000-4000-8000-000000000003" // personal tenant of Elena, in Harbor

	backup   = string(model.AppBackup)
	files    = string(model.AppFiles)
	notary   = string(model.AppNotary)
	shipping = string(model.AppShipping)
	hci      = string(model.AppHCI)
	platform = string(model.AppPlatform)
)

func binding(app, tenant string) string {
	return "/applications/" + app + "/bindings/tenants/" + tenant
}

func apps(t *testing.T, c *apitest.Client, id, query string) []string {
	t.Helper()
	var list struct{ Items []string }
	c.Get("/tenants/" + id + "/applications" + query).Want(200).Into(&list)
	return list.Items
}
