package idp_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDiscovery(t *testing.T) {
	t.Parallel()
	w := start(t)
	idp := w.url + "/api/2/idp/"
	methods := []any{"client_secret_basic", "client_secret_post", "none"}
	want := map[string]any{
		"issuer":                                w.url,
		"authorization_endpoint":                idp + "authorize",
		"token_endpoint":                        idp + "token",
		"jwks_uri":                              idp + "keys",
		"revocation_endpoint":                   idp + "revoke_token",
		"introspection_endpoint":                idp + "introspect_token",
		"device_authorization_endpoint":         idp + "device_authorization",
		"end_session_endpoint":                  idp + "logout",
		"response_types_supported":              []any{"code"},
		"subject_types_supported":               []any{"public"},
		"id_token_signing_alg_values_supported": []any{"RS256"},
		"scopes_supported":                      []any{"openid", "profile", "email", "offline_access"},
		"claims_supported":                      []any{"aud", "email", "exp", "iat", "iss", "jti", "name", "sub", "uid", "ver"},
		"grant_types_supported": []any{
			"authorization_code", "client_credentials", "md5_password", "password", "refresh_token",
			"urn:ietf:params:oauth:grant-type:device_code", "urn:ietf:params:oauth:grant-type:jwt-bearer",
		},
		"code_challenge_methods_supported":           []any{"S256"},
		"token_endpoint_auth_methods_supported":      methods,
		"revocation_endpoint_auth_methods_supported": methods,
	}
	for _, path := range []string{"/.well-known/openid-configuration", "/api/2/.well-known/openid-configuration"} {
		a := w.get(path)
		if a.Status != http.StatusOK {
			t.Fatalf("GET %s: got %d, want 200: %s", path, a.Status, a.Body)
		}
		if diff := cmp.Diff(want, a.JSON); diff != "" {
			t.Errorf("GET %s (-want +got):\n%s", path, diff)
		}
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	w := start(t)
	a := w.get("/api/2/idp/keys")
	if a.Status != http.StatusOK || strings.Contains(a.Body, `"d":`) {
		t.Fatalf("keys: got %d %s, want 200 and public keys alone", a.Status, a.Body)
	}
	keys, _ := a.JSON["keys"].([]any)
	if len(keys) != 1 {
		t.Fatalf("keys: got %d, want 1: %s", len(keys), a.Body)
	}
	key, _ := keys[0].(map[string]any)
	want := map[string]any{"kty": "RSA", "use": "sig", "alg": "RS256", "e": "AQAB", "kid": key["kid"], "n": key["n"]}
	if diff := cmp.Diff(want, key); diff != "" {
		t.Errorf("key (-want +got):\n%s", diff)
	}
}

func TestLocator(t *testing.T) {
	t.Parallel()
	w := start(t)
	for path, want := range map[string]string{
		"/api/1/accounts?login=admin":  `{"server_url":"` + w.url + `"}`,
		"/api/1/accounts?login=FRESH+": `{"server_url":"` + w.url + `"}`,
	} {
		if a := w.get(path); a.Status != http.StatusOK || a.Body != want {
			t.Errorf("GET %s: got %d %s, want 200 %s", path, a.Status, a.Body, want)
		}
	}
	for path, want := range map[string]int{"/api/1/accounts?login=nobody": 404, "/api/1/accounts": 400} {
		a := w.get(path)
		if _, enveloped := a.JSON["error"].(map[string]any); a.Status != want || !enveloped {
			t.Errorf("GET %s: got %d %s, want %d in the API's envelope", path, a.Status, a.Body, want)
		}
	}
}
