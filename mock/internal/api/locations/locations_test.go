package locations_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestANewLocation(t *testing.T) {
	t.Parallel()
	srv := start(t)
	a := srv.acme.Post("/locations", place(apitest.Acme, " Boston ")).Want(201)
	var got obj
	a.Into(&got)
	want := obj{
		"id": got["id"], "owner_tenant_id": apitest.Acme, "platform_owned": false, "name": "Boston", "version": 0.0, "readonly": false,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the location (-want +got):\n%s", diff)
	}
	path := "/locations/" + a.Text("/id")
	var again obj
	srv.acme.Get(path).Want(200).Into(&again)
	if diff := cmp.Diff(got, again); diff != "" {
		t.Errorf("GET shows it differently (-POST +GET):\n%s", diff)
	}
	if a := srv.acme.Get(path + "/infra").Want(200); string(a.Body) != `{"infras":[]}` {
		t.Errorf("the components of a new location are %s", a.Body)
	}
}

func TestLocationsThatAreRefused(t *testing.T) {
	t.Parallel()
	srv := start(t)
	for name, tt := range map[string]struct {
		caller       *apitest.Client
		body         obj
		status, code int
	}{
		"of an unknown owner":           {srv.acme, place(apitest.NoSuchID, "x"), 404, 1005},
		"of a foreign owner":            {srv.acme, place(globex, "x"), 403, 1002},
		"of the platform, from below":   {srv.acme, place(apitest.RootTenant, "x"), 403, 1002},
		"of a customer":                 {srv.acme, place(apitest.Harbor, "x"), 403, 1027},
		"of a taken name":               {srv.acme, place(apitest.Acme, "PORTLAND"), 409, 1031},
		"of a blank name":               {srv.acme, place(apitest.Acme, " "), 400, 400},
		"without a name":                {srv.acme, obj{"owner_tenant_id": apitest.Acme}, 400, 400},
		"without an owner":              {srv.acme, obj{"name": "x"}, 400, 400},
		"by a company's administrator":  {srv.harbor, place(apitest.Harbor, "x"), 403, 1002},
		"with Basic credentials":        {srv.Partner(), place(apitest.Acme, "x"), 401, 401},
		"with no credentials":           {srv.Nobody(), place(apitest.Acme, "x"), 401, 401},
		"of an owner that is no id":     {srv.acme, place("acme", "x"), 400, 400},
		"with a name that is no string": {srv.acme, obj{"owner_tenant_id": apitest.Acme, "name": []string{}}, 400, 400},
	} {
		t.Run(name, func(t *testing.T) {
			tt.caller.In(t).Post("/locations", tt.body).Refused(tt.status, tt.code)
		})
	}
	srv.globex.Post("/locations", place(globex, "Portland")).Want(201) // a name is unique for its owner
}

func TestNothingIsAddedToADisabledTenant(t *testing.T) {
	t.Parallel()
	srv := start(t)
	partner := srv.Partner().Post("/tenants", obj{"name": "Quay Resale", "kind": "partner", "parent_id": apitest.Acme}).Want(201).Text("/id")
	srv.Partner().Put("/tenants/"+partner, obj{"version": 1, "enabled": false}).Want(200)
	srv.acme.Post("/locations", place(partner, "x")).Refused(400, 1003)
}

func TestWhoSeesALocation(t *testing.T) {
	t.Parallel()
	srv := start(t)
	type seen struct{ platform, readonly bool }
	for name, tt := range map[string]struct {
		caller *apitest.Client
		id     string
		want   seen
	}{
		"its owner":                           {srv.acme, portland, seen{false, false}},
		"those above":                         {srv.root, portland, seen{false, false}},
		"those below, read-only":              {srv.harbor, portland, seen{false, true}},
		"the platform its own":                {srv.root, frankfurt, seen{true, false}},
		"everybody the platform's, read-only": {srv.globex, frankfurt, seen{true, true}},
	} {
		t.Run(name, func(t *testing.T) {
			a := tt.caller.In(t).Get("/locations/" + tt.id).Want(200)
			got := seen{a.Value("/platform_owned").(bool), a.Value("/readonly").(bool)}
			if got != tt.want {
				t.Errorf("platform_owned and readonly are %v, want %v", got, tt.want)
			}
		})
	}
	srv.globex.Get("/locations/"+portland).Refused(403, 1002)
	srv.globex.Get("/locations/"+portland+"/infra").Refused(403, 1002)
	srv.globex.Get("/locations/"+apitest.NoSuchID).Refused(404, 404)
	srv.globex.Get("/locations/"+apitest.NoSuchID+"/infra").Refused(404, 404)
	srv.globex.Get("/locations/"+vault).Refused(404, 404) // the id of another kind
}

func TestTheBatchSkipsWhatIsNotThereOrNotSeen(t *testing.T) {
	t.Parallel()
	srv := start(t)
	for name, tt := range map[string]struct {
		caller *apitest.Client
		ids    string
		want   []string
	}{
		"unknown ids and malformed ones": {srv.acme, portland + "," + apitest.NoSuchID + ",boston," + frankfurt, []string{portland, frankfurt}},
		"ids out of sight":               {srv.globex, portland + "," + frankfurt, []string{frankfurt}},
		"all of them":                    {srv.acme, apitest.NoSuchID, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			var got struct {
				Items []struct{ ID string }
			}
			tt.caller.In(t).Get("/locations?uuids=" + tt.ids).Want(200).Into(&got)
			ids := []string{}
			for _, item := range got.Items {
				ids = append(ids, item.ID)
			}
			if diff := cmp.Diff(tt.want, ids); diff != "" {
				t.Errorf("ids (-want +got):\n%s", diff)
			}
		})
	}
	srv.acme.Get("/locations").Refused(400, 400)
}

func TestListsOfIDs(t *testing.T) {
	t.Parallel()
	srv := start(t)
	srv.Freeze()
	if err := srv.Advance(time.Second); err != nil {
		t.Fatal(err)
	}
	boston := srv.acme.Post("/locations", place(apitest.Acme, "Boston")).Want(201).Text("/id")
	for name, tt := range map[string]struct{ path, key, want string }{
		"a tenant's own locations stand before inherited ones": {"/tenants/" + apitest.Acme + "/locations", "locations", `["` + portland + `","` + boston + `","` + frankfurt + `"]`},
		"a customer inherits all":                              {"/tenants/" + apitest.Harbor + "/locations", "locations", `["` + portland + `","` + boston + `","` + frankfurt + `"]`},
		"the components of a location":                         {"/locations/" + frankfurt + "/infra", "infras", `["` + blockStorage + `","` + objectStorage + `"]`},
	} {
		t.Run(name, func(t *testing.T) {
			want := `{"` + tt.key + `":` + tt.want + `}`
			if got := string(srv.acme.In(t).Get(tt.path).Want(200).Body); got != want {
				t.Errorf("GET %s = %s, want %s", tt.path, got, want)
			}
		})
	}
	srv.Partner().Get("/tenants/" + apitest.Acme + "/locations").Want(200) // Basic will do here
	srv.acme.Get("/tenants/"+globex+"/locations").Refused(403, 1002)
	srv.acme.Get("/tenants/"+apitest.NoSuchID+"/locations").Refused(404, 404)
}

func TestALocationShowsTheComponentsThatTheCallerSees(t *testing.T) {
	t.Parallel()
	srv := start(t)
	own := srv.globex.Post("/infra", obj{
		"owner_tenant_id": globex, "name": "Globex store", "url": "s3://globex.example/b", "capabilities": []string{"backup"},
	}).Want(201).Text("/id")
	for name, tt := range map[string]struct {
		caller *apitest.Client
		want   int
	}{
		"the owner":       {srv.globex, 3},
		"the platform":    {srv.root, 3},
		"a stranger less": {srv.acme, 2},
	} {
		t.Run(name, func(t *testing.T) {
			if a := tt.caller.In(t).Get("/locations/" + frankfurt + "/infra").Want(200); a.Len("/infras") != tt.want {
				t.Errorf("%d components beside %s, want %d", a.Len("/infras"), own, tt.want)
			}
		})
	}
}

func TestChangingALocation(t *testing.T) {
	t.Parallel()
	srv := start(t)
	path := "/locations/" + srv.acme.Post("/locations", place(apitest.Acme, "Boston")).Want(201).Text("/id")
	a := srv.acme.Put(path, obj{"name": "Cambridge", "version": 0}).Want(200)
	if a.Int("/version") != 1 || a.Text("/name") != "Cambridge" {
		t.Errorf("the location is %s", a.Body)
	}
	srv.acme.Put(path, obj{"name": "cambridge", "version": 1}).Want(200) // its own name is not taken
	for name, tt := range map[string]struct {
		caller       *apitest.Client
		path         string
		body         obj
		status, code int
	}{
		"an unknown one":      {srv.acme, "/locations/" + apitest.NoSuchID, obj{"name": "x", "version": 0}, 404, 404},
		"an inherited one":    {srv.acme, "/locations/" + frankfurt, obj{"name": "x", "version": 0}, 403, 1002},
		"a foreign one":       {srv.globex, path, obj{"name": "x", "version": 2}, 403, 1002},
		"at a stale version":  {srv.acme, path, obj{"name": "x", "version": 0}, 409, 1001},
		"without a version":   {srv.acme, path, obj{"name": "x"}, 400, 400},
		"without a name":      {srv.acme, path, obj{"version": 2}, 400, 400},
		"to a blank name":     {srv.acme, path, obj{"name": "", "version": 2}, 400, 400},
		"to a name in use":    {srv.acme, path, obj{"name": "portland", "version": 2}, 409, 1031},
		"by who only reads":   {srv.harbor, "/locations/" + portland, obj{"name": "x", "version": 0}, 403, 1002},
		"with a bare version": {srv.acme, path, obj{"name": "x", "version": "two"}, 400, 400},
	} {
		t.Run(name, func(t *testing.T) {
			tt.caller.In(t).Put(tt.path, tt.body).Refused(tt.status, tt.code)
		})
	}
}

func TestDeletingALocation(t *testing.T) {
	t.Parallel()
	srv := start(t)
	portlandPath := "/locations/" + portland
	srv.acme.Delete(portlandPath).Refused(400, 400) // without a version
	srv.acme.Delete(portlandPath+"?version=1").Refused(409, 1001)
	srv.acme.Delete(portlandPath+"?version=0").Refused(409, 1031) // it holds a component
	srv.globex.Delete(portlandPath+"?version=0").Refused(403, 1002)
	srv.acme.Delete("/locations/"+frankfurt+"?version=0").Refused(403, 1002)
	srv.acme.Delete("/locations/"+apitest.NoSuchID+"?version=0").Refused(404, 404)
	srv.acme.Put("/infra/"+vault, obj{"version": 1, "location_id": frankfurt}).Want(200)
	srv.acme.Delete(portlandPath + "?version=0").Want(204)
	srv.acme.Get(portlandPath).Refused(404, 404)
	srv.acme.Post("/locations", place(apitest.Acme, "Portland")).Want(201) // the name is free again
}

func TestLocationsOfADeletedTenantAreGoneWithIt(t *testing.T) {
	t.Parallel()
	srv := start(t)
	partner := srv.Partner().Post("/tenants", obj{"name": "Quay Resale", "kind": "partner", "parent_id": apitest.Acme}).Want(201).Text("/id")
	path := "/locations/" + srv.acme.Post("/locations", place(partner, "Quay")).Want(201).Text("/id")
	srv.Partner().Put("/tenants/"+partner, obj{"version": 1, "enabled": false}).Want(200)
	srv.Partner().Delete("/tenants/" + partner + "?version=2").Want(204)
	srv.acme.Get(path).Refused(404, 404)
	srv.Partner().Post("/tenants/"+partner+"/restore", nil).Want(204)
	srv.acme.Get(path).Want(200)
}
