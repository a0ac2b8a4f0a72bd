package infra_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestAComponentIsChangedInPart(t *testing.T) {
	t.Parallel()
	srv := start(t)
	path := "/infra/" + srv.acme.Post("/infra", storage(apitest.Acme, obj{"location_id": portland})).Want(201).Text("/id")
	a := srv.acme.Put(path, obj{"version": 1, "content_url": "https://browse.cold.example/"}).Want(200)
	if a.Int("/version") != 2 || a.Text("/name") != "Cold storage" || a.Text("/content_url") != "https://browse.cold.example/" {
		t.Errorf("the component is %s", a.Body)
	}
	a = srv.acme.Put(path, obj{
		"version": "2", "name": "Warm storage", "url": "s3://K:S@warm.example/b", "location_id": frankfurt,
		"capabilities": []string{"files_cloud"}, "content_mobile_url": "https://m.cold.example/", "backend_type": nil,
	}).Want(200)
	var got obj
	a.Into(&got)
	want := obj{
		"id": got["id"], "owner_tenant_id": apitest.Acme, "location_id": frankfurt, "platform_owned": false,
		"name": "Warm storage", "url": "s3://warm.example/b", "capabilities": []any{"files_cloud"},
		"backend_type": nil, "version": 3.0, "readonly": false,
		"content_url": "https://browse.cold.example/", "content_mobile_url": "https://m.cold.example/",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the component (-want +got):\n%s", diff)
	}
}

func TestChangesThatAreRefused(t *testing.T) {
	t.Parallel()
	srv := start(t)
	srv.acme.Post("/infra", storage(apitest.Acme, nil)).Want(201)
	for name, tt := range map[string]struct {
		caller       *apitest.Client
		id           string
		body         obj
		status, code int
	}{
		"an unknown component":           {srv.acme, apitest.NoSuchID, obj{"version": 1}, 404, 404},
		"one that is seen from below":    {srv.acme, blockStorage, obj{"version": 1}, 403, 1002},
		"one of somebody else":           {srv.globex, vault, obj{"version": 1}, 403, 1002},
		"a stale version":                {srv.acme, vault, obj{"version": 7}, 409, 1001},
		"no version":                     {srv.acme, vault, obj{"name": "x"}, 400, 400},
		"a name that is taken":           {srv.acme, vault, obj{"version": 1, "name": "cold STORAGE"}, 409, 1015},
		"a URL that is taken":            {srv.acme, vault, obj{"version": 1, "url": "s3://a:b@cold.example/bucket"}, 409, 1015},
		"a location of somebody else":    {srv.root, blockStorage, obj{"version": 1, "location_id": portland}, 403, 1002},
		"an unknown location":            {srv.acme, vault, obj{"version": 1, "location_id": apitest.NoSuchID}, 400, 400},
		"a backend type by a partner":    {srv.acme, vault, obj{"version": 1, "backend_type": "azure"}, 403, 1002},
		"a capability that is in use":    {srv.root, blockStorage, obj{"version": 1, "capabilities": []string{"disaster_recovery"}}, 409, 1009},
		"a capability of a partner's on": {srv.acme, vault, obj{"version": 1, "capabilities": []string{}}, 409, 1009},
		"a blank name":                   {srv.acme, vault, obj{"version": 1, "name": " "}, 400, 400},
		"a stale version of a foreign":   {srv.globex, vault, obj{"version": 7}, 403, 1002},
	} {
		t.Run(name, func(t *testing.T) {
			tt.caller.In(t).Put("/infra/"+tt.id, tt.body).Refused(tt.status, tt.code)
		})
	}
	if a := srv.acme.Get("/infra/" + vault).Want(200); a.Int("/version") != 1 || a.Text("/name") != "Portland vault" {
		t.Errorf("a refused change left a trace: %s", a.Body)
	}
}

func TestOnlyTheRootChangesTheBackendType(t *testing.T) {
	t.Parallel()
	srv := start(t)
	path := "/infra/" + srv.acme.Post("/infra", storage(apitest.Acme, obj{"backend_type": "google"})).Want(201).Text("/id")
	srv.acme.Put(path, obj{"version": 1, "backend_type": "google"}).Want(200) // what it is already
	srv.acme.Put(path, obj{"version": 2, "backend_type": nil}).Refused(403, 1002)
	if got := srv.root.Put(path, obj{"version": 2, "backend_type": "azure"}).Want(200).Text("/backend_type"); got != "azure" {
		t.Errorf("backend_type is %q", got)
	}
	if got := srv.root.Put(path, obj{"version": 3, "backend_type": nil}).Want(200).Value("/backend_type"); got != nil {
		t.Errorf("backend_type is %v, want null", got)
	}
}

func TestAComponentOffersItems(t *testing.T) {
	t.Parallel()
	srv := start(t)
	offered := func(tenant, kind, infra string) []string {
		var got struct {
			Items []struct {
				Name    string
				InfraID string `json:"infra_id"`
			}
		}
		srv.Root().Get("/tenants/" + tenant + "/offering_items/available_for_child?edition=standard&kind=" + kind).Want(200).Into(&got)
		var names []string
		for _, it := range got.Items {
			if it.InfraID == infra {
				names = append(names, it.Name)
			}
		}
		return names
	}
	id := srv.root.Post("/infra", storage(apitest.RootTenant, obj{"capabilities": []string{"disaster_recovery"}})).Want(201).Text("/id")
	if diff := cmp.Diff([]string{"dr_storage"}, offered(apitest.RootTenant, "partner", id)); diff != "" {
		t.Errorf("what the root offers on its component (-want +got):\n%s", diff)
	}
	own := srv.acme.Post("/infra", storage(apitest.Acme, nil)).Want(201).Text("/id")
	srv.Partner().Put("/tenants/"+apitest.Acme+"/offering_items", item("storage", own, 1)).Want(200)
	if diff := cmp.Diff([]string{"storage"}, offered(apitest.Acme, "customer", own)); diff != "" {
		t.Errorf("what the partner offers on its component (-want +got):\n%s", diff)
	}
}

func TestDeletingAComponent(t *testing.T) {
	t.Parallel()
	srv := start(t)
	id := srv.acme.Post("/infra", storage(apitest.Acme, nil)).Want(201).Text("/id")
	path := "/infra/" + id
	srv.acme.Delete(path).Refused(400, 400) // without a version
	srv.acme.Delete(path+"?version=2").Refused(409, 1001)
	srv.globex.Delete(path+"?version=1").Refused(403, 1002)
	srv.acme.Delete("/infra/"+apitest.NoSuchID+"?version=1").Refused(404, 404)
	srv.acme.Delete("/infra/"+blockStorage+"?version=1").Refused(403, 1002)

	offerings := func(tenant string) string { return "/tenants/" + tenant + "/offering_items" }
	srv.Partner().Put(offerings(apitest.Acme), item("storage", id, 1)).Want(200)
	srv.acme.Delete(path+"?version=1").Refused(409, 1009) // a partner has an item on it on

	folder := "a0000000-0000-4000-8000-000000000005"
	srv.Partner().Put(offerings(folder), item("storage", id, 1)).Want(200)
	customer := srv.Partner().Post("/tenants", obj{"name": "Quay Optics", "kind": "customer", "parent_id": folder}).Want(201).Text("/id")
	srv.Partner().Put(offerings(customer), item("storage", id, 1)).Want(200)
	srv.acme.Delete(path+"?version=1&force=true").Refused(409, 1009) // a customer has

	srv.Partner().Put(offerings(customer), item("storage", id, 0)).Want(200)
	srv.acme.Delete(path+"?version=1").Refused(409, 1009)
	srv.acme.Delete(path + "?version=1&force=true").Want(204)
	srv.acme.Get(path).Refused(404, 404)
	a := srv.Partner().Get(offerings(apitest.Acme) + "?infra_uuid=" + id).Want(200)
	if n := a.Len("/items"); n != 0 {
		t.Errorf("%d items on a component that is gone: %s", n, a.Body)
	}
	srv.acme.Post("/infra", storage(apitest.Acme, nil)).Want(201) // name and URL are free again
}

func TestDataKeepsAComponent(t *testing.T) {
	t.Parallel()
	srv := start(t)
	id := srv.acme.Post("/infra", storage(apitest.Acme, nil)).Want(201).Text("/id")
	path := "/infra/" + id
	offerings := "/tenants/" + apitest.Acme + "/offering_items"
	srv.Partner().Put(offerings, item("storage", id, 1)).Want(200)
	srv.root.Put("/tenants/usages", obj{"items": []any{obj{
		"tenant_id": apitest.Acme, "offering_item": "storage", "infra_id": id, "usage_value": 1,
	}}}).Want(200)
	srv.Partner().Put(offerings, item("storage", id, 0)).Want(200)
	srv.acme.Delete(path+"?version=1").Refused(409, 1009)
	srv.acme.Delete(path + "?version=1&force=1").Want(204)
	a := srv.Partner().Get("/tenants/" + apitest.Acme + "/usages?usage_names=storage").Want(200)
	for i := range a.Len("/items") {
		if v, _ := a.Find(fmt.Sprintf("/items/%d/infra_id", i)); v == id {
			t.Errorf("usage of a component that is gone: %s", a.Body)
		}
	}
}

func TestACapabilityThatNobodyUsesCanGo(t *testing.T) {
	t.Parallel()
	srv := start(t)
	id := srv.acme.Post("/infra", storage(apitest.Acme, obj{"capabilities": []string{"backup", "disaster_recovery"}})).Want(201).Text("/id")
	path := "/infra/" + id
	offerings := "/tenants/" + apitest.Acme + "/offering_items"
	srv.Partner().Put(offerings, item("storage", id, 1)).Want(200)
	srv.acme.Put(path, obj{"version": 1, "capabilities": []string{"backup"}}).Want(200)
	srv.Partner().Put(offerings, item("dr_storage", id, 1)).Refused(400, 1021)
	srv.acme.Put(path, obj{"version": 2, "capabilities": []string{"vcd"}}).Refused(409, 1009)
}

func TestOfTwoWritersOneWins(t *testing.T) {
	t.Parallel()
	srv := start(t)
	path := "/infra/" + srv.acme.Post("/infra", storage(apitest.Acme, nil)).Want(201).Text("/id")
	for version := 1; version <= 20; version++ {
		var answers [2]int
		var wg sync.WaitGroup
		for i := range answers {
			wg.Go(func() {
				answers[i] = srv.acme.Put(path, obj{"version": version, "name": fmt.Sprintf("by %d", i)}).Status
			})
		}
		wg.Wait()
		if answers != [2]int{200, 409} && answers != [2]int{409, 200} {
			t.Fatalf("round %d: %v", version, answers)
		}
	}
}
