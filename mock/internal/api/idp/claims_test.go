package idp_test

import (
	"encoding/json"
	"net/url"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/auth"
)

// read verifies a token by the published keys and returns its header and claims.
func (w *world) read(token string) (header jose.Header, claims map[string]any) {
	w.t.Helper()
	var keys jose.JSONWebKeySet
	if err := json.Unmarshal([]byte(w.get("/api/2/idp/keys").Body), &keys); err != nil {
		w.t.Fatalf("read the keys: %v", err)
	}
	signed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		w.t.Fatalf("parse %q: %v", token, err)
	}
	payload, err := signed.Verify(keys)
	if err != nil {
		w.t.Fatalf("verify %q: %v", token, err)
	}
	if err := json.Unmarshal(payload, &claims); err != nil {
		w.t.Fatalf("decode %s: %v", payload, err)
	}
	return signed.Signatures[0].Header, claims
}

// times are the two claims that follow the clock.
func (w *world) times() (iat, exp float64) {
	now := w.box.Clock.Now().Truncate(time.Second)
	return float64(now.Unix()), float64(now.Add(2 * time.Hour).Unix())
}

func (w *world) host() string {
	u, err := url.Parse(w.url)
	if err != nil {
		w.t.Fatalf("parse the URL of the server: %v", err)
	}
	return u.Host
}

// access is the scope claim for account-server roles on acme.
func access(tenant string, num string, roles ...string) []any {
	var list []any
	for _, role := range roles {
		list = append(list, map[string]any{"tid": num, "tuid": tenant, "role": role, "rn": "account-server"})
	}
	return list
}

var partnerRoles = []string{
	"partner_admin", "tenant_admin", "tenant_viewer", "user_admin", "oauth2_client_admin", "managed_clients_admin",
	"security_groups_admin", "security_groups_viewer", "custom_role_manager", "custom_role_viewer",
}

func TestClaimsOfAClient(t *testing.T) {
	t.Parallel()
	w := start(t)
	a := w.tokens(poster+":secret", "grant_type=client_credentials")
	header, claims := w.read(a.text("access_token"))
	iat, exp := w.times()
	want := map[string]any{
		"aud": []any{poster, w.host()}, "iss": w.url, "sub": poster, "client_id": poster, "owner_tuid": string(acme),
		"sub_type": "api_client", "origin": "origin", "ver": float64(2), "jti": claims["jti"], "iat": iat, "exp": exp,
		"scope": access(string(acme), "2", partnerRoles...),
	}
	if diff := cmp.Diff(want, claims); diff != "" {
		t.Errorf("access token (-want +got):\n%s", diff)
	}
	if typ, nri := header.ExtraHeaders[jose.HeaderType], header.ExtraHeaders["nri"]; typ != auth.TypeAccess || nri != nil || header.KeyID == "" {
		t.Errorf("access token header: typ %v, nri %v, kid %q", typ, nri, header.KeyID)
	}

	header, id := w.read(a.text("id_token"))
	want = map[string]any{
		"aud": poster, "iss": w.url, "sub": poster, "name": nil, "email": nil,
		"ver": float64(2), "jti": claims["jti"], "iat": iat, "exp": exp,
	}
	if diff := cmp.Diff(want, id); diff != "" {
		t.Errorf("id token (-want +got):\n%s", diff)
	}
	if typ := header.ExtraHeaders[jose.HeaderType]; typ != auth.TypeID {
		t.Errorf("id token header: typ %v", typ)
	}
}

func TestClaimsOfAUser(t *testing.T) {
	t.Parallel()
	w := start(t)
	const form = "grant_type=password&username=admin&password=" + pass
	a := w.tokens("", form)
	_, claims := w.read(a.text("access_token"))
	iat, exp := w.times()
	scope := append(access(string(acme), "2", partnerRoles...),
		map[string]any{"tid": "2", "tuid": string(acme), "role": "protection_admin", "rn": "backup"})
	want := map[string]any{
		"aud": []any{w.host()}, "iss": w.url, "sub": string(admin), "uid": string(admin),
		"ver": float64(2), "jti": claims["jti"], "iat": iat, "exp": exp, "scope": scope,
	}
	if diff := cmp.Diff(want, claims); diff != "" {
		t.Errorf("access token (-want +got):\n%s", diff)
	}
	_, id := w.read(a.text("id_token"))
	want = map[string]any{
		"aud": w.host(), "iss": w.url, "sub": string(admin), "uid": string(admin), "name": "Ada Min",
		"email": "admin@acme.example", "ver": float64(2), "jti": claims["jti"], "iat": iat, "exp": exp,
	}
	if diff := cmp.Diff(want, id); diff != "" {
		t.Errorf("id token (-want +got):\n%s", diff)
	}

	_, claims = w.read(w.tokens(api+":secret", form).text("access_token"))
	delete(claims, "scope")
	want = map[string]any{
		"aud": []any{api, w.host()}, "iss": w.url, "sub": string(admin), "uid": string(admin), "client_id": api,
		"owner_tuid": string(acme), "ver": float64(2), "jti": claims["jti"], "iat": iat, "exp": exp,
	}
	if diff := cmp.Diff(want, claims); diff != "" {
		t.Errorf("access token through a client (-want +got):\n%s", diff)
	}
}

func TestUserWithoutRolesHoldsNothing(t *testing.T) {
	t.Parallel()
	w := start(t)
	_, claims := w.read(w.tokens("", "grant_type=password&username=twin&password="+pass).text("access_token"))
	if diff := cmp.Diff([]any{}, claims["scope"]); diff != "" {
		t.Errorf("scope claim (-want +got):\n%s", diff)
	}
}

func TestIntrospectionCanBeRenounced(t *testing.T) {
	t.Parallel()
	w := start(t)
	const form = "grant_type=client_credentials&not_required_introspection="
	for value, want := range map[string]any{"true": float64(1), "1": float64(1), "false": nil} {
		header, claims := w.read(w.tokens(api+":secret", form+value).text("access_token"))
		if got := header.ExtraHeaders["nri"]; got != want {
			t.Errorf("%s%s: got nri %v, want %v", form, value, got, want)
		}
		if list, _ := claims["scope"].([]any); len(list) != len(partnerRoles) {
			t.Errorf("%s%s: the scope claim has %d entries, want %d", form, value, len(list), len(partnerRoles))
		}
	}
	w.refused(w.form("token", api+":secret", form+"perhaps"), 400, "invalid_request")
}

func TestTokenNarrowsToATenant(t *testing.T) {
	t.Parallel()
	w := start(t)
	narrowing := "urn:acronis.com:tenant-id:" + string(clinic)
	form := "grant_type=client_credentials&scope=offline_access+" + url.QueryEscape(narrowing)
	a := w.tokens(api+":secret", form)
	for what, token := range map[string]string{
		"first":     a.text("access_token"),
		"refreshed": w.tokens(api+":secret", refreshForm(a.text("refresh_token"))).text("access_token"),
	} {
		_, claims := w.read(token)
		if diff := cmp.Diff([]any{[]any{narrowing}}, claims["narrowing"]); diff != "" {
			t.Errorf("%s: narrowing claim (-want +got):\n%s", what, diff)
		}
		if diff := cmp.Diff(access(string(clinic), "3", partnerRoles...), claims["scope"]); diff != "" {
			t.Errorf("%s: scope claim (-want +got):\n%s", what, diff)
		}
	}
}
