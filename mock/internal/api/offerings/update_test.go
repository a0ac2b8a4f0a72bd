package offerings_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestWhatAPartnerOffersCanBeSentToAChildAsItIs(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	for _, kind := range []string{"partner", "folder", "customer"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			child := created(c, kind, "Echo "+kind)
			offer := items(t, c.Get("/tenants/"+apitest.Acme+"/offering_items/available_for_child?kind="+kind))
			if kind == "customer" {
				offer = onePerName(offer)
			}
			a := put(c, child, offer...).Want(200)
			if got := a.Len("/items"); got != len(offer) {
				t.Errorf("the answer lists %d items, want the %d that were sent", got, len(offer))
			}
			if got := list(c, child, "").Len("/items"); got != len(offer) {
				t.Errorf("the child has %d items, want %d", got, len(offer))
			}
			put(c, child, items(t, list(c, child, ""))...).Want(200) // and back again
		})
	}
}

// onePerName keeps the first component of each item.
func onePerName(all []obj) []obj {
	seen := map[any]bool{}
	var some []obj
	for _, o := range all {
		if !seen[o["name"]] {
			some = append(some, o)
		}
		seen[o["name"]] = true
	}
	return some
}

func TestPartialItemsKeepTheRest(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	before := one(t, c, apitest.Harbor, "vms")
	put(c, apitest.Harbor, item("vms", "status", 1)).Want(200)
	if d := cmp.Diff(before, one(t, c, apitest.Harbor, "vms")); d != "" {
		t.Errorf("turned on again (-want +got):\n%s", d)
	}
	version := int64(before["quota"].(obj)["version"].(float64))
	a := put(c, apitest.Harbor, item("vms", "quota", quota(7, nil, version))).Want(200)
	if a.Int("/items/0/status") != 1 || a.Int("/items/0/quota/value") != 7 || a.Value("/items/0/quota/overage") != nil || a.Int("/items/0/quota/version") <= version {
		t.Errorf("a quota alone: %s", a.Body)
	}
	a = put(c, apitest.Harbor, item("vms", "status", 0, "quota", quota(9, 9, 1))).Want(200)
	if _, ok := a.Find("/items/0/quota"); ok || a.Int("/items/0/status") != 0 {
		t.Errorf("turned off with a quota: %s", a.Body)
	}
	a = put(c, apitest.Harbor, item("vms", "status", 1)).Want(200)
	if a.Int("/items/0/quota/version") != 0 || a.Value("/items/0/quota/value") != nil {
		t.Errorf("turned on once more: %s, want no quota", a.Body)
	}
	put(c, apitest.Harbor).Want(200)
	a = put(c, apitest.Harbor, item("mobiles"), item("adv_vms"), item("adv_servers", "status", 0)).Want(200)
	if a.Int("/items/0/status") != 1 || a.Int("/items/1/status") != 0 || a.Int("/items/2/status") != 0 {
		t.Errorf("items that are only named: %s", a.Body)
	}
}

func TestQuotaVersions(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	srv.Freeze()
	c := srv.Partner()
	put(c, apitest.Harbor, item("servers", "quota", quota(1, 1, 5))).Refused(409, 1001)
	a := put(c, apitest.Harbor, item("servers", "quota", quota(1, 1, 0)), item("mobiles", "quota", quota(2, nil, 0)), item("mailboxes", "quota", quota(nil, 3, 0))).Want(200)
	v := a.Int("/items/0/quota/version")
	if v != srv.Now().UnixMilli() || a.Int("/items/1/quota/version") != v || a.Int("/items/2/quota/version") != 0 || a.Value("/items/2/quota/overage") != nil {
		t.Errorf("versions of one call: %s", a.Body)
	}
	a = put(c, apitest.Harbor, item("servers", "quota", quota(1, 1, v)), item("mobiles", "quota", quota(3, nil, v))).Want(200)
	if a.Int("/items/0/quota/version") != v || a.Int("/items/1/quota/version") != v+1 {
		t.Errorf("what limits as before keeps its version: %s", a.Body)
	}
	put(c, apitest.Harbor, item("servers", "quota", quota(2, 2, v)), item("mobiles", "quota", quota(4, nil, v))).Refused(409, 1001)
	if got := one(t, c, apitest.Harbor, "servers")["quota"].(obj)["value"]; got != 1.0 {
		t.Errorf("a refused call changed a quota to %v", got)
	}
	a = put(c, apitest.Harbor, item("servers", "quota", quota(nil, nil, v))).Want(200)
	if a.Int("/items/0/quota/version") != 0 {
		t.Errorf("without limits: %s, want version 0", a.Body)
	}
	a = put(c, apitest.Harbor, item("servers", "quota", quota(0, 0, 0))).Want(200)
	if a.Int("/items/0/quota/value") != 0 || a.Int("/items/0/quota/version") == 0 {
		t.Errorf("nothing allowed: %s", a.Body)
	}
}

func TestOfTwoWritersOfAQuotaOneWins(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	version := int64(0)
	for round := range 100 {
		var wg sync.WaitGroup
		answers := make([]*apitest.Answer, 2)
		for i := range answers {
			wg.Go(func() {
				answers[i] = put(c, apitest.Harbor, item("servers", "quota", quota(2*round+i, nil, version)))
			})
		}
		wg.Wait()
		won := answers[0]
		if won.Status != 200 {
			won = answers[1]
		}
		if answers[0].Status+answers[1].Status != 200+409 {
			t.Fatalf("round %d: got %d and %d, want 200 and 409", round, answers[0].Status, answers[1].Status)
		}
		version = won.Int("/items/0/quota/version")
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	fresh := created(c, "customer", "Fresh")
	for claim, tt := range map[string]struct {
		id           string
		items        []obj
		status, code int
		pointer      string // of details.addition, without /offering_items
	}{
		"an unknown application":            {fresh, []obj{item("vms"), item("vms", "application_id", apitest.NoSuchID)}, 400, 400, "/1/application_id"},
		"an unknown item":                   {fresh, []obj{item("vms"), item("servers"), item("mobiles"), item("toasters")}, 400, 400, "/3/name"},
		"an item of another application":    {fresh, []obj{item("vms", "application_id", files)}, 400, 400, "/0/name"},
		"storage without a component":       {fresh, []obj{item("storage", "status", 1)}, 400, 400, "/0/infra_id"},
		"storage on an unknown component":   {fresh, []obj{item("storage", "status", 1, "infra_id", apitest.NoSuchID)}, 400, 400, "/0/infra_id"},
		"storage that cannot carry it":      {fresh, []obj{item("dr_storage", "status", 1, "infra_id", objects)}, 400, 1021, "/0"},
		"the same item twice":               {fresh, []obj{item("vms"), item("vms", "status", 1)}, 400, 400, "/1"},
		"a limit on a feature":              {fresh, []obj{item("google_mail", "status", 1, "quota", quota(1, 1, 0))}, 400, 400, "/0/quota"},
		"an item that the parent lacks":     {fresh, []obj{item("vms", "status", 1), item("adv_vms", "status", 1)}, 400, 1021, "/1"},
		"an item for partners":              {fresh, []obj{item("child_storages", "status", 1)}, 400, 1021, "/0"},
		"a quota of what is off":            {fresh, []obj{item("vms", "quota", quota(1, 1, 0))}, 400, 1021, "/0"},
		"two storages for a customer":       {fresh, []obj{item("storage", "status", 1, "infra_id", block), item("vms", "status", 1), item("storage", "status", 1, "infra_id", objects)}, 400, 1027, "/2"},
		"two editions for a customer":       {fresh, []obj{item("vms", "status", 1), item("pg_base_vms", "status", 1)}, 400, 1027, "/1"},
		"one beside the edition it has":     {apitest.Harbor, []obj{item("servers"), item("pg_base_vms", "status", 1)}, 400, 1027, "/1"},
		"another storage beside its own":    {apitest.Harbor, []obj{item("storage", "status", 1, "infra_id", portland)}, 400, 1027, "/0"},
		"a locked item":                     {birch, []obj{item("pu_base_fc_seats", "application_id", files, "status", 0)}, 400, 1027, "/0"},
		"an item of a personal tenant":      {elenasOwn, []obj{item("vms", "status", 0)}, 400, 1027, "/0"},
		"a quota above the parent's":        {radiology, []obj{item("vms", "quota", quota(10, 3, 0))}, 400, 1022, "/0"},
		"no limit above the parent's":       {radiology, []obj{item("vms", "quota", quota(nil, nil, 0))}, 200, 0, ""},
		"a status that is none":             {fresh, []obj{item("vms", "status", 2)}, 400, 400, ""},
		"a tenant that is locked":           {pinned, []obj{item("vms", "status", 1)}, 403, 1012, ""},
		"a tenant out of reach":             {globex, []obj{item("vms", "status", 1)}, 403, 1002, ""},
		"a tenant that is not there":        {apitest.NoSuchID, []obj{item("vms", "status", 1)}, 404, 404, ""},
		"one that is deleted":               {oldMill, []obj{item("vms", "status", 1)}, 404, 404, ""},
		"an id of another kind":             {block, []obj{item("vms", "status", 1)}, 404, 404, ""},
		"an item without an application":    {fresh, []obj{{"name": "vms"}}, 400, 400, ""},
		"a quota without its version":       {fresh, []obj{item("vms", "quota", obj{"value": 1, "overage": 1})}, 400, 400, ""},
		"one storage of each name is right": {fresh, []obj{item("storage", "status", 1, "infra_id", block), item("dr_storage", "status", 1, "infra_id", block)}, 200, 0, ""},
	} {
		a := put(c, tt.id, tt.items...)
		if tt.status == 200 {
			a.Want(200)
			continue
		}
		if code := a.Int("/error/code"); a.Status != tt.status || code != int64(tt.code) {
			t.Errorf("%s: got %d with code %d, want %d with %d: %s", claim, a.Status, code, tt.status, tt.code, a.Body)
		}
		if tt.pointer == "" {
			continue
		}
		if got, _ := a.Find("/error/details/addition/0/pointer"); got != "/offering_items"+tt.pointer {
			t.Errorf("%s: got the place %v, want /offering_items%s", claim, got, tt.pointer)
		}
	}
	srv.Basic("viewer@acme-msp.example", apitest.AdminPassword).Put("/tenants/"+fresh+"/offering_items", obj{"offering_items": []obj{}}).Want(403)
	c.Send("PUT", "/tenants/"+fresh+"/offering_items", "text/csv", []byte("a,b")).Want(415)
}

func TestTheApplicationComesWithItsFirstItem(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	fresh := created(c, "customer", "Fresh")
	put(c, fresh, item("notarizations", "application_id", notary, "status", 1)).Want(200)
	if apps := string(c.Get("/tenants/" + fresh + "/applications").Want(200).Body); !strings.Contains(apps, notary) {
		t.Errorf("applications = %s, want Notary among them", apps)
	}
}

func TestTurningOffReachesThoseBelow(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	put(c, apitest.Acme, item("workstations", "status", 0)).Want(200)
	for _, id := range []string{apitest.Harbor, radiology, cedar} {
		if got := one(t, c, id, "workstations"); got["status"] != 0.0 {
			t.Errorf("workstations of %s: %v, want them off", id, got)
		}
	}
	if got := pick(names(t, list(c, elenasOwn, "")), "workstations"); len(got) != 0 {
		t.Errorf("the personal tenant still has %v", got)
	}
}

func TestWhatIsUsedStaysOnWhenThatIsAskedFor(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	off := func(id string, check bool, items ...obj) *apitest.Answer {
		return c.Put("/tenants/"+id+"/offering_items", obj{"offering_items": items, "check_usage": check})
	}
	off(apitest.Harbor, true, item("servers", "status", 0), item("vms", "status", 0)).Refused(400, 1027)
	off(apitest.Acme, true, item("workstations", "status", 0)).Refused(400, 1027) // those below use them
	off(apitest.Harbor, true, item("storage", "status", 0, "infra_id", block)).Refused(400, 1009)
	off(apitest.Harbor, true, item("servers", "status", 0)).Want(200)
	off(apitest.Harbor, true, item("vms", "status", 1)).Want(200)
	off(apitest.Harbor, false, item("vms", "status", 0)).Want(200)
	off(apitest.Harbor, true, item("vms", "status", 0)).Want(200) // it is off
}

func TestACustomerChangesItsChoiceInOneCall(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	put(c, apitest.Harbor,
		item("storage", "status", 1, "infra_id", objects), item("storage", "status", 0, "infra_id", block),
	).Want(200)
	got := pick(names(t, list(c, apitest.Harbor, "")), "storage", "-storage")
	if d := cmp.Diff([]string{"-storage@1", "storage@2"}, got); d != "" {
		t.Errorf("storage (-want +got):\n%s", d)
	}
}

func TestAPartnerUsesStorageOfItsOwn(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	put(srv.Root(), apitest.Acme, item("adv_storage", "status", 1, "infra_id", portland)).Want(200)
	put(srv.Root(), globex, item("storage", "status", 1, "infra_id", portland)).Refused(400, 1021)
}

func TestAPersonalTenantHasQuotasOfItsOwn(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	vms := one(t, c, elenasOwn, "vms")
	if vms["locked"] != true || vms["tenant_id"] != elenasOwn || vms["quota"].(obj)["version"] != 0.0 {
		t.Errorf("an item of a personal tenant: %v", vms)
	}
	vms["quota"] = quota(3, 1, 0)
	a := put(c, elenasOwn, vms).Want(200) // the status is as it was
	if a.Int("/items/0/quota/value") != 3 {
		t.Errorf("its quota: %s", a.Body)
	}
	put(c, elenasOwn, item("vms", "quota", quota(20, 1, a.Int("/items/0/quota/version")))).Refused(400, 1022)
}
