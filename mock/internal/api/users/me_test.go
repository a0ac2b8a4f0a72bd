package users_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestMeAsUser(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	for name, me := range map[string]*apitest.Client{
		"by Basic": srv.Basic("elena.rivera@harbor-clinic.example", "Passw0rd!"),
		"by token": srv.Bearer(srv.UserToken("elena.rivera@harbor-clinic.example", "Passw0rd!")),
	} {
		t.Run(name, func(t *testing.T) {
			a := me.In(t).Get("/users/me").Want(200)
			checkMembers(t, a, obj{
				"id": userNo(3), "login": "elena.rivera@harbor-clinic.example", "tenant_id": apitest.Harbor,
				"tenant_kind": "customer", "tenant_pricing_model": "production", "terms_accepted": true,
				"brand_id": "b4a2d000-0000-4000-8000-000000000001", "login_totp_time": nil, "activated": true,
				"access_policies": []any{}, "origin_id": nil, "origin_external_id": nil, "disable_after": nil,
				"session_mfa_status": "passed_or_not_required", "mfa_status": "disabled",
				"personal_tenant_id": "a1000000-0000-4000-8000-000000000003", "business_types": []any{"buyer"},
			})
		})
	}
}

func TestMeAsClient(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	a := srv.Bearer(srv.ClientToken(apitest.PartnerClient, apitest.PartnerSecret)).Get("/users/me").Want(200)
	checkMembers(t, a, obj{
		"id": apitest.PartnerClient, "login": apitest.PartnerClient, "tenant_id": apitest.Acme, "tenant_kind": "partner",
		"tenant_pricing_model": "production", "activated": true, "enabled": true, "version": json.Number("1"),
		"personal_tenant_id": nil, "notifications": []any{}, "business_types": []any{}, "mfa_status": "disabled",
	})
	if got := a.Text("/contact/email"); got != "" {
		t.Errorf("a client's e-mail: got %q, want none", got)
	}
}

func TestMeNeedsCredentials(t *testing.T) {
	t.Parallel()
	apitest.Start(t).Nobody().Get("/users/me").Want(401)
}

func checkMembers(t *testing.T, a *apitest.Answer, want obj) {
	t.Helper()
	for name, value := range want {
		if diff := cmp.Diff(value, a.Value("/"+name)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
