package idp_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/model"
)

func (w *world) mint(m auth.Mint) (string, *auth.Claims) {
	w.t.Helper()
	keys, err := auth.DevelopmentKeys()
	if err != nil {
		w.t.Fatal(err)
	}
	m.Issuer = w.url
	token, claims, err := keys.Mint(w.t.Context(), w.box.State, m)
	if err != nil {
		w.t.Fatalf("Mint(%+v): %v", m, err)
	}
	return token, claims
}

// claimsOf are what a token says, without what tells two tokens apart.
func (w *world) claimsOf(token string) *auth.Claims {
	w.t.Helper()
	keys, err := auth.DevelopmentKeys()
	if err != nil {
		w.t.Fatal(err)
	}
	c, ok := keys.Claims(token)
	if !ok {
		w.t.Fatalf("%q is no token", token)
	}
	return &auth.Claims{
		Audience: c.Audience, Issuer: c.Issuer, Subject: c.Subject, User: c.User, Client: c.Client, Owner: c.Owner,
		SubjectType: c.SubjectType, Origin: c.Origin, Version: c.Version, IssuedAt: c.IssuedAt, ExpiresAt: c.ExpiresAt,
		Narrowing: c.Narrowing, Scope: c.Scope,
	}
}

func TestAMintedTokenIsLikeAnIssuedOne(t *testing.T) {
	t.Parallel()
	w := start(t)
	for name, tt := range map[string]struct {
		basic, form string
		mint        auth.Mint
	}{
		"of a client":           {api + ":secret", "grant_type=client_credentials", auth.Mint{Client: model.ClientID(api)}},
		"of a user":             {"", "grant_type=password&username=admin&password=" + pass, auth.Mint{User: "admin"}},
		"of a user by a client": {api + ":secret", "grant_type=password&username=admin&password=" + pass, auth.Mint{User: string(admin), Client: model.ClientID(api)}},
		"narrowed to a tenant": {
			api + ":secret", "grant_type=client_credentials&scope=" + auth.NarrowingScope + string(clinic),
			auth.Mint{Client: model.ClientID(api), Tenant: clinic},
		},
	} {
		minted, _ := w.mint(tt.mint)
		issued := w.tokens(tt.basic, tt.form).text("access_token")
		if diff := cmp.Diff(w.claimsOf(issued), w.claimsOf(minted), cmp.AllowUnexported(auth.Claims{})); diff != "" {
			t.Errorf("%s (-issued +minted):\n%s", name, diff)
		}
	}
}

func TestNarrowingAMintedTokenGivesNoScopeBack(t *testing.T) {
	t.Parallel()
	w := start(t)
	few, _ := w.mint(auth.Mint{Client: model.ClientID(api), Scopes: []string{"account-server::tenant_viewer"}})
	form := "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=" + few + "&scope=" + auth.NarrowingScope + string(clinic)
	narrowed := w.claimsOf(w.tokens("", form).text("access_token"))
	if len(narrowed.Scope) != 1 || narrowed.Scope[0].Role != "tenant_viewer" || narrowed.Scope[0].Tenant != clinic {
		t.Errorf("scope: %+v, want tenant_viewer on the clinic alone", narrowed.Scope)
	}
	if who := w.caller(few); who != api {
		t.Errorf("the minted token is for %q", who)
	}
}
