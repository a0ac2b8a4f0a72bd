package idp_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

const (
	clinicAdmin    = "b0000000-0000-4000-8000-000000000003"
	clinicLogin    = "elena.rivera@harbor-clinic.example"
	clinicClient   = "c11e0000-0000-4000-8000-000000000005"
	clinicSecret   = "5ec2eb5ec2eb5ec2eb5ec2eb5ec2eb5e"
	clinicPassword = "Passw0rd!"
)

// works reports whether the token opens an operation.
func works(t *testing.T, srv *apitest.Server, token string) bool {
	t.Helper()
	a := srv.Bearer(token).Get("/tenants/" + apitest.Harbor)
	if a.Status != http.StatusOK && a.Status != http.StatusUnauthorized {
		t.Fatalf("GET the tenant: got %d: %s", a.Status, a.Body)
	}
	return a.Status == http.StatusOK
}

func TestServerKillsTokensAtOnce(t *testing.T) {
	t.Parallel()
	version := func(srv *apitest.Server, path string) int64 { return srv.Partner().Get(path).Want(200).Int("/version") }
	user := func(srv *apitest.Server) string { return srv.UserToken(clinicLogin, clinicPassword) }
	client := func(srv *apitest.Server) string { return srv.ClientToken(clinicClient, clinicSecret) }
	for name, tt := range map[string]struct {
		token func(*apitest.Server) string
		kill  func(*apitest.Server, string)
	}{
		"revocation": {client, func(srv *apitest.Server, token string) {
			srv.Basic(clinicClient, clinicSecret).Form("/idp/revoke_token", url.Values{"token": {token}}).Want(200)
		}},
		"revocation of a user's token": {user, func(srv *apitest.Server, token string) {
			srv.Nobody().Form("/idp/revoke_token", url.Values{"token": {token}}).Want(200)
		}},
		"two hours": {client, func(srv *apitest.Server, _ string) {
			if err := srv.Advance(2 * time.Hour); err != nil {
				t.Error(err)
			}
		}},
		"disabling the user": {user, func(srv *apitest.Server, _ string) {
			path := "/users/" + clinicAdmin
			srv.Partner().Put(path, map[string]any{"enabled": false, "version": version(srv, path)}).Want(200)
		}},
		"deleting the user": {user, func(srv *apitest.Server, _ string) {
			path := "/users/" + clinicAdmin
			srv.Partner().Delete(fmt.Sprintf("%s?version=%d", path, version(srv, path))).Want(204)
		}},
		"disabling the client": {client, func(srv *apitest.Server, _ string) {
			srv.Partner().Put("/clients/"+clinicClient, map[string]any{"status": "disabled"}).Want(200)
		}},
		"deleting the client": {client, func(srv *apitest.Server, _ string) {
			srv.Partner().Delete("/clients/" + clinicClient).Want(204)
		}},
		"disabling the tenant of a user":   {user, disableHarbor},
		"disabling the tenant of a client": {client, disableHarbor},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := apitest.Start(t)
			token := tt.token(srv)
			if !works(t, srv, token) {
				t.Fatal("the fresh token does not work")
			}
			tt.kill(srv, token)
			if works(t, srv, token) {
				t.Error("the token still works")
			}
		})
	}
}

func disableHarbor(srv *apitest.Server, _ string) {
	path := "/tenants/" + apitest.Harbor
	version := srv.Partner().Get(path).Want(200).Int("/version")
	srv.Partner().Put(path, map[string]any{"enabled": false, "version": version}).Want(200)
}

func TestServerShowsTheLastAccess(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	srv.ClientToken(clinicClient, clinicSecret)
	a := srv.Partner().Get("/clients/" + clinicClient).Want(200)
	if got := a.Text("/last_access_from_ip"); got != "127.0.0.1" {
		t.Errorf("last_access_from_ip: got %q, want 127.0.0.1", got)
	}
	if at, err := time.Parse(time.RFC3339, a.Text("/last_access_at")); err != nil || srv.Now().Sub(at) > time.Minute {
		t.Errorf("last_access_at: got %v (%v), want now", at, err)
	}
}

func TestServerRefusesOtherForms(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	a := srv.Nobody().Send("POST", "/idp/token", "application/json", []byte(`{"grant_type":"password"}`)).Want(415)
	if got := a.Text("/error"); got != "invalid_request" {
		t.Errorf("a JSON body: got error %q, want invalid_request in the flat envelope", got)
	}
	srv.Nobody().Get("/idp/token").Want(405)
	srv.Nobody().Get("/idp/keys").Want(200)
}

func TestServerWithStandardLibraries(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	provider, err := oidc.NewProvider(t.Context(), srv.URL)
	if err != nil {
		t.Fatalf("NewProvider: %v", err)
	}
	cfg := clientcredentials.Config{
		ClientID: apitest.PartnerClient, ClientSecret: apitest.PartnerSecret, TokenURL: provider.Endpoint().TokenURL, Scopes: []string{oidc.ScopeOpenID},
	}
	token, err := cfg.Token(t.Context())
	if err != nil {
		t.Fatalf("Token: %v", err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := provider.Verifier(&oidc.Config{ClientID: apitest.PartnerClient}).Verify(t.Context(), raw)
	if err != nil || id.Subject != apitest.PartnerClient {
		t.Errorf("verify the id token: %+v, %v", id, err)
	}
	resp, err := cfg.Client(t.Context()).Get(srv.URL + "/api/2/clients/" + apitest.PartnerClient)
	if err != nil {
		t.Fatalf("read the own client: %v", err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("read the own client: got %d, want 200", resp.StatusCode)
	}
}
