package idp_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

func bearerForm(assertion, scope string) string {
	return url.Values{
		"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {assertion}, "scope": {scope},
	}.Encode()
}

func narrowingTo(id model.TenantID) string { return "urn:acronis.com:tenant-id:" + string(id) }

func TestNarrowing(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	base := w.tokens(api+":secret", "grant_type=client_credentials").text("access_token")
	advance(time.Hour)(w)
	r := w.request(http.MethodPost, w.url+"/api/2/idp/token", bearerForm(base, narrowingTo(clinic)))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer "+base) // as callers send it
	a := w.do(r)
	if a.Status != http.StatusOK || a.JSON["expires_in"] != float64(3600) || a.JSON["refresh_token"] != nil {
		t.Fatalf("got %d %s, want tokens for the rest of the hour", a.Status, a.Body)
	}
	_, old := w.read(base)
	_, claims := w.read(a.text("access_token"))
	want := map[string]any{
		"aud": old["aud"], "iss": w.url, "sub": api, "client_id": api, "owner_tuid": string(acme), "sub_type": "api_client",
		"ver": float64(2), "jti": claims["jti"], "iat": float64(w.box.Clock.Now().Unix()), "exp": old["exp"],
		"narrowing": []any{[]any{narrowingTo(clinic)}}, "scope": access(string(clinic), "3", partnerRoles...),
	}
	if diff := cmp.Diff(want, claims); diff != "" {
		t.Errorf("access token (-want +got):\n%s", diff)
	}
	if a.text("id_token") == "" || a.text("scope") != narrowingTo(clinic) {
		t.Errorf("id token %q, scope %q", a.text("id_token"), a.text("scope"))
	}
}

func TestNarrowedTokenReachesNoFurther(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	base := w.tokens(api+":secret", "grant_type=client_credentials").text("access_token")
	narrow := w.tokens("", bearerForm(base, narrowingTo(clinic))).text("access_token")
	w.refused(w.form("token", "", bearerForm(narrow, narrowingTo(acme))), 403, "invalid_scope")
	w.refused(w.form("token", "", bearerForm(narrow, narrowingTo(depot))), 403, "invalid_scope")
	for name, scope := range map[string]string{"as it is": "", "with a plain word": "openid", "once more": narrowingTo(clinic)} {
		_, claims := w.read(w.tokens("", bearerForm(narrow, scope)).text("access_token"))
		if diff := cmp.Diff([]any{[]any{narrowingTo(clinic)}}, claims["narrowing"]); diff != "" {
			t.Errorf("%s: narrowing (-want +got):\n%s", name, diff)
		}
	}
	_, claims := w.read(w.tokens("", bearerForm(narrow, narrowingTo(clinicCare))).text("access_token"))
	if diff := cmp.Diff(access(string(clinicCare), "11", partnerRoles...), claims["scope"]); diff != "" {
		t.Errorf("narrowed twice (-want +got):\n%s", diff)
	}
}

func TestNarrowedTokenDiesWithItsParent(t *testing.T) {
	t.Parallel()
	for name, kill := range map[string]func(w *world, base string){
		"by revocation": func(w *world, base string) { w.form("revoke_token", api+":secret", "token="+base) },
		"by time":       func(w *world, _ string) { advance(time.Hour)(w) },
		"by its client": func(w *world, _ string) { w.disableClient(api) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startPeople(t)
			base := w.tokens(api+":secret", "grant_type=client_credentials").text("access_token")
			advance(time.Hour)(w)
			child := w.tokens("", bearerForm(base, narrowingTo(clinic))).text("access_token")
			grandchild := w.tokens("", bearerForm(child, narrowingTo(clinicCare))).text("access_token")
			for _, token := range []string{child, grandchild} {
				if got := w.caller(token); got != api {
					t.Fatalf("before: the token is for %q, want %q", got, api)
				}
			}
			kill(w, base)
			for _, token := range []string{child, grandchild} {
				if got := w.caller(token); got != "" {
					t.Errorf("the token still works for %q", got)
				}
			}
		})
	}
}

func TestRevokingANarrowedTokenLeavesItsParent(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	base := w.tokens(api+":secret", "grant_type=client_credentials").text("access_token")
	child := w.tokens("", bearerForm(base, narrowingTo(clinic))).text("access_token")
	w.form("revoke_token", api+":secret", "token="+child)
	if got := w.caller(child) + w.caller(base); got != api {
		t.Errorf("after revoking the narrowed token: got %q, want the parent alone", got)
	}
}

func TestBearerIsRefused(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	tokens := w.tokens(api+":secret", "grant_type=client_credentials&scope=offline_access")
	base := tokens.text("access_token")
	for name, tt := range map[string]struct {
		basic, form string
		status      int
		code        string
	}{
		"without an assertion":      {"", "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer", 400, "invalid_request"},
		"an empty assertion":        {"", bearerForm("", ""), 400, "invalid_request"},
		"nonsense":                  {"", bearerForm("nonsense", ""), 400, "invalid_grant"},
		"nonsense with dots":        {"", bearerForm("a.b.c", ""), 400, "invalid_grant"},
		"an id token":               {"", bearerForm(tokens.text("id_token"), ""), 400, "invalid_grant"},
		"a refresh token":           {"", bearerForm(tokens.text("refresh_token"), ""), 400, "invalid_grant"},
		"an unknown registration":   {"", bearerForm("AAAA-BBBB-CCCC", ""), 400, "invalid_grant"},
		"a tenant beside":           {"", bearerForm(base, narrowingTo(strict)), 403, "invalid_scope"},
		"an unknown tenant":         {"", bearerForm(base, narrowingTo(model.TenantID(uuid(99)))), 403, "invalid_scope"},
		"no tenant":                 {"", bearerForm(base, narrowingTo("")), 403, "invalid_scope"},
		"two tenants":               {"", bearerForm(base, narrowingTo(clinic)+" "+narrowingTo(acme)), 403, "invalid_scope"},
		"a scope that it lacks":     {"", bearerForm(base, "urn:acronis.com::account-server::root_admin"), 403, "invalid_scope"},
		"a client's wrong secret":   {api + ":wrong", bearerForm(base, ""), 401, "invalid_client"},
		"a confidential client, id": {"", bearerForm(base, "") + "&client_id=" + api, 401, "invalid_client"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := w.of(t)
			w.refused(w.form("token", tt.basic, tt.form), tt.status, tt.code)
		})
	}
}

// registrationToken puts one into the world.
func (w *world) registrationToken(tenant model.TenantID, scopes ...string) string {
	w.t.Helper()
	const code = "3F2A-9C1D-7B40"
	w.change(func(tx *state.Tx) {
		tx.PutRegistrationToken(&model.RegistrationToken{
			ID: 1, Code: code, TenantID: tenant, Scopes: scopes, CreatedAt: tx.Now(), ExpiresAt: tx.Now().Add(72 * time.Hour),
		})
	})
	return code
}

func TestRegistrationTokenExchange(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	policy := "urn:acronis.com::policy_management:" + string(clinicCare) + "|" + uuid(170) + ":apply_revoke"
	code := w.registrationToken(clinicCare, openAgent, policy)
	advance(time.Hour)(w)
	a := w.tokens("", "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion="+code)
	if diff := cmp.Diff(map[string]any{
		"access_token": a.JSON["access_token"], "id_token": a.JSON["id_token"], "token_type": "bearer", "scope": nil,
		"expires_in": float64(71 * 3600), "expires_on": float64(w.box.Clock.Now().Add(71 * time.Hour).Unix()),
	}, a.JSON); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
	_, claims := w.read(a.text("access_token"))
	want := map[string]any{
		"aud": []any{w.host()}, "iss": w.url, "sub": string(carer), "uid": string(carer), "ver": float64(2), "jti": claims["jti"],
		"iat": float64(w.box.Clock.Now().Unix()), "exp": a.JSON["expires_on"],
		"scope": []any{
			map[string]any{"tid": "11", "tuid": string(clinicCare), "role": "backup_agent_admin"},
			map[string]any{"tid": "11", "tuid": string(clinicCare), "role": "apply_revoke", "rn": "policy_management", "rp": uuid(170)},
		},
	}
	if diff := cmp.Diff(want, claims); diff != "" {
		t.Errorf("access token (-want +got):\n%s", diff)
	}
	for range 2 { // any number of machines
		if got := w.caller(w.tokens("", bearerForm(code, openAgent)).text("access_token")); got != string(carer) {
			t.Errorf("the token is for %q, want %q", got, carer)
		}
	}
	w.refused(w.form("token", "", bearerForm(code, narrowingTo(clinic))), 403, "invalid_scope")
	if in := w.introspected(a.text("access_token"), ""); in.JSON["active"] != true || len(in.JSON["scope"].([]any)) != 2 {
		t.Errorf("introspection: got %s, want the two scopes", in.Body)
	}
	narrow := w.tokens("", bearerForm(a.text("access_token"), narrowingTo(clinicCare)))
	if _, claims := w.read(narrow.text("access_token")); len(claims["scope"].([]any)) != 2 {
		t.Errorf("narrowed to its own tenant: got %v, want the two scopes", claims["scope"])
	}
	advance(71 * time.Hour)(w)
	w.refused(w.form("token", "", bearerForm(code, "")), 400, "invalid_grant")
	if got := w.caller(a.text("access_token")); got != "" {
		t.Errorf("after the end the token still works for %q", got)
	}
}

func TestRegistrationInATenantOfNobodys(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	a := w.tokens("", bearerForm(w.registrationToken(clinic, openAgent), ""))
	_, claims := w.read(a.text("access_token"))
	if claims["sub"] != string(clinic) || claims["uid"] != nil || claims["client_id"] != nil {
		t.Errorf("claims: got %v, want the tenant as the subject", claims)
	}
	if in := w.introspected(a.text("access_token"), ""); in.JSON["active"] != true || in.JSON["sub"] != string(clinic) {
		t.Errorf("introspection: got %s", in.Body)
	}
	w.flat(w.approval(a.text("access_token"), "?code=BBBB-BBBB", ""), 403, "access_denied")
	w.changeTenant(clinic, func(t *model.Tenant) { t.Enabled = false })
	if in := w.introspected(a.text("access_token"), ""); in.Body != `{"active":false}` {
		t.Errorf("with the tenant disabled: got %s", in.Body)
	}
	w.refused(w.form("token", "", bearerForm("3F2A-9C1D-7B40", "")), 400, "invalid_grant")
}

func TestRegistrationForADisabledUser(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	code := w.registrationToken(clinicCare, openAgent)
	w.disableUser(carer)
	w.refused(w.form("token", "", bearerForm(code, "")), 400, "invalid_grant")
}

func TestMD5Password(t *testing.T) {
	t.Parallel()
	sum := model.MD5Hex("open sesame")
	const grant = "grant_type=md5_password&username=admin&password="
	runRows(t, map[string]row{
		"in small letters":            {"", grant + sum, 200, "", string(admin), nil},
		"in capitals":                 {"", grant + strings.ToUpper(sum), 200, "", string(admin), nil},
		"with a client":               {api + ":secret", grant + sum, 200, "", string(admin), nil},
		"with offline_access":         {"", grant + sum + "&scope=offline_access", 200, "", string(admin), "offline_access"},
		"the password itself":         {"", grant + pass, 401, "invalid_grant", "", nil},
		"of another password":         {"", grant + model.MD5Hex("no"), 401, "invalid_grant", "", nil},
		"of an unknown login":         {"", strings.Replace(grant, "admin", "nobody", 1) + sum, 401, "invalid_grant", "", nil},
		"of a user not activated":     {"", strings.Replace(grant, "admin", "fresh", 1) + sum, 401, "invalid_grant", "", nil},
		"of a disabled user":          {"", strings.Replace(grant, "admin", "leaver", 1) + sum, 401, "invalid_grant", "", nil},
		"without a password":          {"", "grant_type=md5_password&username=admin", 400, "invalid_request", "", nil},
		"without a username":          {"", "grant_type=md5_password&password=" + sum, 400, "invalid_request", "", nil},
		"with a wrong client secret":  {api + ":wrong", grant + sum, 401, "invalid_client", "", nil},
		"with a scope that it lacks":  {"", grant + sum + "&scope=urn:acronis.com::account-server::root_admin", 403, "invalid_scope", "", nil},
		"the sum for the other grant": {"", "grant_type=password&username=admin&password=" + sum, 401, "invalid_grant", "", nil},
	})
}
