package usages_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock"
	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestAReportedUsageIsSeen(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	a := reporter(srv).Put("/tenants/usages", obj{"items": []any{
		per(apitest.Harbor, "vms", 6),
		obj{"tenant_id": apitest.Harbor, "offering_item": "storage", "infra_id": blockStorage, "usage_value": 1 << 40},
	}}).Want(200)
	want := `{"items":[{"tenant_id":"` + apitest.Harbor + `","resource_id":"","usage_type":"","offering_item":"vms","infra_id":""},` +
		`{"tenant_id":"` + apitest.Harbor + `","resource_id":"","usage_type":"","offering_item":"storage","infra_id":"` + blockStorage + `"}]}`
	if diff := cmp.Diff(want, string(a.Body)); diff != "" {
		t.Errorf("the answer (-want +got):\n%s", diff)
	}
	got := of(srv.Partner(), apitest.Harbor, "")
	if got["vms"].Value != 6 {
		t.Errorf("vms are %d, want 6", got["vms"].Value)
	}
	below := of(srv.Partner(), radiology, "")["storage"+blockStorage].Value
	if u := got["storage"+blockStorage]; u.Value != 1<<40+below { // above the quota, and taken in all the same
		t.Errorf("storage is %d, want %d", u.Value, 1<<40+below)
	}
}

func TestResourcesReportWhatTheyShare(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	points := func() int64 { return of(srv.Partner(), apitest.Harbor, "")["compute_points"].Value }
	before := points()
	for name, tt := range map[string]struct {
		resource obj
		tenant   string
	}{
		"by the client that it registered as":      {resource(scheduler, "compute_points", 60), apitest.Harbor},
		"by the user whose device it is":           {resource(elena, "compute_points", 600), elenasOwn},
		"by a tenant":                              {resource(apitest.Harbor, "compute_points", 6000), apitest.Harbor},
		"by any name, where the tenant is named":   {obj{"tenant_id": apitest.Harbor, "resource_id": "laptop 7", "usage_type": "compute_points", "usage_value": 60000}, apitest.Harbor},
		"by an item, too, and the type is ignored": {obj{"resource_id": scheduler, "offering_item": "storage", "usage_type": "nonsense", "infra_id": blockStorage, "usage_value": 9}, apitest.Harbor},
	} {
		a := reporter(srv).Put("/tenants/usages", obj{"items": []any{tt.resource}}).Want(200)
		if e, failed := a.Find("/items/0/error"); failed {
			t.Errorf("%s: %v", name, e)
		}
	}
	if got := points() - before; got != 66660 {
		t.Errorf("the resources of the tenant used %d more, want 66660", got)
	}
	if got := of(srv.Root(), elenasOwn, "")["compute_points"].Value; got != 600 {
		t.Errorf("the user's device used %d, want 600", got)
	}
	a := reporter(srv).Put("/tenants/usages", obj{"items": []any{
		obj{"resource_id": scheduler, "offering_item": "storage", "usage_type": "nonsense", "infra_id": blockStorage, "usage_value": 9},
	}}).Want(200)
	if got := a.Text("/items/0/usage_type"); got != "" {
		t.Errorf("a type that was ignored is repeated: %q", got)
	}
}

func TestATenantMayReportAUsageByItsType(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	kind := func(tenant, usageType string, value int64) obj {
		return obj{"tenant_id": tenant, "usage_type": usageType, "usage_value": value}
	}
	say(t, reporter(srv), kind(birch, "workstations", 12), kind(birch, "vm_storage", 77), kind(birch, "storage", 5))
	got := of(srv.Partner(), birch, "")
	if got["pw_base_workstations"].Value != 12 || got["vm_storage"].Value != 77 || got["pw_base_storage"+blockStorage].Value != 5 {
		t.Errorf("usages are %+v", got)
	}
}

func TestReadingsThatFail(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	for name, tt := range map[string]struct {
		item obj
		code int64
	}{
		"an unknown tenant":               {per(apitest.NoSuchID, "vms", 1), 1005},
		"what is no id of a tenant":       {per("harbor", "vms", 1), 1005},
		"an unknown item":                 {per(apitest.Harbor, "flights", 1), 400},
		"an item of type feature":         {per(apitest.Harbor, "local_storage", 1), 400},
		"an item that is off":             {per(apitest.Harbor, "websites", 1), 1021},
		"an item of another edition":      {per(apitest.Harbor, "pg_base_vms", 1), 1021},
		"an infra item without component": {per(apitest.Harbor, "storage", 1), 400},
		"an unknown component":            {obj{"tenant_id": apitest.Harbor, "offering_item": "storage", "infra_id": apitest.NoSuchID, "usage_value": 1}, 1021},
		"nobody":                          {obj{"offering_item": "vms", "usage_value": 1}, 400},
		"nothing":                         {obj{"tenant_id": apitest.Harbor, "usage_value": 1}, 400},
		"less than nothing":               {per(apitest.Harbor, "vms", -1), 400},
		"an unknown resource":             {resource(apitest.NoSuchID, "storage", 1), 404},
		"a resource's number of things":   {resource(apitest.Harbor, "vms", 1), 400},
		"a usage that nobody has":         {resource(apitest.Harbor, "flights", 1), 1021},
		"a usage of two components":       {resource(apitest.Acme, "storage", 1), 400},
		"a usage of an item that is off":  {obj{"tenant_id": apitest.Harbor, "usage_type": "websites", "usage_value": 1}, 1021},
		"a resource's without an item":    {resource(apitest.Harbor, "vm_storage", 1), 1021},
	} {
		t.Run(name, func(t *testing.T) {
			a := reporter(srv).In(t).Put("/tenants/usages", obj{"items": []any{tt.item, per(apitest.Harbor, "vms", 7)}}).Want(200)
			if got := a.Int("/items/0/error/error/code"); got != tt.code {
				t.Errorf("the error is %d, want %d: %s", got, tt.code, a.Body)
			}
			for _, member := range []string{"message", "domain", "details"} {
				a.Value("/items/0/error/error/" + member)
			}
			if e, failed := a.Find("/items/1/error"); failed {
				t.Errorf("the other item failed with it: %v", e)
			}
		})
	}
	if got := of(srv.Partner(), apitest.Harbor, "")["vms"].Value; got != 7 {
		t.Errorf("what did not fail counts %d, want 7", got)
	}
}

func TestWhoReports(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	one := obj{"items": []any{per(apitest.Harbor, "vms", 1)}}
	srv.Root().Put("/tenants/usages", one).Refused(401, 401) // Basic will not do
	srv.Bearer(srv.ClientToken(apitest.PartnerClient, apitest.PartnerSecret)).Put("/tenants/usages", one).Refused(403, 1002)
	srv.Bearer(srv.UserToken(apitest.AdminLogin, apitest.AdminPassword)).Put("/tenants/usages", one).Refused(403, 1002)
	srv.Nobody().Put("/tenants/usages", one).Refused(401, 401)
	for name, body := range map[string]any{
		"no items":                 obj{},
		"items that are no list":   obj{"items": "x"},
		"an item without a value":  obj{"items": []any{obj{"tenant_id": apitest.Harbor, "offering_item": "vms"}}},
		"a value that is no whole": obj{"items": []any{obj{"tenant_id": apitest.Harbor, "offering_item": "vms", "usage_value": 1.5}}},
		"what is no JSON":          `{"items":`,
	} {
		t.Run(name, func(t *testing.T) { reporter(srv).In(t).Put("/tenants/usages", body).Refused(400, 400) })
	}
	if a := reporter(srv).Put("/tenants/usages", obj{"items": []any{}}).Want(200); string(a.Body) != `{"items":[]}` {
		t.Errorf("of no items comes %s", a.Body)
	}
}

func TestNoContentTypeIsNeeded(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	body, err := json.Marshal(obj{"items": []any{per(apitest.Harbor, "vms", 3)}})
	if err != nil {
		t.Fatal(err)
	}
	reporter(srv).Send("PUT", "/tenants/usages", "", body).Want(200)
	reporter(srv).Send("PUT", "/tenants/usages", "text/plain", body).Refused(415, 415)
	if got := of(srv.Partner(), apitest.Harbor, "")["vms"].Value; got != 3 {
		t.Errorf("vms are %d, want 3", got)
	}
}

// TestAppsReportForTheirTenants needs a world of its own: the scope is given by configuration alone.
func TestAppsReportForTheirTenants(t *testing.T) {
	t.Parallel()
	const (
		app     = "c11e0000-0000-4000-8000-0000000000a1"
		another = "c11e0000-0000-4000-8000-0000000000a2"
		tenant  = "a0000000-0000-4000-8000-0000000000a1"
		outside = "a0000000-0000-4000-8000-0000000000a2"
	)
	path := filepath.Join(t.TempDir(), "world.yaml")
	vms := "applications: [{type: backup, offering_items: [{name: vms}]}]"
	world := `tenants:
- kind: root
  name: Top
  children:
  - id: ` + tenant + `
    kind: partner
    name: Apps
    ` + vms + `
    clients:
    - {id: ` + app + `, secret: s, origin_id: pillr.mdr, scopes: ["accounts::usage_reporter"]}
    - {id: ` + another + `, secret: s, scopes: ["accounts::usage_reporter"]}
  - {id: ` + outside + `, kind: partner, name: Others, ` + vms + `}
`
	if err := os.WriteFile(path, []byte(world), 0o600); err != nil {
		t.Fatal(err)
	}
	srv := apitest.Start(t, func(c *mock.Config) { c.Fixture = path })
	a := srv.Bearer(srv.ClientToken(app, "s")).Put("/tenants/usages", obj{"items": []any{per(tenant, "vms", 1), per(outside, "vms", 1)}}).Want(200)
	if e, failed := a.Find("/items/0/error"); failed {
		t.Errorf("an app cannot report for its tenant: %v", e)
	}
	if got := a.Int("/items/1/error/error/code"); got != 1002 {
		t.Errorf("an app reports for a foreign tenant: %s", a.Body)
	}
	srv.Bearer(srv.ClientToken(another, "s")).Put("/tenants/usages", obj{"items": []any{per(tenant, "vms", 1)}}).Refused(403, 1002)
}
