package tenants_test

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// obj is a JSON object.
type obj = map[string]any

// Tenants and identities of the demo world beside those of apitest.
const (
	radiology = "a0000000-0000-4000-8000-000000000003" // unit of Harbor
	nightWard = "a0000000-0000-4000-8000-000000000004" // unit of Radiology
	north     = "a0000000-0000-4000-8000-000000000005" // folder
	birch     = "a0000000-0000-4000-8000-000000000006" // customer in the folder
	sunset    = "a0000000-0000-4000-8000-000000000007" // disabled
	oldMill   = "a0000000-0000-4000-8000-000000000008" // deleted
	vault     = "a0000000-0000-4000-8000-000000000009" // closed to its partner
	pinned    = "a0000000-0000-4000-8000-000000000010" // locked by itself
	keystone  = "a0000000-0000-4000-8000-000000000011" // requires a second factor
	cedar     = "a0000000-0000-4000-8000-000000000012" // partner
	globex    = "a0000000-0000-4000-8000-000000000013" // another partner
	summit    = "a0000000-0000-4000-8000-000000000014" // customer of Globex

	elenasOwn = "a1000000-0000-4000-8000-000000000003" // personal tenant of Elena, in Harbor
	clerksOwn = "a1000000-0000-4000-8000-000000000018" // personal tenant in Vault

	globexClient = "c11e0000-0000-4000-8000-000000000003"
	globexSecret = "5ec2e95ec2e95ec2e95ec2e95ec2e95e"
	vaultAdmin   = "admin@vault-legal.example"
	pharmacist   = "pharmacist@pinned-pharmacy.example"
	viewer       = "viewer@acme-msp.example"
	password     = apitest.AdminPassword
)

// body is what creates a tenant, with the members of more laid over it.
func body(parent, kind, name string, more ...obj) obj {
	b := obj{"name": name, "parent_id": parent, "kind": kind}
	for _, m := range more {
		maps.Copy(b, m)
	}
	return b
}

// created makes a tenant and answers its id.
func created(c *apitest.Client, parent, kind, name string, more ...obj) string {
	return c.Post("/tenants", body(parent, kind, name, more...)).Want(201).Text("/id")
}

// change puts members over a tenant at its present version.
func change(c *apitest.Client, id string, members obj) *apitest.Answer {
	b := maps.Clone(members)
	b["version"] = version(c, id)
	return c.Put("/tenants/"+id, b)
}

func version(c *apitest.Client, id string) int64 {
	return c.Get("/tenants/" + id + "?allow_deleted=true").Want(200).Int("/version")
}

// deleted disables a tenant and deletes it.
func deleted(c *apitest.Client, id string) {
	change(c, id, obj{"enabled": false}).Want(200)
	c.Delete(fmt.Sprintf("/tenants/%s?version=%d", id, version(c, id))).Want(204)
}

// query is a path with parameters, given as names and values in turn.
func query(path string, params ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(params); i += 2 {
		q.Set(params[i], params[i+1])
	}
	return path + "?" + q.Encode()
}

// texts are the items of a list of ids.
func texts(t testing.TB, a *apitest.Answer) []string {
	t.Helper()
	var list struct{ Items []string }
	a.Want(200).Into(&list)
	return list.Items
}

// ids are the ids of a list's objects.
func ids(t testing.TB, a *apitest.Answer) []string {
	t.Helper()
	found := make([]string, a.Want(200).Len("/items"))
	for i := range found {
		found[i] = a.Text(fmt.Sprintf("/items/%d/id", i))
	}
	return found
}

func object(t testing.TB, a *apitest.Answer) obj {
	t.Helper()
	var o obj
	a.Into(&o)
	return o
}

func keys(o obj) []string { return slices.Sorted(maps.Keys(o)) }

// expect compares status and, where one is given, error.code. It goes on after a failure.
func expect(t testing.TB, claim string, a *apitest.Answer, status, code int) {
	t.Helper()
	if a.Status != status {
		t.Errorf("%s: got %d, want %d: %s", claim, a.Status, status, a.Body)
		return
	}
	if code == 0 {
		return
	}
	if got := a.Int("/error/code"); got != int64(code) {
		t.Errorf("%s: got error code %d, want %d: %s", claim, got, code, a.Body)
	}
}
