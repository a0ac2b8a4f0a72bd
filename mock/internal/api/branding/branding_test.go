package branding_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestBrandOfItsOwn(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	before := version(api, cedar)

	on := api.Post(brand(api, cedar), nil).Want(201)
	if !on.Value("/brand_enabled").(bool) || on.Text("/brand_uuid") == acmeBrand || on.Int("/version") != before+1 {
		t.Errorf("enabled: the tenant does not show a brand of its own under the next version: %s", on.Body)
	}
	if got := api.Get("/tenants/" + cedar + "/brand").Text("/id"); got != on.Text("/brand_uuid") {
		t.Errorf("GET brand: got %s, want that of the tenant, %s", got, on.Text("/brand_uuid"))
	}
	changed := api.Put(brand(api, cedar), obj{"color": "AA0000"}).Want(200)
	if changed.Int("/version") != before+2 || changed.Text("/brand_uuid") != on.Text("/brand_uuid") {
		t.Errorf("updated: want the same brand under the next version: %s", changed.Body)
	}

	if body := api.Delete(brand(api, cedar)).Want(204).Body; len(body) > 0 {
		t.Errorf("disabled: got the body %s", body)
	}
	after := api.Get("/tenants/" + cedar)
	acme := api.Get("/tenants/" + apitest.Acme)
	if after.Value("/brand_enabled").(bool) || after.Text("/brand_uuid") != acmeBrand ||
		after.Int("/brand_id") != acme.Int("/brand_id") || after.Int("/version") != before+3 {
		t.Errorf("disabled: the tenant does not show its parent's brand under the next version: %s", after.Body)
	}

	api.Post(brand(api, cedar), nil).Want(201)
	if got := api.Get("/tenants/" + cedar + "/brand").Value("/color"); got != nil {
		t.Errorf("enabled again: the color is %v, want none as in a new brand", got)
	}
}

func TestInheritance(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	own := api.Post(brand(api, cedar), nil).Want(201).Text("/brand_uuid")
	for name, tt := range map[string]struct{ path, want string }{
		"an own brand":                             {apitest.Acme + "/brand", acmeBrand},
		"one without shows the parent's":           {apitest.Harbor + "/brand", acmeBrand},
		"or the nearest ancestor's":                {radiology + "/brand", acmeBrand},
		"the effective one is the same there":      {radiology + "/brand?effective=1", acmeBrand},
		"effective passes over the own brand":      {cedar + "/brand?effective=1", acmeBrand},
		"and so it does above":                     {apitest.Acme + "/brand?effective=true", rootBrand},
		"effective 0 is the default":               {cedar + "/brand?effective=0", own},
		"a folder may show its partner's, as well": {north + "/brand", acmeBrand},
	} {
		t.Run(name, func(t *testing.T) {
			if got := api.In(t).Get("/tenants/" + tt.path).Want(200).Text("/id"); got != tt.want {
				t.Errorf("GET %s: got brand %s, want %s", tt.path, got, tt.want)
			}
		})
	}
}

func TestTheRootAlwaysHasABrand(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Root()
	api.Delete(brand(api, apitest.RootTenant)).Refused(400, 1027)
	api.Post(brand(api, apitest.RootTenant), nil).Refused(409, 409)
	api.Put(brand(api, apitest.RootTenant), obj{"company_name": "Ours"}).Want(200)
	for _, path := range []string{"/brand", "/brand?effective=1"} { // it is its own parent
		got := api.Get("/tenants/" + apitest.RootTenant + path).Want(200)
		if got.Text("/id") != rootBrand || got.Text("/company_name") != "Ours" {
			t.Errorf("GET %s of the root: got %s", path, got.Body)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	v := func(id string) string { return fmt.Sprintf("%s/brand?version=%d", id, version(api, id)) }
	for name, tt := range map[string]struct {
		call         func(c *apitest.Client, path string) *apitest.Answer
		path         string
		status, code int
	}{
		"a customer gets no brand":             {post, v(apitest.Harbor), 400, 1027},
		"nor does a unit":                      {post, v(radiology), 400, 1027},
		"a brand is not enabled twice":         {post, v(apitest.Acme), 409, 409},
		"a stale version comes before that":    {post, apitest.Acme + "/brand?version=99", 409, 1001},
		"and before the kind":                  {post, apitest.Harbor + "/brand?version=99", 409, 1001},
		"a stale version changes nothing":      {put, apitest.Acme + "/brand?version=99", 409, 1001},
		"nor takes it a brand away":            {remove, apitest.Acme + "/brand?version=99", 409, 1001},
		"what is not enabled cannot change":    {put, v(cedar), 400, 1027},
		"nor be disabled":                      {remove, v(cedar), 400, 1027},
		"a customer has nothing to change":     {put, v(apitest.Harbor), 400, 1027},
		"the version is needed to enable":      {post, cedar + "/brand", 400, 400},
		"and to change":                        {put, apitest.Acme + "/brand", 400, 400},
		"and to disable":                       {remove, apitest.Acme + "/brand", 400, 400},
		"an unknown tenant":                    {get, apitest.NoSuchID + "/brand", 404, 404},
		"a deleted one":                        {get, oldMill + "/brand", 404, 404},
		"what is no id":                        {get, "acme/brand", 404, 404},
		"a user's id":                          {get, "b0000000-0000-4000-8000-000000000001/brand", 404, 404},
		"an unknown tenant cannot be branded":  {post, apitest.NoSuchID + "/brand?version=1", 404, 404},
		"another partner's brand is not shown": {get, globex + "/brand", 403, 1002},
		"nor changed":                          {put, globex + "/brand?version=1", 403, 1002},
		"an effective that is no flag":         {get, apitest.Acme + "/brand?effective=2", 400, 400},
	} {
		t.Run(name, func(t *testing.T) { tt.call(api.In(t), "/tenants/"+tt.path).Refused(tt.status, tt.code) })
	}
}

func TestWhoMayBrand(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	admin := srv.Partner()
	viewer, cedarAdmin := srv.Basic(viewer, apitest.AdminPassword), srv.Basic(cedarAdmin, apitest.AdminPassword)
	company, unit := srv.Basic(elena, apitest.AdminPassword), srv.Basic(lead, apitest.AdminPassword)

	viewer.Get("/tenants/" + apitest.Acme + "/brand").Want(200)
	viewer.Put(brand(admin, apitest.Acme), obj{"color": "000000"}).Refused(403, 1002)
	company.Get("/tenants/" + apitest.Harbor + "/brand").Want(200)
	company.Post(brand(admin, apitest.Harbor), nil).Refused(403, 1002)
	unit.Get("/tenants/"+apitest.Harbor+"/brand").Refused(403, 1002)
	cedarAdmin.Post(brand(admin, cedar), nil).Want(201)
	cedarAdmin.Put(brand(admin, apitest.Acme), obj{"color": "000000"}).Refused(403, 1002)
	srv.Nobody().Get("/tenants/" + apitest.Acme + "/brand").Want(401)
}

func TestLockedTenant(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api, owner := srv.Partner(), srv.Basic(cedarAdmin, apitest.AdminPassword)
	lock := obj{"version": version(api, cedar), "update_lock": obj{"enabled": true, "owner_id": cedar}}
	api.Put("/tenants/"+cedar, lock).Want(200)

	api.Post(brand(api, cedar), nil).Refused(403, 1012)
	api.Post("/tenants/"+cedar+"/brand?version=99", nil).Refused(403, 1012)
	api.Get("/tenants/" + cedar + "/brand").Want(200)
	owner.Post(brand(api, cedar), nil).Want(201)
	api.Put(brand(api, cedar), obj{"color": "000000"}).Refused(403, 1012)
	api.Send("POST", logo(api, cedar), "image/png", picture(t)).Refused(403, 1012)
	api.Delete(brand(api, cedar)).Refused(403, 1012)
	owner.Delete(brand(api, cedar)).Want(204)
}

func TestOneOfTwoWritersWins(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	for round := range 20 {
		path := brand(api, apitest.Acme)
		statuses := make([]int, 2)
		var done sync.WaitGroup
		for i := range statuses {
			done.Go(func() { statuses[i] = api.Put(path, obj{"color": fmt.Sprintf("%06d", i)}).Status })
		}
		done.Wait()
		if diff := cmp.Diff(609, statuses[0]+statuses[1]); diff != "" {
			t.Fatalf("round %d: got %v, want one 200 and one 409", round, statuses)
		}
	}
}

func get(c *apitest.Client, path string) *apitest.Answer    { return c.Get(path) }
func post(c *apitest.Client, path string) *apitest.Answer   { return c.Post(path, nil) }
func put(c *apitest.Client, path string) *apitest.Answer    { return c.Put(path, obj{"color": "000000"}) }
func remove(c *apitest.Client, path string) *apitest.Answer { return c.Delete(path) }
