package editions_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
	"github.com/tenantry/tenantry/mock/model"
)

// obj is a JSON object.
type obj = map[string]any

// Tenants and components of the demo world beside those of apitest.
const (
	radiology = "a0000000-0000-4000-8000-000000000003" // unit of Harbor
	birch     = "a0000000-0000-4000-8000-000000000006" // customer in the folder
	oldMill   = "a0000000-0000-4000-8000-000000000008" // deleted
	pinned    = "a0000000-0000-4000-8000-000000000010" // locked by itself
	globex    = "a0000000-0000-4000-8000-000000000013" // another partner
	elenasOwn = "a1000000-0000-4000-8000-000000000003" // personal tenant of Elena, in Harbor

	backup = string(model.AppBackup)
	files  = string(model.AppFiles)
	notary = string(model.AppNotary)
)

func check(c *apitest.Client, id, app, edition string) *apitest.Answer {
	return c.Get("/tenants/" + id + "/edition?target_edition=" + edition + "&application_id=" + app)
}

func switchTo(c *apitest.Client, id, app, edition string) *apitest.Answer {
	return c.Put("/tenants/"+id+"/edition", obj{"target_edition": edition, "application_id": app})
}

func put(c *apitest.Client, id string, items ...obj) *apitest.Answer {
	return c.Put("/tenants/"+id+"/offering_items", obj{"offering_items": items})
}

func item(name string) obj { return obj{"application_id": backup, "name": name, "status": 1} }

// on maps the names of what is on to the items.
func on(t *testing.T, c *apitest.Client, id string) map[string]obj {
	t.Helper()
	var list struct{ Items []obj }
	c.Get("/tenants/" + id + "/offering_items?status=1&edition=*").Want(200).Into(&list)
	all := map[string]obj{}
	for _, o := range list.Items {
		all[o["name"].(string)] = o
	}
	return all
}

func warnings(t *testing.T, a *apitest.Answer) []string {
	t.Helper()
	var out struct{ Warnings []string }
	a.Want(200).Into(&out)
	return out.Warnings
}

func TestWhatASwitchWouldBring(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	bare := c.Post("/tenants", obj{"name": "Bare", "parent_id": apitest.Acme, "kind": "customer"}).Want(201).Text("/id")
	put(c, bare, item("vms")).Want(200)
	for claim, tt := range map[string]struct {
		id, app, edition string
		want             []string
	}{
		"recovery and mailboxes are lost, some in use": {apitest.Harbor, backup, "pck_per_gigabyte", []string{
			"OldFeaturesBecomeUnavailable", "NewFeaturesBecomeAvailable", "SomePlansWillStopWorking",
			"AllDevicesWithBackupsPreserved", "UsageStatisticsWillMigrate",
		}},
		"the edition it is on brings nothing": {apitest.Harbor, backup, "standard", []string{}},
		"who has one item could have more":    {bare, backup, "pck_per_gigabyte", []string{"NewFeaturesBecomeAvailable"}},
		"who has none has nothing to switch":  {pinned, backup, "standard", []string{}},
		"the same items under another prefix": {birch, backup, "pck_per_gigabyte", []string{"AllDevicesWithBackupsPreserved", "UsageStatisticsWillMigrate"}},
		"the other application with editions": {apitest.Harbor, files, "fss_per_user", []string{}},
		"a switch is checked, it does not happen": {apitest.Harbor, backup, "pck_per_workload", []string{
			"OldFeaturesBecomeUnavailable", "NewFeaturesBecomeAvailable", "SomePlansWillStopWorking",
			"AllDevicesWithBackupsPreserved", "UsageStatisticsWillMigrate",
		}},
	} {
		if d := cmp.Diff(tt.want, warnings(t, check(c, tt.id, tt.app, tt.edition))); d != "" {
			t.Errorf("%s (-want +got):\n%s", claim, d)
		}
	}
	if _, ok := on(t, c, apitest.Harbor)["vms"]; !ok {
		t.Error("a check switched the edition")
	}
}

func TestLosingAdvancedProtectionIsTold(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	put(srv.Root(), apitest.Acme, item("p_adv_vms")).Want(200)
	c := srv.Partner()
	bare := c.Post("/tenants", obj{"name": "Bare", "parent_id": apitest.Acme, "kind": "customer"}).Want(201).Text("/id")
	put(c, bare, item("p_adv_vms")).Want(200)
	want := []string{"NewFeaturesBecomeAvailable", "AdvCyberProtectBecomeUnavailable"}
	if d := cmp.Diff(want, warnings(t, check(c, bare, backup, "standard"))); d != "" {
		t.Errorf("warnings (-want +got):\n%s", d)
	}
}

func TestASwitchKeepsQuotasStorageAndUsage(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	before := on(t, c, apitest.Harbor)
	var answer struct{ Items []obj }
	switchTo(c, apitest.Harbor, backup, "pck_per_gigabyte").Want(200).Into(&answer)
	after := on(t, c, apitest.Harbor)
	for _, o := range answer.Items {
		if o["edition"] != "pck_per_gigabyte" || o["status"] != 1.0 {
			t.Errorf("the answer lists %v", o)
		}
		if d := cmp.Diff(o, after[o["name"].(string)]); d != "" {
			t.Errorf("the answer and the item (-answer +item):\n%s", d)
		}
	}
	for _, name := range []string{"vms", "workstations", "storage"} {
		was, is := before[name], after["pg_base_"+name]
		if is == nil || after[name] != nil {
			t.Fatalf("%s did not switch: %v", name, slices.Sorted(maps.Keys(after)))
		}
		quota := is["quota"].(obj)
		if quota["version"].(float64) <= was["quota"].(obj)["version"].(float64) {
			t.Errorf("the quota of %s kept its version", name)
		}
		quota["version"] = was["quota"].(obj)["version"]
		if d := cmp.Diff(was["quota"], is["quota"]); d != "" || is["infra_id"] != was["infra_id"] || is["usage_name"] != name {
			t.Errorf("%s became %v, quota (-want +got):\n%s", name, is, d)
		}
	}
	for _, lost := range []string{"mailboxes", "dr_storage", "pg_base_mailboxes", "pg_base_o365_seats"} {
		if after[lost] != nil {
			t.Errorf("%s is on", lost)
		}
	}
	if after["local_storage"] == nil {
		t.Error("an item without an edition went with the switch")
	}
	// What was used is used of the new item.
	c.Put("/tenants/"+apitest.Harbor+"/offering_items", obj{"check_usage": true, "offering_items": []obj{
		{"application_id": backup, "name": "pg_base_vms", "status": 0},
	}}).Refused(400, 1027)
}

func TestThoseBelowSwitchToo(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	switchTo(c, apitest.Harbor, backup, "pck_per_workload").Want(200)
	unit := on(t, c, radiology)
	if got := slices.Sorted(maps.Keys(unit)); !slices.Equal(got, []string{"pw_base_storage", "pw_base_vms", "pw_base_workstations"}) {
		t.Errorf("the unit has %v", got)
	}
	if q := unit["pw_base_workstations"]["quota"].(obj); q["value"] != 6.0 || q["overage"] != 2.0 {
		t.Errorf("the quota of the unit is %v", q)
	}
	if q := on(t, c, elenasOwn)["pw_base_workstations"]["quota"].(obj); q["value"] != 2.0 {
		t.Errorf("the quota of the personal tenant is %v", q)
	}
}

func TestAnEditionThatIsNotOfferedInFullIsRefused(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	put(c, apitest.Acme, obj{"application_id": backup, "name": "pg_base_vms", "status": 0}).Want(200)
	for _, a := range []*apitest.Answer{
		check(c, apitest.Harbor, backup, "pck_per_gigabyte"), switchTo(c, apitest.Harbor, backup, "pck_per_gigabyte"),
	} {
		a.Refused(400, 1021)
		if a.Len("/error/context/offering_items") != 1 || a.Text("/error/context/offering_items/0/name") != "pg_base_vms" {
			t.Errorf("the refusal names: %s", a.Body)
		}
	}
	if on(t, c, apitest.Harbor)["vms"] == nil {
		t.Error("a refused switch changed the items")
	}
	a := check(c, apitest.Harbor, backup, "advanced").Refused(400, 1021)
	var refusal struct {
		Error struct {
			Context struct {
				OfferingItems []struct{ Name string } `json:"offering_items"`
			}
		}
	}
	a.Into(&refusal)
	for _, o := range refusal.Error.Context.OfferingItems {
		if !strings.HasPrefix(o.Name, "adv_") {
			t.Errorf("the refusal names %s", o.Name)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	for claim, tt := range map[string]struct {
		id, app, edition string
		status, code     int
	}{
		"an application without editions":   {apitest.Harbor, notary, "standard", 400, 1027},
		"an edition that does not exist":    {apitest.Harbor, backup, "best", 400, 1027},
		"an edition of another application": {apitest.Harbor, backup, "fss_per_user", 400, 1027},
		"a personal tenant":                 {elenasOwn, backup, "pck_per_gigabyte", 400, 1027},
		"an unknown application":            {apitest.Harbor, apitest.NoSuchID, "standard", 404, 404},
		"an unknown tenant":                 {apitest.NoSuchID, backup, "standard", 404, 404},
		"a deleted one":                     {oldMill, backup, "standard", 404, 404},
		"one out of reach":                  {globex, backup, "standard", 403, 1002},
	} {
		for _, a := range []*apitest.Answer{check(c, tt.id, tt.app, tt.edition), switchTo(c, tt.id, tt.app, tt.edition)} {
			if code := a.Int("/error/code"); a.Status != tt.status || code != int64(tt.code) {
				t.Errorf("%s: got %d with code %d, want %d with %d: %s", claim, a.Status, code, tt.status, tt.code, a.Body)
			}
		}
	}
	switchTo(c, pinned, backup, "standard").Refused(403, 1012)
	switchTo(srv.Root(), apitest.RootTenant, backup, "standard").Refused(400, 1027)
	c.Get("/tenants/" + apitest.Harbor + "/edition?target_edition=standard").Want(400)
	c.Put("/tenants/"+apitest.Harbor+"/edition", obj{"target_edition": "standard"}).Want(400)
	srv.Nobody().Get("/tenants/" + apitest.Harbor + "/edition").Want(401)
	srv.Basic("viewer@acme-msp.example", apitest.AdminPassword).Get("/tenants/" + apitest.Harbor + "/edition?target_edition=standard&application_id=" + backup).Want(403)
}

func TestSubEditionsBecomeOneWithTheSumOfTheirQuotas(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Root()
	limited := func(name string, value int) obj {
		o := item(name)
		o["quota"] = obj{"value": value, "overage": 1, "version": 0}
		return o
	}
	put(c, apitest.Acme, item("pw_vms"), item("pw_p_vms"), item("pw_servers"), item("pw_p_servers")).Want(200)
	bare := c.Post("/tenants", obj{"name": "Bare", "parent_id": apitest.Acme, "kind": "customer"}).Want(201).Text("/id")
	put(c, bare, limited("pw_vms", 3), limited("pw_p_vms", 4), limited("pw_servers", 1), item("pw_p_servers")).Want(200)
	switchTo(c, bare, backup, "pck_per_workload").Want(200)
	got := on(t, c, bare)
	if q := got["pw_base_vms"]["quota"].(obj); q["value"] != 7.0 || q["overage"] != 2.0 {
		t.Errorf("the quota of two sub-editions is %v, want their sum", q)
	}
	if q := got["pw_base_servers"]["quota"].(obj); q["value"] != nil {
		t.Errorf("the quota of a limited and an unlimited one is %v, want none", q)
	}
}
