package mfa_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestExemption(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	api.Put(tenantMFA(apitest.Harbor), on(true)).Want(200)
	before := api.Get("/users/" + elenaID).Int("/version")

	if body := api.Put(userMFA(elenaID), on(false)).Want(200).Body; len(body) > 0 {
		t.Errorf("PUT user MFA: got the body %s, want none", body)
	}
	user := api.Get("/users/" + elenaID)
	if user.Text("/mfa_status") != "forcibly_disabled" || user.Int("/version") != before+1 {
		t.Errorf("exempted: the user does not show it under the next version: %s", user.Body)
	}
	srv.Basic(elena, apitest.AdminPassword).Get("/users/me").Want(200)
	if got := statusOf(api, leadID); got != "setup_required" {
		t.Errorf("another user: got %s, want setup_required", got)
	}

	api.Put(userMFA(elenaID), on(false)).Want(200)
	if got := api.Get("/users/" + elenaID).Int("/version"); got != before+1 {
		t.Errorf("exempted twice: got version %d, want %d", got, before+1)
	}
	api.Put(userMFA(elenaID), on(true)).Want(200)
	if got := statusOf(api, elenaID); got != "setup_required" {
		t.Errorf("no longer exempted: got %s, want setup_required", got)
	}
	srv.Basic(elena, apitest.AdminPassword).Get("/users/me").Refused(401, 1000)
}

func TestExemptionWhereTheTenantHasNoSecondFactor(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	for _, step := range []struct {
		enabled bool
		want    string
	}{{true, "disabled"}, {false, "forcibly_disabled"}, {true, "disabled"}} {
		api.Put(userMFA(elenaID), on(step.enabled)).Want(200)
		if got := statusOf(api, elenaID); got != step.want {
			t.Errorf("enabled %v: got %s, want %s", step.enabled, got, step.want)
		}
	}
}

func TestAnExemptedUserSetsUpAnew(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	api.Put(userMFA(enrolledID), on(true)).Want(200)
	if got := statusOf(api, enrolledID); got != "enabled" {
		t.Errorf("enabling a user who has it: got %s, want enabled", got)
	}
	api.Put(userMFA(enrolledID), on(false)).Want(200)
	api.Put(userMFA(enrolledID), on(true)).Want(200)
	if got := statusOf(api, enrolledID); got != "setup_required" {
		t.Errorf("after an exemption: got %s, want setup_required", got)
	}
	if diff := cmp.Diff(counted("enabled", 2, 0, true), read(t, api.Get(tenantMFA(keystone)))); diff != "" {
		t.Errorf("the tenant mismatch (-want +got):\n%s", diff)
	}
}

func TestUserRefusals(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	for name, tt := range map[string]struct {
		id           string
		status, code int
	}{
		"an unknown user":           {apitest.NoSuchID, 404, 404},
		"a deleted user":            {goneID, 404, 404},
		"what is no id":             {"elena", 404, 404},
		"a tenant's id":             {apitest.Harbor, 404, 404},
		"a user of another partner": {globexID, 403, 1002},
		"a user of a closed tenant": {vaultAdminID, 403, 1002},
	} {
		t.Run(name, func(t *testing.T) { api.In(t).Put(userMFA(tt.id), on(false)).Refused(tt.status, tt.code) })
	}
	api.Put(userMFA(elenaID), obj{}).Refused(400, 400)
	api.Put(userMFA(elenaID), obj{"enabled": 7}).Refused(400, 400)
	srv.Basic(viewer, apitest.AdminPassword).Put(userMFA(elenaID), on(false)).Refused(403, 1002)
}
