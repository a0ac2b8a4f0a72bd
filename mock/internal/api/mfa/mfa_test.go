package mfa_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestTenantStatus(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	for name, tt := range map[string]struct {
		id   string
		want progress
	}{
		"a partner counts its own users and those of its folders": {apitest.Acme, counted("disabled", 3, 0, true)},
		"a customer those of its units, who can log in":           {apitest.Harbor, counted("disabled", 7, 0, true)},
		"a unit cannot be switched":                               {radiology, counted("disabled", 3, 0, false)},
		"nor can a folder":                                        {north, counted("disabled", 1, 0, false)},
		"who has set it up is counted":                            {keystone, counted("enabled", 2, 1, true)},
		"a locked tenant cannot be switched by others":            {pinned, counted("disabled", 1, 0, false)},
		"the switch of a closed tenant is its ancestor's too":     {vault, counted("disabled", 1, 0, true)},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, read(t, api.In(t).Get(tenantMFA(tt.id)))); diff != "" {
				t.Errorf("GET %s mismatch (-want +got):\n%s", tenantMFA(tt.id), diff)
			}
		})
	}
}

func TestSwitching(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	before := api.Get("/tenants/" + apitest.Harbor).Int("/version")
	// A token from before lives on; the next login with the password alone fails.
	token := srv.UserToken(elena, apitest.AdminPassword)

	if diff := cmp.Diff(counted("enabled", 7, 0, true), read(t, api.Put(tenantMFA(apitest.Harbor), on(true)))); diff != "" {
		t.Errorf("switched on mismatch (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(counted("enabled", 3, 0, false), read(t, api.Get(tenantMFA(radiology)))); diff != "" {
		t.Errorf("the unit mismatch (-want +got):\n%s", diff)
	}
	tenant := api.Get("/tenants/" + apitest.Harbor)
	if tenant.Text("/mfa_status") != "enabled" || tenant.Int("/version") != before+1 {
		t.Errorf("the tenant does not show it under its next version: %s", tenant.Body)
	}
	for _, user := range []string{elenaID, leadID} {
		if got := statusOf(api, user); got != "setup_required" {
			t.Errorf("user %s: got %s, want setup_required", user, got)
		}
	}
	srv.Basic(elena, apitest.AdminPassword).Get("/users/me").Refused(401, 1000)
	srv.Bearer(token).Get("/users/me").Want(200)

	api.Put(tenantMFA(apitest.Harbor), on(true)).Want(200)
	if got := api.Get("/tenants/" + apitest.Harbor).Int("/version"); got != before+1 {
		t.Errorf("switching on twice took the version to %d, want %d", got, before+1)
	}
	if diff := cmp.Diff(counted("disabled", 7, 0, true), read(t, api.Put(tenantMFA(apitest.Harbor), on(false)))); diff != "" {
		t.Errorf("switched off mismatch (-want +got):\n%s", diff)
	}
	if got := statusOf(api, elenaID); got != "disabled" {
		t.Errorf("switched off: user is %s", got)
	}
	srv.Basic(elena, apitest.AdminPassword).Get("/users/me").Want(200)
}

func TestASubPartnerIsAnotherOrganization(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	api.Put(tenantMFA(apitest.Acme), on(true)).Want(200)
	for id, want := range map[string]string{north: "enabled", birch: "disabled", apitest.Harbor: "disabled"} {
		if got := read(t, api.Get(tenantMFA(id))).Status; got != want {
			t.Errorf("tenant %s: got %s, want %s", id, got, want)
		}
	}
}

func TestWhoMaySwitch(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	as := func(login string) *apitest.Client { return srv.Basic(login, apitest.AdminPassword) }
	as(viewer).Get(tenantMFA(apitest.Harbor)).Want(200)
	as(viewer).Put(tenantMFA(apitest.Harbor), on(true)).Refused(403, 1002)
	as(lead).Put(tenantMFA(radiology), on(true)).Refused(403, 1002)
	as(lead).Get(tenantMFA(apitest.Harbor)).Refused(403, 1002)
	as(pharmacist).Put(tenantMFA(pinned), on(false)).Want(200)
	as(elena).Put(tenantMFA(apitest.Acme), on(false)).Refused(403, 1002)
	srv.Root().Put(tenantMFA(apitest.RootTenant), on(true)).Want(200)
	srv.Nobody().Get(tenantMFA(apitest.Harbor)).Want(401)
	as(elena).Put(tenantMFA(apitest.Harbor), on(true)).Want(200) // and locks herself out until she sets it up
}

func TestTenantRefusals(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	for name, tt := range map[string]struct {
		id           string
		status, code int
	}{
		"a unit":             {radiology, 400, 1027},
		"a folder":           {north, 400, 1027},
		"a locked tenant":    {pinned, 403, 1012},
		"another partner":    {globex, 403, 1002},
		"an unknown tenant":  {apitest.NoSuchID, 404, 404},
		"a deleted tenant":   {oldMill, 404, 404},
		"what is no id":      {"harbor", 404, 404},
		"the id of a person": {elenaID, 404, 404},
	} {
		t.Run(name, func(t *testing.T) { api.In(t).Put(tenantMFA(tt.id), on(true)).Refused(tt.status, tt.code) })
	}
	api.Get(tenantMFA(globex)).Refused(403, 1002)
	api.Get(tenantMFA(oldMill)).Refused(404, 404)
	api.Put(tenantMFA(apitest.Harbor), obj{}).Refused(400, 400)
	api.Put(tenantMFA(apitest.Harbor), obj{"enabled": "perhaps"}).Refused(400, 400)
}
