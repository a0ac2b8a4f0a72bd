package idp_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/tenantry/tenantry/mock/internal/state"
)

func TestOIDCAuthorizationCodeWithPKCE(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		client, secret, back string
		style                oauth2.AuthStyle
	}{
		"a confidential client, in the header": {web, "secret", webBack, oauth2.AuthStyleInHeader},
		"a confidential client, in the form":   {web, "secret", webBack, oauth2.AuthStyleInParams},
		"a public client":                      {spa, "", spaBack, oauth2.AuthStyleInParams},
		"a public client, found out":           {spa, "", spaBack, oauth2.AuthStyleAutoDetect},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startPeople(t)
			provider, err := oidc.NewProvider(t.Context(), w.url)
			if err != nil {
				t.Fatalf("NewProvider: %v", err)
			}
			cfg := oauth2.Config{
				ClientID: tt.client, ClientSecret: tt.secret, RedirectURL: tt.back, Endpoint: provider.Endpoint(),
				Scopes: []string{oidc.ScopeOpenID, "profile", oidc.ScopeOfflineAccess},
			}
			cfg.Endpoint.AuthStyle = tt.style
			pkce := oauth2.GenerateVerifier()
			address := cfg.AuthCodeURL("the state", oidc.Nonce("the nonce"), oauth2.S256ChallengeOption(pkce))
			b := w.browser()
			back := b.goes(b.fill(b.follow(address), rightLogin), http.StatusSeeOther, tt.back)
			if back.Get("state") != "the state" {
				t.Errorf("state: got %q", back.Get("state"))
			}
			token, err := cfg.Exchange(t.Context(), back.Get("code"), oauth2.VerifierOption(pkce))
			if err != nil {
				t.Fatalf("Exchange: %v", err)
			}
			raw, _ := token.Extra("id_token").(string)
			id, err := provider.Verifier(&oidc.Config{ClientID: tt.client}).Verify(t.Context(), raw)
			if err != nil {
				t.Fatalf("Verify: %v", err)
			}
			if id.Nonce != "the nonce" || id.Subject != string(admin) {
				t.Errorf("id token: nonce %q of %q, want the nonce of %q", id.Nonce, id.Subject, admin)
			}
			token.Expiry = time.Unix(1, 0)
			next, err := cfg.TokenSource(t.Context(), token).Token()
			if err != nil || w.caller(next.AccessToken) != string(admin) {
				t.Errorf("refresh: got a token for %q (%v), want %q", w.caller(next.AccessToken), err, admin)
			}
			_, err = cfg.Exchange(t.Context(), back.Get("code"), oauth2.VerifierOption(pkce))
			if refusal := (&oauth2.RetrieveError{}); !errors.As(err, &refusal) || refusal.ErrorCode != "invalid_grant" {
				t.Errorf("Exchange once more: got %v, want invalid_grant", err)
			}
		})
	}
}

// direct answers requests without a network, so that waiting costs no time.
type direct struct {
	world *world
	after func(n int) // is told of the number of each answered request
	n     int
}

func (d *direct) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	rec := httptest.NewRecorder()
	d.world.ServeHTTP(rec, r)
	d.n++
	d.after(d.n)
	return rec.Result(), nil
}

// deviceFlow runs the device flow of x/oauth2; each answered request is told to after.
func deviceFlow(t *testing.T, after func(w *world, n int)) (token *oauth2.Token, took time.Duration, err error) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := assemble(t)
		w.change(addPeople)
		w.box.Clock.Resume()
		const cloud = "http://cloud.example/api/2/idp/"
		cfg := oauth2.Config{ClientID: spa, Scopes: []string{openAgent}, Endpoint: oauth2.Endpoint{
			DeviceAuthURL: cloud + "device_authorization", TokenURL: cloud + "token", AuthStyle: oauth2.AuthStyleInParams,
		}}
		network := &direct{world: w, after: func(n int) { after(w, n) }}
		ctx := context.WithValue(t.Context(), oauth2.HTTPClient, &http.Client{Transport: network})
		begun := w.box.Clock.Now()
		device, failure := cfg.DeviceAuth(ctx)
		if failure != nil {
			t.Fatalf("DeviceAuth: %v", failure)
		}
		token, err = cfg.DeviceAccessToken(ctx, device)
		took = w.box.Clock.Now().Sub(begun)
	})
	return token, took, err
}

// decideOnAll sets the state of every device code, as a user would who sits elsewhere.
func decideOnAll(w *world, decision string) {
	w.change(func(tx *state.Tx) {
		for d := range state.DeviceCodes.All(tx) {
			changed := *d
			changed.State, changed.Tenant = decision, clinicCare
			tx.PutDeviceCode(&changed)
		}
	})
}

func TestOAuth2DeviceFlow(t *testing.T) {
	t.Parallel()
	token, took, err := deviceFlow(t, func(w *world, n int) {
		if n == 4 {
			decideOnAll(w, "approved")
		}
	})
	if err != nil || token.AccessToken == "" || took != 20*time.Second {
		t.Errorf("got %v, %v after %v, want a token with the fourth question, after 20s", token, err, took)
	}
}

func TestOAuth2DeviceFlowThatIsDenied(t *testing.T) {
	t.Parallel()
	_, _, err := deviceFlow(t, func(w *world, n int) {
		if n == 2 {
			decideOnAll(w, "denied")
		}
	})
	if refusal := (&oauth2.RetrieveError{}); !errors.As(err, &refusal) || refusal.ErrorCode != "access_denied" {
		t.Errorf("got %v, want access_denied", err)
	}
}

func TestOAuth2DeviceFlowThatNobodyAnswers(t *testing.T) {
	t.Parallel()
	_, took, err := deviceFlow(t, func(*world, int) {})
	if err == nil || took < 10*time.Minute-5*time.Second || took > 10*time.Minute {
		t.Errorf("got %v after %v, want an error after ten minutes", err, took)
	}
}

func TestOAuth2DeviceFlowIsSlowedDown(t *testing.T) {
	t.Parallel()
	_, took, err := deviceFlow(t, func(w *world, n int) {
		if n != 2 {
			return
		}
		w.change(func(tx *state.Tx) {
			for d := range state.DeviceCodes.All(tx) {
				impatient := *d
				impatient.Interval = 6 * time.Second // the library asks after five, and is told to slow down
				tx.PutDeviceCode(&impatient)
			}
		})
	})
	if err == nil || took > 10*time.Minute {
		t.Errorf("got %v after %v, want an error by the end of the code", err, took)
	}
}
