package offerings_test

import (
	"net/url"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestOfTheEditionsTheStandardOneIsShown(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	for query, want := range map[string][]string{
		"":                           {"vms"},
		"?edition=*":                 {"pg_base_vms", "pw_base_vms", "vms"},
		"?edition=pck_per_gigabyte":  {"pg_base_vms"},
		"?edition=no_such_edition":   nil,
		"?edition=*&usage_names=vms": {"pg_base_vms", "pw_base_vms", "vms"},
	} {
		got := names(t, list(c, apitest.Acme, query))
		if d := cmp.Diff(want, pick(got, "vms", "pg_base_vms", "pw_base_vms")); d != "" {
			t.Errorf("%q (-want +got):\n%s", query, d)
		}
		if hasNull := slices.Contains(got, "local_storage"); hasNull == (query == "?edition=*&usage_names=vms") {
			t.Errorf("%q: an item without an edition is there: %v", query, hasNull)
		}
	}
}

func TestFilters(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	for query, want := range map[string][]string{
		"type=infra":                             {"dr_storage@1", "storage@1"},
		"type=feature&usage_names=google_mail":   {"google_mail"},
		"status=0":                               {"-esignatures", "-websites"},
		"status=1&usage_names=websites,vms":      {"vms"},
		"infra_uuid=" + objects + "&edition=*":   {"pu_base_fc_storage@2"},
		"infra_uuid=" + block:                    {"dr_storage@1", "storage@1"},
		"usage_names=vms,nothing":                {"vms"},
		"type=infra&available_only=true":         {"dr_storage@1", "storage@1"},
		"status=0&available_only=True":           {"-esignatures", "-websites"},
		"status=0&available_only=0&for_ui=false": {"-esignatures", "-websites"},
	} {
		got := names(t, list(c, apitest.Harbor, "?"+query))
		slices.Sort(got)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", query, d)
		}
	}
	for _, query := range []string{"status=2", "type=storage", "available_only=maybe", "infra_uuid=x"} {
		list(c, apitest.Harbor, "?"+query).Want(400)
	}
}

func TestWhatCannotBeTurnedOnIsNotAvailable(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	put(c, birch, item("pw_base_vms", "status", 0), item("pw_base_servers", "status", 0)).Want(200)
	put(c, north, item("pw_base_servers", "status", 0)).Want(200)
	all := pick(names(t, list(c, birch, "?edition=pck_per_workload")), "-pw")
	available := pick(names(t, list(c, birch, "?edition=pck_per_workload&available_only=1")), "-pw")
	if d := cmp.Diff([]string{"-pw_base_servers", "-pw_base_vms"}, all); d != "" {
		t.Errorf("what is off (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"-pw_base_vms"}, available); d != "" {
		t.Errorf("and can be turned on (-want +got):\n%s", d)
	}
}

func TestAUserInterfaceIsNotShownWhatWaitsForItsEnd(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	put(c, apitest.Harbor, item("mailboxes", "status", 0), item("servers", "status", 0)).Want(200)
	got := pick(names(t, list(c, apitest.Harbor, "?for_ui=true")), "-mailboxes", "-servers")
	if d := cmp.Diff([]string{"-servers"}, got); d != "" {
		t.Errorf("mailboxes are off and in use (-want +got):\n%s", d)
	}
}

func TestMembersOfAnItem(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	a := list(c, apitest.Harbor, "").Want(200)
	if len(a.Text("/timestamp")) != len("2026-01-31T09:30:00Z") {
		t.Errorf("timestamp = %s, want seconds and Z", a.Text("/timestamp"))
	}
	vms := one(t, c, apitest.Harbor, "vms")
	want := obj{
		"application_id": backup, "name": "vms", "usage_name": "vms", "edition": "standard", "tenant_id": apitest.Harbor,
		"status": 1.0, "locked": false, "type": "count", "measurement_unit": "quantity", "deleted_at": nil,
		"updated_at": vms["updated_at"], "quota": obj{"value": 10.0, "overage": 2.0, "version": vms["quota"].(obj)["version"]},
	}
	if d := cmp.Diff(want, vms); d != "" {
		t.Errorf("an item of type count (-want +got):\n%s", d)
	}
	for name, quota := range map[string]bool{"google_mail": false, "websites": false, "servers": true} {
		if _, ok := one(t, c, apitest.Harbor, name)["quota"]; ok != quota {
			t.Errorf("%s has a quota: %v, want %v", name, ok, quota)
		}
	}
	if edition, ok := one(t, c, apitest.Harbor, "local_storage")["edition"]; !ok || edition != nil {
		t.Errorf("edition of local_storage = %v, want null", edition)
	}
	if got := one(t, c, apitest.Acme, "pg_base_vms")["usage_name"]; got != "vms" {
		t.Errorf("usage_name of pg_base_vms = %v, want vms", got)
	}
}

func TestWhoMaySeeItems(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	for _, path := range []string{"/offering_items", "/offering_items/available_for_child"} {
		srv.Partner().Get("/tenants/"+apitest.NoSuchID+path).Refused(404, 404)
		srv.Partner().Get("/tenants/"+oldMill+path).Refused(404, 404)
		srv.Partner().Get("/tenants/"+globex+path).Refused(403, 1002)
		srv.Nobody().Get("/tenants/" + apitest.Acme + path).Want(401)
		srv.Partner().Get("/tenants/" + vault + path).Want(200) // the tenant's own properties stay in reach
	}
}

func TestAFreshPartnerHasNothingAndTheRootEverything(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	fresh := created(srv.Partner(), "partner", "Fresh")
	if got := names(t, list(srv.Partner(), fresh, "?edition=*")); len(got) != 0 {
		t.Errorf("a fresh partner has %v", got)
	}
	got := names(t, list(srv.Root(), apitest.RootTenant, "?edition=*&usage_names=storage"))
	if len(pick(got, "storage@1", "storage@2")) != 2 || slices.Contains(got, "storage@3") {
		t.Errorf("storage of the root: %v, want its own two components and no other", got)
	}
}

func TestWhatIsOfferedToAChild(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	available := func(id, query string) []string {
		return names(t, c.Get("/tenants/"+id+"/offering_items/available_for_child"+query))
	}
	for claim, tt := range map[string]struct {
		id, query string
		want      []string
	}{
		"a partner is offered storage for its children": {apitest.Acme, "?kind=partner", []string{"child_storages", "hci_storage", "local_storage", "storage@1", "storage@2", "storage@3"}},
		"so is a folder":                          {apitest.Acme, "?kind=folder", []string{"child_storages", "hci_storage", "local_storage", "storage@1", "storage@2", "storage@3"}},
		"a customer is not":                       {apitest.Acme, "?kind=customer", []string{"local_storage", "storage@1", "storage@2", "storage@3"}},
		"without a kind everything is":            {apitest.Acme, "", []string{"child_storages", "hci_storage", "local_storage", "storage@1", "storage@2", "storage@3"}},
		"an edition by its name":                  {apitest.Acme, "?kind=customer&edition=pck_per_gigabyte", []string{"local_storage"}},
		"a unit is offered what its customer has": {apitest.Harbor, "?kind=unit", []string{"local_storage", "storage@1"}},
		"a customer has no customers":             {apitest.Harbor, "?kind=customer", nil},
		"a partner has no units":                  {apitest.Acme, "?kind=unit", nil},
		"a personal tenant has no children":       {elenasOwn, "", nil},
	} {
		if d := cmp.Diff(tt.want, pick(available(tt.id, tt.query), "child_storages", "hci_storage", "local_storage", "storage@")); d != "" {
			t.Errorf("%s (-want +got):\n%s", claim, d)
		}
	}
	c.Get("/tenants/" + apitest.Acme + "/offering_items/available_for_child?kind=root").Want(400)
	offer := items(t, c.Get("/tenants/"+apitest.Acme+"/offering_items/available_for_child?kind=customer&edition=*"))
	for _, o := range offer {
		q, counted := o["quota"].(obj)
		if o["status"] != 1.0 || o["locked"] != false || o["tenant_id"] != apitest.Acme || counted != (o["type"] != "feature") {
			t.Fatalf("an offer = %v", o)
		}
		if counted && (q["value"] != nil || q["overage"] != nil || q["version"] != 0.0) {
			t.Fatalf("the quota of an offer = %v", q)
		}
	}
}

func TestAnAsteriskNeedNoEscape(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	plain, escaped := list(c, apitest.Acme, "?edition=*"), list(c, apitest.Acme, "?edition="+url.QueryEscape("*"))
	if plain.Want(200).Len("/items") != escaped.Want(200).Len("/items") {
		t.Error("* and %2A differ")
	}
}
