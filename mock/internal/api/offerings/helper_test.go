package offerings_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/apitest"
	"github.com/tenantry/tenantry/mock/model"
)

// obj is a JSON object.
type obj = map[string]any

// Tenants and components of the demo world beside those of apitest.
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

	block    = "c1000000-0000-4000-8000-000000000001" // backup, disaster_recovery
	objects  = "c1000000-0000-4000-8000-000000000002" // backup, files_cloud
	portland = "c1000000-0000-4000-8000-000000000003" // backup; of Acme

	backup = string(model.AppBackup)
	files  = string(model.AppFiles)
	notary = string(model.AppNotary)
)

// item is a partial item of the backup application; members are names and values in turn.
func item(name string, members ...any) obj {
	o := obj{"application_id": backup, "name": name}
	for i := 0; i < len(members); i += 2 {
		o[members[i].(string)] = members[i+1]
	}
	return o
}

func quota(value, overage any, version int64) obj {
	return obj{"value": value, "overage": overage, "version": version}
}

func put(c *apitest.Client, id string, items ...obj) *apitest.Answer {
	return c.Put("/tenants/"+id+"/offering_items", obj{"offering_items": append([]obj{}, items...)})
}

// created makes a tenant below Acme.
func created(c *apitest.Client, kind, name string) string {
	return c.Post("/tenants", obj{"name": name, "parent_id": apitest.Acme, "kind": kind}).Want(201).Text("/id")
}

// items decodes a list of offering items.
func items(t *testing.T, a *apitest.Answer) []obj {
	t.Helper()
	var list struct{ Items []obj }
	a.Want(200).Into(&list)
	return list.Items
}

// names lists the names of the items, with "-" before those that are off and the end of the component after "@".
func names(t *testing.T, a *apitest.Answer) []string {
	t.Helper()
	var all []string
	for _, o := range items(t, a) {
		name := o["name"].(string)
		if infra, ok := o["infra_id"].(string); ok {
			name += "@" + infra[35:]
		}
		if o["status"].(float64) == 0 {
			name = "-" + name
		}
		all = append(all, name)
	}
	return all
}

// pick keeps the names that have one of the beginnings, sorted.
func pick(all []string, beginnings ...string) []string {
	var some []string
	for _, name := range all {
		if slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(name, b) }) {
			some = append(some, name)
		}
	}
	slices.Sort(some)
	return some
}

func list(c *apitest.Client, id, query string) *apitest.Answer {
	return c.Get("/tenants/" + id + "/offering_items" + query)
}

func one(t *testing.T, c *apitest.Client, id, name string) obj {
	t.Helper()
	for _, o := range items(t, list(c, id, "?edition=*")) {
		if o["name"] == name {
			return o
		}
	}
	t.Fatalf("tenant %s has no item %s", id, name)
	return nil
}
