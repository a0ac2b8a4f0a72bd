package usages_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestAUsageOfAnItem(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	srv.Freeze()
	say(t, reporter(srv), per(apitest.Harbor, "vms", 5))
	a := srv.Partner().Get("/tenants/" + apitest.Harbor + "/usages?usage_names=vms").Want(200)
	var got struct{ Items []obj }
	a.Into(&got)
	month := srv.Now().UTC().Format("2006-01") + "-01T00:00:00"
	want := []obj{{
		"application_id": backup, "name": "vms", "edition": "standard", "usage_name": "vms", "range_start": month,
		"type": "count", "measurement_unit": "quantity", "value": 5.0, "absolute_value": 5.0,
		"tenant_id": got.Items[0]["tenant_id"], "tenant_uuid": apitest.Harbor,
		"offering_item": obj{"status": 1.0, "quota": obj{
			"value": 10.0, "overage": 2.0, "version": got.Items[0]["offering_item"].(obj)["quota"].(obj)["version"],
		}},
	}}
	if diff := cmp.Diff(want, got.Items); diff != "" {
		t.Errorf("usages (-want +got):\n%s", diff)
	}
}

func TestEachCountedItemHasAUsage(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	items := map[string]bool{}
	var offered struct {
		Items []struct {
			Name, Type string
			Status     int
			InfraID    string `json:"infra_id"`
		}
	}
	srv.Partner().Get("/tenants/" + apitest.Harbor + "/offering_items?edition=*").Want(200).Into(&offered)
	for _, it := range offered.Items {
		if it.Type != "feature" && it.Status == 1 {
			items[it.Name+it.InfraID] = true
		}
	}
	got := of(srv.Partner(), apitest.Harbor, "")
	for name, u := range got {
		if u.OfferingItem == nil {
			delete(got, name)
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(items)), slices.Sorted(maps.Keys(got))); diff != "" {
		t.Errorf("items that are on and usages (-items +usages):\n%s", diff)
	}
}

func TestUsagesWithoutAnItem(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	u, ok := of(srv.Partner(), apitest.Harbor, "")["vm_storage"]
	if !ok || u.OfferingItem != nil || u.Edition != nil || u.Unit != "bytes" || u.Type != "count" || u.Value != 128849018880 {
		t.Errorf("vm_storage is %+v (%v)", u, ok)
	}
}

func TestWhatIsUsedBelowCountsAbove(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	client := srv.Root()
	before := of(client, apitest.Acme, "")["workstations"].Value
	say(t, reporter(srv), per(radiology, "workstations", 50), per(apitest.Harbor, "workstations", 100))
	for tenant, want := range map[string]int64{radiology: 50, apitest.Harbor: 150, apitest.Acme: before - 5 - 17 + 150, apitest.RootTenant: before - 5 - 17 + 150} {
		if got := of(client, tenant, "")["workstations"].Value; got != want {
			t.Errorf("tenant %s uses %d, want %d", tenant, got, want)
		}
	}
}

func TestFilters(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	say(t, reporter(srv), per(birch, "pw_base_workstations", 3))
	for name, tt := range map[string]struct {
		query string
		keeps func(usage) bool
	}{
		"by usage names, without the prefix of an edition": {"?usage_names=workstations,vms", func(u usage) bool { return u.UsageName == "workstations" || u.UsageName == "vms" }},
		"by an edition; what has none passes":              {"?editions=pck_per_workload", func(u usage) bool { return u.Edition == nil || *u.Edition == "pck_per_workload" }},
		"by several editions": {"?editions=pck_per_workload,fss_per_user", func(u usage) bool {
			return u.Edition == nil || *u.Edition != "standard" && *u.Edition != "pck_per_gigabyte"
		}},
		"by all editions":    {"?editions=*", func(usage) bool { return true }},
		"by both":            {"?editions=standard&usage_names=vms", func(u usage) bool { return u.Name == "vms" }},
		"by nothing":         {"?editions=&usage_names=", func(usage) bool { return true }},
		"by what nobody has": {"?usage_names=flights", func(usage) bool { return false }},
	} {
		t.Run(name, func(t *testing.T) {
			all, got := of(srv.Partner().In(t), apitest.Acme, ""), of(srv.Partner().In(t), apitest.Acme, tt.query)
			maps.DeleteFunc(all, func(_ string, u usage) bool { return !tt.keeps(u) })
			if diff := cmp.Diff(slices.Sorted(maps.Keys(all)), slices.Sorted(maps.Keys(got))); diff != "" {
				t.Errorf("usages (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheRangeBeginsWithTheMonth(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	srv.Freeze()
	now := srv.Now()
	first := time.Date(now.Year(), now.Month()+1, 1, 0, 0, 0, 0, time.UTC)
	if err := srv.Advance(first.Sub(now) - time.Second); err != nil {
		t.Fatal(err)
	}
	say(t, reporter(srv), per(apitest.Harbor, "compute_points", 7200), per(apitest.Harbor, "vms", 5))
	before := of(srv.Root(), apitest.Harbor, "")
	if err := srv.Advance(time.Second); err != nil {
		t.Fatal(err)
	}
	after := of(srv.Root(), apitest.Harbor, "")
	if want := first.Format("2006-01-02T15:04:05"); after["vms"].RangeStart != want {
		t.Errorf("the range begins at %s, want %s", after["vms"].RangeStart, want)
	}
	if before["compute_points"].Value != 7200 || after["compute_points"].Value != 0 || before["compute_points"].Absolute != after["compute_points"].Absolute {
		t.Errorf("compute points were %+v and are %+v", before["compute_points"], after["compute_points"])
	}
	if before["vms"].Value != 5 || after["vms"].Value != 5 {
		t.Errorf("machines were %d and are %d", before["vms"].Value, after["vms"].Value)
	}
}

func TestUsagesOfSeveralTenants(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	path := "/tenants/usages?tenants=" + strings.Join([]string{birch, apitest.NoSuchID, apitest.Harbor, globex, birch}, ",")
	var got struct {
		Items []struct {
			Tenant string
			Usages []usage
		}
	}
	srv.Partner().Get(path).Want(200).Into(&got)
	var tenants []string
	for _, item := range got.Items {
		tenants = append(tenants, item.Tenant)
		if len(item.Usages) == 0 {
			t.Errorf("tenant %s has no usages", item.Tenant)
		}
	}
	if diff := cmp.Diff([]string{birch, apitest.Harbor}, tenants); diff != "" {
		t.Errorf("tenants (-want +got):\n%s", diff)
	}
	srv.Partner().Get(path + "&usage_names=vms&editions=standard").Want(200).Into(&got)
	if n := len(got.Items[0].Usages) + len(got.Items[1].Usages); n != 1 {
		t.Errorf("%d usages pass the filters, want 1", n)
	}
	srv.Partner().Get("/tenants/usages").Refused(400, 400)
	srv.Partner().Get("/tenants/usages?tenants=harbor").Refused(400, 400)
}

func TestWhoSeesUsages(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	srv.Partner().Get("/tenants/"+globex+"/usages").Refused(403, 1002)
	srv.Partner().Get("/tenants/"+apitest.NoSuchID+"/usages").Refused(404, 404)
	srv.Partner().Get("/tenants/"+blockStorage+"/usages").Refused(404, 404) // the id of another kind
	srv.Nobody().Get("/tenants/"+apitest.Harbor+"/usages").Refused(401, 401)
	srv.Basic("viewer@acme-msp.example", apitest.AdminPassword).Get("/tenants/" + apitest.Harbor + "/usages").Want(200)
}

func TestAnItemThatIsOffShowsWhatIsLeft(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	turn := func(name string) {
		srv.Partner().Put("/tenants/"+apitest.Harbor+"/offering_items", obj{"offering_items": []any{
			obj{"application_id": backup, "name": name, "status": 0},
		}}).Want(200)
	}
	turn("vms")
	turn("servers")
	got := of(srv.Partner(), apitest.Harbor, "")
	if u, ok := got["vms"]; !ok || u.OfferingItem == nil || u.OfferingItem.Status != 0 || u.OfferingItem.Quota != nil {
		t.Errorf("what is left of an item is %+v (%v)", u, ok)
	}
	if u, ok := got["servers"]; ok {
		t.Errorf("an item that is off and unused is shown: %+v", u)
	}
}
