package mock

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/model"
)

// An Actor is who a client of a test acts for: an API client, a user, or a user by way of a client.
type Actor struct {
	Client string // client id
	User   string // id or login
}

// Actors of the demo world.
var (
	Partner      = Actor{Client: "c11e0000-0000-4000-8000-000000000001"} // administrator of the partner "Acme MSP"
	Root         = Actor{Client: "c11e0000-0000-4000-8000-000000000002"} // may do everything
	PartnerAdmin = Actor{User: "admin@acme-msp.example"}                 // a user, administrator of the partner
)

// Client is an HTTP client that acts for the actor: it sends a bearer token, which is made without a login and made anew
// when the world's clock has left it behind, or a Reset has taken it away. An actor that may not act ends the test.
func (s *Sandbox) Client(t T, a Actor) *http.Client {
	t.Helper()
	b := &bearer{sandbox: s, actor: a}
	if _, err := b.token(t.Context()); err != nil {
		t.Fatalf("a token for %+v: %v", a, err)
	}
	return &http.Client{Transport: b}
}

// bearer adds the token to each request that has no credentials of its own.
type bearer struct {
	sandbox *Sandbox
	actor   Actor

	mu      sync.Mutex
	current string
	expires time.Time // of the world's clock
	resets  int64     // of the sandbox when the token was made
}

// RoundTrip sends the request with the token.
func (b *bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Header.Get("Authorization") == "" {
		token, err := b.token(r.Context())
		if err != nil {
			return nil, err
		}
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return b.sandbox.host.transport.RoundTrip(r)
}

func (b *bearer) token(ctx context.Context) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	resets := b.sandbox.resets.Load()
	if b.current != "" && resets == b.resets && b.sandbox.Now().Before(b.expires) {
		return b.current, nil
	}
	m := auth.Mint{Client: model.ClientID(b.actor.Client), User: b.actor.User, Issuer: b.sandbox.URL}
	token, claims, err := b.sandbox.host.srv.keys.Mint(ctx, b.sandbox.world.State, m)
	if err != nil {
		return "", err
	}
	b.current, b.expires, b.resets = token, time.Unix(claims.ExpiresAt, 0), resets
	return token, nil
}
