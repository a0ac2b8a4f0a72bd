package auth_test

import (
	"bytes"
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/fixtures"
	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
	"github.com/tenantry/tenantry/openapi"
)

// Of the demo world.
const (
	issuer        = "http://mock.example"
	acme          = "a0000000-0000-4000-8000-000000000001"
	harbor        = "a0000000-0000-4000-8000-000000000002"
	partnerClient = "c11e0000-0000-4000-8000-000000000001"
	adminLogin    = "admin@acme-msp.example"
)

// A gate is the demo world with what stands before its operations.
type gate struct {
	t    testing.TB
	keys *auth.Keys
	auth *auth.Auth
	box  *sandbox.World
	doc  *openapi.Document
}

func newGate(t testing.TB) *gate {
	t.Helper()
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	noon := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	clock := det.NewVirtual(func() time.Time { return noon })
	w, err := state.NewMemory(state.Config{ID: "gate", Clock: clock, Source: det.NewSource(1, "gate")}, func(tx *state.Tx) error {
		text, err := fixtures.Source("demo")
		if err != nil {
			return err
		}
		return fixtures.Stream(bytes.NewReader(text), "demo.yaml", fixtures.Env{Now: tx.Now(), NewID: tx.UUID}, tx.Fill)
	})
	if err != nil {
		t.Fatal(err)
	}
	keys := keysFor(t)
	return &gate{t: t, keys: keys, auth: auth.New(keys), box: &sandbox.World{ID: "gate", State: w, Clock: clock}, doc: doc}
}

// try is how a request for a user with the token ends: 200 and the actor, 401 or 403.
func (g *gate) try(token string) (int, *model.Actor) {
	g.t.Helper()
	o, _ := g.doc.Operation("getUser")
	req := httptest.NewRequestWithContext(g.t.Context(), o.Method, "/", nil)
	req.Header.Set("Authorization", "Bearer "+token)
	ex := &op.Exchange{Operation: o, World: g.box, Request: req}
	var let *model.Actor
	in := func(_ context.Context, ex *op.Exchange) error {
		let, ex.Reply.Status = ex.Actor, 200
		return nil
	}
	if err := op.Chain(in, g.auth.Identify, auth.Require)(g.t.Context(), ex); err != nil {
		ex.Fail(err)
	}
	return ex.Reply.Status, let
}

func (g *gate) mint(m auth.Mint) (string, *auth.Claims) {
	g.t.Helper()
	m.Issuer = issuer
	token, claims, err := g.keys.Mint(g.t.Context(), g.box.State, m)
	if err != nil {
		g.t.Fatalf("Mint(%+v): %v", m, err)
	}
	return token, claims
}

func TestAMintedTokenWorksAtOnce(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	admin, _ := g.box.State.View(t.Context()).UserByLogin(adminLogin)
	for name, m := range map[string]auth.Mint{
		"of a client":             {Client: partnerClient},
		"of a user by id":         {User: string(admin.ID)},
		"of a user by login":      {User: adminLogin},
		"of a user by a client":   {User: adminLogin, Client: partnerClient},
		"narrowed to a tenant":    {Client: partnerClient, Tenant: harbor},
		"for one scope":           {Client: partnerClient, Scopes: []string{"account-server::tenant_viewer"}},
		"for one scope, as URN":   {Client: partnerClient, Scopes: []string{"urn:acronis.com::account-server::tenant_viewer"}},
		"for whom it may concern": {Client: partnerClient, Audience: []string{"somebody"}, TTL: time.Minute},
	} {
		token, claims := g.mint(m)
		status, actor := g.try(token)
		if status != 200 || actor == nil {
			t.Errorf("%s: %d", name, status)
			continue
		}
		if actor.ID() != claims.Subject || claims.Issuer != issuer || claims.Client != m.Client {
			t.Errorf("%s: acts as %s, the claims say %+v", name, actor.ID(), claims)
		}
		if read, ok := g.keys.Claims(token); !ok || cmp.Diff(claims.Scope, read.Scope) != "" {
			t.Errorf("%s: the token says %+v, not %+v", name, read, claims)
		}
	}
}

func TestAMintedTokenCarriesWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	token, claims := g.mint(auth.Mint{
		Client: partnerClient, Tenant: harbor, Scopes: []string{"account-server::tenant_viewer", "account-server::user_admin"}, TTL: time.Minute,
	})
	roles := map[string]model.TenantID{}
	for _, a := range claims.Scope {
		roles[a.Role] = a.Tenant
	}
	if diff := cmp.Diff(map[string]model.TenantID{"tenant_viewer": harbor, "user_admin": harbor}, roles); diff != "" {
		t.Errorf("scope (-want +got):\n%s", diff)
	}
	_, actor := g.try(token)
	want := []model.Grant{{Tenant: harbor, Scopes: []string{"account-server::tenant_viewer", "account-server::user_admin"}}}
	if diff := cmp.Diff(want, actor.Grants); diff != "" {
		t.Errorf("grants (-want +got):\n%s", diff)
	}
	if err := g.box.Clock.Advance(time.Minute); err != nil {
		t.Fatal(err)
	}
	if status, _ := g.try(token); status != 401 {
		t.Errorf("a minute later: %d", status)
	}
}

func TestABrokenTokenIsRefused(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	for _, broken := range auth.Breakages() {
		token, claims := g.mint(auth.Mint{Client: partnerClient, Broken: broken})
		want := 401
		if broken == auth.MissingScope {
			want = 403
		}
		if status, _ := g.try(token); status != want {
			t.Errorf("%s: %d, want %d", broken, status, want)
		}
		now := g.box.Clock.Now().Unix()
		_, known := g.keys.Claims(token)
		for what, wrong := range map[string]bool{
			"a time":      (claims.ExpiresAt <= now) != (broken == auth.Expired) || (claims.NotBefore > now) != (broken == auth.NotYetValid),
			"an issuer":   (claims.Issuer != issuer) != (broken == auth.WrongIssuer),
			"an audience": (claims.Audience[0] != partnerClient) != (broken == auth.WrongAudience),
			"a signature": known == (broken == auth.BadSignature || broken == auth.UnknownKey),
			"a scope":     (len(claims.Scope) == 0) != (broken == auth.MissingScope),
		} {
			if wrong {
				t.Errorf("%s: %s is not what it should be: %+v", broken, what, claims)
			}
		}
	}
}

func TestABrokenTokenIsNeverTheNextOne(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	dead, _ := g.mint(auth.Mint{Client: partnerClient, Broken: auth.Revoked})
	live, _ := g.mint(auth.Mint{Client: partnerClient})
	if status, _ := g.try(live); status != 200 || live == dead {
		t.Errorf("the next token: %d, the same one: %v", status, live == dead)
	}
	if status, _ := g.try(dead); status != 401 {
		t.Errorf("the revoked token, once another one is there: %d", status)
	}
}

func TestWhatCannotBeMinted(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	for name, tt := range map[string]struct {
		mint auth.Mint
		want string // in the refusal
	}{
		"for nobody":              {auth.Mint{}, "needs a user, a client, or both"},
		"for an unknown user":     {auth.Mint{User: "nobody"}, `user "nobody" does not exist`},
		"for an unknown client":   {auth.Mint{Client: harbor}, `client "` + harbor + `" does not exist`},
		"in an unknown tenant":    {auth.Mint{Client: partnerClient, Tenant: partnerClient}, `tenant "` + partnerClient + `" does not exist`},
		"above the own tenant":    {auth.Mint{Client: partnerClient, Tenant: "a0000000-0000-4000-8000-000000000000"}, "not within reach"},
		"with a scope it lacks":   {auth.Mint{Client: partnerClient, Scopes: []string{"account-server::root_admin"}}, "does not hold the scope"},
		"broken in another way":   {auth.Mint{Client: partnerClient, Broken: "bent"}, "use one of: expired, wrong_issuer"},
		"for a negative time":     {auth.Mint{Client: partnerClient, TTL: -time.Second}, "lifetime"},
		"with scopes and without": {auth.Mint{Client: partnerClient, Scopes: []string{"x"}, Broken: auth.MissingScope}, "leave them out"},
	} {
		tt.mint.Issuer = issuer
		token, _, err := g.keys.Mint(t.Context(), g.box.State, tt.mint)
		refusal := &model.Error{}
		if !errors.As(err, &refusal) || !strings.Contains(err.Error(), tt.want) || token != "" {
			t.Errorf("%s: %v, want a refusal with %q", name, err, tt.want)
		}
	}
}

func TestWhoMayNotActGetsNoToken(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	err := g.box.State.Update(t.Context(), func(tx *state.Tx) error {
		c, err := tx.LiveClient(partnerClient)
		if err != nil {
			return err
		}
		off := *c
		off.Disabled = true
		tx.UpdateClient(&off)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = g.keys.Mint(t.Context(), g.box.State, auth.Mint{Client: partnerClient, Issuer: issuer})
	if err == nil || !strings.Contains(err.Error(), "disabled") {
		t.Errorf("a disabled client gets: %v", err)
	}
}
