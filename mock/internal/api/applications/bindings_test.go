package applications_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestAnApplicationIsTurnedOnWithoutItsItems(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	for range 2 { // once more is no refusal
		if a := c.Post(binding(shipping, apitest.Harbor), nil).Want(204); len(a.Body) != 0 {
			t.Errorf("the answer has a body: %s", a.Body)
		}
	}
	if got := apps(t, c, apitest.Harbor, ""); !slices.Contains(got, shipping) {
		t.Errorf("applications = %v, want the one that was turned on", got)
	}
	if got := c.Get("/tenants/" + apitest.Harbor + "/offering_items?edition=*&usage_names=drives_shipped_to_cloud").Len("/items"); got != 0 {
		t.Errorf("%d items came with it", got)
	}
}

func TestAnApplicationIsTurnedOffWithItsItems(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	for range 2 {
		c.Delete(binding(backup, apitest.Acme)).Want(204)
	}
	for _, id := range []string{apitest.Acme, apitest.Harbor, radiology, north, birch, cedar, elenasOwn} {
		if got := apps(t, c, id, ""); slices.Contains(got, backup) || !slices.Contains(got, platform) {
			t.Errorf("applications of %s = %v", id, got)
		}
		if got := c.Get("/tenants/" + id + "/offering_items?edition=*&usage_names=vms,storage").Len("/items"); got != 0 {
			t.Errorf("%s still has %d items", id, got)
		}
	}
	if got := c.Get("/tenants/" + apitest.Harbor + "/offering_items?edition=*").Len("/items"); got != 4 {
		t.Errorf("of the other applications %d items are left, want 4", got)
	}
}

func TestBindingsThatAreRefused(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	for claim, tt := range map[string]struct {
		app, tenant     string
		enable, disable int
		enCode, disCode int
	}{
		"the platform is always on":             {platform, apitest.Harbor, 204, 400, 0, 1027},
		"one that is off for the parent":        {shipping, birch, 400, 204, 1026, 0},
		"one for partners, on a customer":       {hci, apitest.Harbor, 400, 204, 1026, 0},
		"a personal tenant has no own":          {shipping, elenasOwn, 400, 400, 1026, 1027},
		"an unknown application":                {apitest.NoSuchID, apitest.Harbor, 404, 404, 404, 404},
		"an unknown tenant":                     {notary, apitest.NoSuchID, 404, 404, 404, 404},
		"a deleted tenant":                      {notary, oldMill, 404, 404, 404, 404},
		"a tenant out of reach":                 {notary, globex, 403, 403, 1002, 1002},
		"a tenant that is locked":               {notary, pinned, 403, 403, 1012, 1012},
		"what is no id is not found":            {"notary", apitest.Harbor, 404, 404, 404, 404},
		"nor is an id of another kind":          {apitest.Harbor, apitest.Harbor, 404, 404, 404, 404},
		"a closed tenant's properties are open": {notary, vault, 204, 204, 0, 0},
	} {
		a, b := c.Post(binding(tt.app, tt.tenant), nil), c.Delete(binding(tt.app, tt.tenant))
		if a.Status != tt.enable || b.Status != tt.disable {
			t.Errorf("%s: got %d and %d, want %d and %d", claim, a.Status, b.Status, tt.enable, tt.disable)
			continue
		}
		if tt.enCode != 0 {
			a.Refused(tt.enable, tt.enCode)
		}
		if tt.disCode != 0 {
			b.Refused(tt.disable, tt.disCode)
		}
	}
	srv.Root().Delete(binding(notary, apitest.RootTenant)).Refused(400, 1027)
	srv.Nobody().Post(binding(notary, apitest.Harbor), nil).Want(401)
	srv.Basic("viewer@acme-msp.example", apitest.AdminPassword).Post(binding(notary, apitest.Harbor), nil).Want(403)
}

func TestWhichApplicationsATenantHas(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	for id, want := range map[string][]string{
		apitest.Harbor: {backup, files, notary, platform},
		elenasOwn:      {backup, files, notary, platform}, // what its customer has
		apitest.Acme:   {backup, files, shipping, notary, hci, platform},
		vault:          {platform},
	} {
		if d := cmp.Diff(want, apps(t, c, id, "")); d != "" {
			t.Errorf("applications of %s (-want +got):\n%s", id, d)
		}
	}
	if got := apps(t, srv.Root(), apitest.RootTenant, ""); len(got) != 6 {
		t.Errorf("the root has %v, want all", got)
	}
	c.Get("/tenants/"+apitest.NoSuchID+"/applications").Refused(404, 404)
	c.Get("/tenants/"+globex+"/applications").Refused(403, 1002)
}

func TestAUserInterfaceIsNotShownWhatWaitsForItsEnd(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	c.Put("/tenants/"+apitest.Harbor+"/offering_items", obj{"offering_items": []obj{
		{"application_id": notary, "name": "notarizations", "status": 0},
	}}).Want(200)
	if d := cmp.Diff([]string{backup, files, platform}, apps(t, c, apitest.Harbor, "?for_ui=true")); d != "" {
		t.Errorf("nothing of Notary is on, and it is in use (-want +got):\n%s", d)
	}
	if got := apps(t, c, apitest.Harbor, "?for_ui=false"); !slices.Contains(got, notary) {
		t.Errorf("applications = %v, want Notary among them", got)
	}
}

func TestApplicationsOfManyTenants(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	a := c.Get("/tenants/applications?tenants=" + vault + "," + apitest.NoSuchID + "," + globex + "," + apitest.Harbor).Want(200)
	if a.Len("/items") != 2 || a.Text("/items/0/tenant") != vault || a.Text("/items/1/tenant") != apitest.Harbor {
		t.Fatalf("got %s, want the two tenants in reach in the order of the question", a.Body)
	}
	if a.Len("/items/0/applications") != 1 || a.Len("/items/1/applications") != 4 {
		t.Errorf("applications: %s", a.Body)
	}
	c.Get("/tenants/applications").Want(400)
	c.Get("/tenants/applications?tenants=x").Want(400)
	srv.Nobody().Get("/tenants/applications?tenants=" + vault).Want(401)
}
