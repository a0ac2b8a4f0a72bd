package tenants_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestAnEnabledTenantIsNotDeleted(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	a := c.Delete("/tenants/"+apitest.Harbor+"?version=1").Refused(400, 1006)
	id := a.Text("/error/context/id")
	want := obj{"error": obj{
		"code": 1006.0, "message": "It is prohibited to delete a non-disabled tenant.", "domain": "PlatformAccountServer",
		"context": obj{"id": id},
		"details": obj{
			"info":     `It is prohibited to delete a non-disabled tenant "` + id + `"`,
			"addition": []any{obj{"id": id}},
		},
	}}
	if d := cmp.Diff(want, object(t, a)); d != "" {
		t.Errorf("DELETE of an enabled tenant (-want +got):\n%s", d)
	}
}

func TestDeletionsThatARuleForbids(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	for claim, tt := range map[string]struct {
		id, query    string
		status, code int
	}{
		"a version is needed":                  {sunset, "", 400, 400},
		"it has to be the present one":         {sunset, "?version=1", 409, 1001},
		"the version counts before the state":  {apitest.Harbor, "?version=7", 409, 1001},
		"an unknown tenant is not found":       {apitest.NoSuchID, "?version=1", 404, 404},
		"nor is a deleted one":                 {oldMill, "?version=3", 404, 404},
		"another partner's tenant is refused":  {summit, "?version=1", 403, 1002},
		"a personal tenant goes with its user": {elenasOwn, "?version=1", 400, 1027},
		"a lock holds off deletion too":        {pinned, "?version=1", 403, 1012},
		"a version is a number":                {sunset, "?version=two", 400, 400},
	} {
		expect(t, claim, srv.Partner().Delete("/tenants/"+tt.id+tt.query), tt.status, tt.code)
	}
	srv.Root().Delete("/tenants/"+apitest.RootTenant+"?version=1").Refused(400, 1027)
	srv.Basic(viewer, password).Delete("/tenants/"+sunset+"?version=2").Refused(403, 1002)
}

func TestADeletionTakesAllThatLivesInTheTenant(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	deleted(c, apitest.Harbor)
	for _, id := range []string{apitest.Harbor, radiology, nightWard, elenasOwn} {
		c.Get("/tenants/" + id).Want(404)
		a := c.Get("/tenants/" + id + "?allow_deleted=true").Want(200)
		if got, want := a.Text("/deleted_at"), a.Text("/updated_at"); got != want {
			t.Errorf("deleted_at of %s = %s, want updated_at = %s", id, got, want)
		}
	}
	c.Get("/users/b0000000-0000-4000-8000-000000000003").Want(404)
	c.Get("/users/b0000000-0000-4000-8000-000000000012").Want(404)
	c.Get("/clients/c11e0000-0000-4000-8000-000000000005").Want(404)
	created(c, apitest.Acme, "customer", "Harbor Clinic")
}

func TestATrailingSlashBeforeTheVersion(t *testing.T) {
	t.Parallel()
	apitest.Start(t).Partner().Delete("/tenants/" + sunset + "/?version=2").Want(204)
}

func TestRestoringBringsBackWhatTheDeletionTook(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	change(c, nightWard, obj{"enabled": false}).Want(200)
	c.Delete("/tenants/" + nightWard + "?version=2").Want(204)
	deleted(c, apitest.Harbor)
	if got := c.Post("/tenants/"+apitest.Harbor+"/restore", nil).Want(204); len(got.Body) != 0 {
		t.Errorf("restore answered a body: %s", got.Body)
	}
	a := c.Get("/tenants/" + apitest.Harbor).Want(200)
	if a.Value("/enabled") != false || a.Value("/deleted_at") != nil || a.Text("/name") != "Harbor Clinic" {
		t.Errorf("restored: %s, want it disabled, not deleted, under its name", a.Body)
	}
	c.Get("/tenants/" + radiology).Want(200)
	c.Get("/tenants/" + elenasOwn).Want(200)
	c.Get("/tenants/" + nightWard).Want(404) // was deleted before
	change(c, apitest.Harbor, obj{"enabled": true}).Want(200)
	srv.Basic("elena.rivera@harbor-clinic.example", password).Get("/tenants/" + apitest.Harbor).Want(200)
}

func TestRestoresThatARuleForbids(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	restore := func(id string) *apitest.Answer { return srv.Partner().Post("/tenants/"+id+"/restore", nil) }
	restore(apitest.Harbor).Refused(404, 404)
	restore(apitest.NoSuchID).Refused(404, 404)
	restore(globex).Refused(403, 1002)
	restore("a1000000-0000-4000-8000-000000000008").Refused(400, 1027) // the personal tenant of a deleted user
	srv.Basic(viewer, password).Post("/tenants/"+oldMill+"/restore", nil).Refused(403, 1002)

	deleted(srv.Partner(), apitest.Harbor)
	restore(radiology).Want(409) // its parent is deleted
}

func TestATakenNameNeedsForce(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	created(c, apitest.Acme, "customer", "OLD mill hotel")
	c.Post("/tenants/"+oldMill+"/restore", nil).Refused(409, 1004)
	c.Get("/tenants/" + oldMill).Want(404)
	c.Post("/tenants/"+oldMill+"/restore?force=true", nil).Want(204)
	if got := c.Get("/tenants/" + oldMill).Want(200).Text("/name"); got != "Old Mill Hotel_1" {
		t.Errorf("name after a forced restore = %q, want a postfix", got)
	}
}

func TestATakenLoginNeedsForce(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	login := "manager@old-mill-hotel.example"
	c.Post("/users", obj{"tenant_id": birch, "login": login, "contact": obj{"email": login}}).Want(200)
	c.Post("/tenants/"+oldMill+"/restore", nil).Want(409)
	c.Post("/tenants/"+oldMill+"/restore?force=1", nil).Want(204)
	user := "b0000000-0000-4000-8000-000000000016"
	if got := c.Get("/users/" + user).Want(200).Text("/login"); got == login {
		t.Errorf("login after a forced restore = %q, want a postfix", got)
	}
}

func TestVersionsOnlyRise(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	last := int64(0)
	rises := func(step string) {
		t.Helper()
		v := version(c, sunset)
		if v <= last {
			t.Errorf("version after %s = %d, want more than %d", step, v, last)
		}
		last = v
	}
	rises("nothing")
	c.Delete(fmt.Sprintf("/tenants/%s?version=%d", sunset, last)).Want(204)
	rises("deletion")
	c.Post("/tenants/"+sunset+"/restore", nil).Want(204)
	rises("restore")
}
