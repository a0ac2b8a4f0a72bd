package idp_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

func TestOAuth2ClientCredentials(t *testing.T) {
	t.Parallel()
	for name, style := range map[string]oauth2.AuthStyle{
		"in the header": oauth2.AuthStyleInHeader, "in the form": oauth2.AuthStyleInParams, "found out": oauth2.AuthStyleAutoDetect,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			cfg := clientcredentials.Config{
				ClientID: api, ClientSecret: "secret", TokenURL: w.url + "/api/2/idp/token", AuthStyle: style, Scopes: []string{"openid"},
			}
			token, err := cfg.Token(t.Context())
			if err != nil {
				t.Fatalf("Token: %v", err)
			}
			if !token.Valid() || token.TokenType != "bearer" || token.Expiry.Sub(w.box.Clock.Now()) < time.Hour {
				t.Errorf("Token: got %q until %v, want bearer for two hours", token.TokenType, token.Expiry)
			}
			resp, err := cfg.Client(t.Context()).Get(w.url + "/whoami")
			if err != nil {
				t.Fatalf("call with the token: %v", err)
			}
			defer func() { _ = resp.Body.Close() }()
			if resp.StatusCode != http.StatusOK {
				t.Errorf("call with the token: got %d, want 200", resp.StatusCode)
			}
		})
	}
}

func TestOAuth2Refusal(t *testing.T) {
	t.Parallel()
	w := start(t)
	cfg := clientcredentials.Config{ClientID: api, ClientSecret: "wrong", TokenURL: w.url + "/api/2/idp/token"}
	_, err := cfg.Token(t.Context())
	refusal := &oauth2.RetrieveError{}
	if !errors.As(err, &refusal) || refusal.ErrorCode != "invalid_client" || refusal.ErrorDescription == "" {
		t.Errorf("Token with a wrong secret: got %v, want invalid_client", err)
	}
}

func TestOAuth2PasswordAndRefresh(t *testing.T) {
	t.Parallel()
	for name, cfg := range map[string]oauth2.Config{
		"with a client in the header": {ClientID: api, ClientSecret: "secret", Endpoint: oauth2.Endpoint{AuthStyle: oauth2.AuthStyleInHeader}},
		"with a client in the form":   {ClientID: poster, ClientSecret: "secret", Endpoint: oauth2.Endpoint{AuthStyle: oauth2.AuthStyleInParams}},
		"without a client, in header": {Endpoint: oauth2.Endpoint{AuthStyle: oauth2.AuthStyleInHeader}},
		"without a client, in form":   {Endpoint: oauth2.Endpoint{AuthStyle: oauth2.AuthStyleInParams}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			cfg.Endpoint.TokenURL = w.url + "/api/2/idp/token"
			cfg.Scopes = []string{oidc.ScopeOpenID, oidc.ScopeOfflineAccess}
			first, err := cfg.PasswordCredentialsToken(t.Context(), "admin", "open sesame")
			if err != nil {
				t.Fatalf("PasswordCredentialsToken: %v", err)
			}
			if got := w.caller(first.AccessToken); got != string(admin) {
				t.Fatalf("the token is for %q, want %q", got, admin)
			}
			expired := *first
			expired.Expiry = time.Unix(1, 0)
			source := cfg.TokenSource(t.Context(), &expired)
			next, err := source.Token()
			if err != nil {
				t.Fatalf("refresh: %v", err)
			}
			if next.AccessToken == first.AccessToken || next.RefreshToken == first.RefreshToken {
				t.Error("the refresh changed nothing")
			}
			if got := w.caller(next.AccessToken); got != string(admin) {
				t.Errorf("the refreshed token is for %q, want %q", got, admin)
			}
		})
	}
}

func TestOIDCVerifiesTheTokens(t *testing.T) {
	t.Parallel()
	w := start(t)
	provider, err := oidc.NewProvider(t.Context(), w.url)
	if err != nil {
		t.Fatalf("NewProvider: %v", err)
	}
	cfg := oauth2.Config{ClientID: api, ClientSecret: "secret", Endpoint: provider.Endpoint(), Scopes: []string{oidc.ScopeOpenID}}
	token, err := cfg.PasswordCredentialsToken(t.Context(), "admin", "open sesame")
	if err != nil {
		t.Fatalf("PasswordCredentialsToken: %v", err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := verify(t.Context(), provider, raw)
	if err != nil {
		t.Fatalf("verify the id token: %v", err)
	}
	var claims struct{ Name, Email string }
	if err := id.Claims(&claims); err != nil {
		t.Fatalf("claims: %v", err)
	}
	if id.Subject != string(admin) || claims.Name != "Ada Min" || claims.Email != "admin@acme.example" {
		t.Errorf("id token: got %q %+v, want admin, Ada Min", id.Subject, claims)
	}
	if _, err := verify(t.Context(), provider, token.AccessToken); err != nil {
		t.Errorf("verify the access token by the keys: %v", err)
	}
}

func verify(ctx context.Context, p *oidc.Provider, token string) (*oidc.IDToken, error) {
	return p.VerifierContext(ctx, &oidc.Config{ClientID: api}).Verify(ctx, token)
}
