package auth

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// A Mint says which access token is wanted, and for whom: a user, a client, or a user by way of a client.
type Mint struct {
	User   string         // id or login
	Client model.ClientID // that got the token
	Tenant model.TenantID // narrows the token to the tenant and what is below it; "": no limit
	Scopes []string       // of the holder's scopes these alone, as URN or namespace::role; nil: all

	TTL      time.Duration // 0: two hours
	Issuer   string        // the URL that is dialled
	Audience []string      // nil: the client and the host of the issuer
	Broken   Broken        // what is wrong with the token
}

// Broken is what is wrong with a token.
type Broken string

// Broken tokens. The API refuses the one without scopes with 403 where an operation asks for a scope, all others with 401.
const (
	Sound         Broken = ""
	Expired       Broken = "expired"
	WrongIssuer   Broken = "wrong_issuer"
	WrongAudience Broken = "wrong_audience"
	BadSignature  Broken = "bad_signature"
	UnknownKey    Broken = "unknown_kid"
	MissingScope  Broken = "missing_scope"
	NotYetValid   Broken = "not_yet_valid"
	Revoked       Broken = "revoked"
)

// Breakages are all the ways in which a token can be broken.
func Breakages() []Broken {
	return []Broken{Expired, WrongIssuer, WrongAudience, BadSignature, UnknownKey, MissingScope, NotYetValid, Revoked}
}

// maxTTL bounds what is asked for; a token of a year outlives every test.
const maxTTL = 366 * 24 * time.Hour

// Mint makes an access token for any user or client that may act, without asking for credentials. It works at once, as
// one that was issued does, and its claims are what it says. A user, client or tenant that is not there, or that may not
// act, a scope that the holder lacks and a breakage that is none are refusals.
func (k *Keys) Mint(ctx context.Context, w *state.World, m Mint) (token string, claims *Claims, err error) {
	if err := m.check(); err != nil {
		return "", nil, err
	}
	err = w.Update(ctx, func(tx *state.Tx) error {
		claims, err = m.issue(tx)
		return err
	})
	if err != nil {
		return "", nil, err
	}
	if token, err = m.sign(k, claims); err != nil {
		return "", nil, err
	}
	return token, claims, nil
}

func (m *Mint) check() error {
	switch {
	case m.Broken != Sound && !slices.Contains(Breakages(), m.Broken):
		return model.Errorf(model.Invalid, "unknown_breakage", "a token cannot be broken by %q; use one of: %s", m.Broken, breakageNames())
	case m.TTL < 0 || m.TTL > maxTTL || m.TTL%time.Second != 0:
		return model.Errorf(model.Invalid, "invalid_ttl", "the lifetime %v is not in whole seconds up to %v", m.TTL, maxTTL)
	case m.Issuer == "":
		return model.Errorf(model.Invalid, "no_issuer", "a token needs an issuer: the URL that is dialled")
	case m.User == "" && m.Client == "":
		return model.Errorf(model.Invalid, "no_holder", "a token needs a user, a client, or both")
	case m.Broken == MissingScope && len(m.Scopes) > 0:
		return model.Errorf(model.Invalid, "scopes_and_none", "a token that lacks every scope cannot have scopes; leave them out")
	}
	return nil
}

func breakageNames() string {
	names := make([]string, 0, len(Breakages()))
	for _, b := range Breakages() {
		names = append(names, string(b))
	}
	return strings.Join(names, ", ")
}

// issue makes the row and the claims. A row is written even for a token that is not to work, and removed again: the
// sequence moves on, so that no later token is the same one.
func (m *Mint) issue(tx *state.Tx) (*Claims, error) {
	actor, err := m.holder(tx.View)
	if err != nil {
		return nil, err
	}
	t := NewToken(tx)
	if m.TTL > 0 {
		t.ExpiresAt = t.IssuedAt.Add(m.TTL)
	}
	if actor.User != nil {
		t.User = actor.User.ID
	}
	t.Client, t.Narrowed = m.Client, m.Tenant
	t.Limited = len(m.Scopes) > 0 || m.Broken == MissingScope
	for _, s := range m.Scopes {
		t.Only = append(t.Only, model.ShortScope(s))
	}
	tx.PutToken(t)
	if m.Broken != Sound && m.Broken != MissingScope {
		tx.RemoveToken(t.ID)
	}
	claims := ClaimsOf(tx.View, m.Issuer, actor, t)
	m.disturb(claims)
	return claims, nil
}

// holder is who the token is for, within the tenant and with the scopes that were asked for.
func (m *Mint) holder(v *state.View) (*model.Actor, error) {
	id, err := m.userID(v)
	if err != nil {
		return nil, err
	}
	if m.Client != "" {
		if _, err := v.LiveClient(m.Client); err != nil {
			return nil, err
		}
	}
	actor, err := ActorOf(v, id, m.Client)
	if err != nil {
		return nil, model.Errorf(model.Invalid, "holder_disabled", "no token can be made: %v", err)
	}
	grants := actor.Grants
	if m.Tenant != "" {
		if _, err := v.LiveTenant(m.Tenant); err != nil {
			return nil, err
		}
		if grants = narrow(v, grants, m.Tenant); len(grants) == 0 {
			return nil, model.Errorf(model.Invalid, "tenant_out_of_reach", "tenant %q is not within reach of %q", m.Tenant, actor.ID())
		}
	}
	for _, s := range m.Scopes {
		if !slices.ContainsFunc(grants, func(g model.Grant) bool { return slices.Contains(g.Scopes, model.ShortScope(s)) }) {
			return nil, model.Errorf(model.Invalid, "scope_not_held", "%q does not hold the scope %q", actor.ID(), s)
		}
	}
	return actor, nil
}

func (m *Mint) userID(v *state.View) (model.UserID, error) {
	if m.User == "" {
		return "", nil
	}
	if u, err := v.LiveUser(model.UserID(m.User)); err == nil {
		return u.ID, nil
	}
	if u, ok := v.UserByLogin(m.User); ok {
		return u.ID, nil
	}
	return "", model.Missing("user", m.User)
}

// disturb gives the claims what was asked for, or what breaks them.
func (m *Mint) disturb(c *Claims) {
	life := c.ExpiresAt - c.IssuedAt
	if len(m.Audience) > 0 {
		c.Audience = m.Audience
	}
	switch m.Broken {
	case Expired: // a minute ago, which is more than clients allow for clocks that differ
		c.ExpiresAt = c.IssuedAt - 60
		c.IssuedAt = c.ExpiresAt - life
	case WrongIssuer:
		c.Issuer = "https://issuer.invalid"
	case WrongAudience:
		c.Audience = []string{"audience.invalid"}
	case NotYetValid:
		c.IssuedAt += 3600
		c.NotBefore, c.ExpiresAt = c.IssuedAt, c.IssuedAt+life
	default: // the claims are sound
	}
}

func (m *Mint) sign(k *Keys, c *Claims) (string, error) {
	var header map[string]any
	if m.Broken == UnknownKey {
		header = map[string]any{"kid": det.FormatUUID([16]byte{15: 1})}
	}
	token, err := k.SignClaims(TypeAccess, c, header)
	if err == nil && m.Broken == BadSignature {
		token = spoil(token)
	}
	return token, err
}
