package auth

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
	"github.com/tenantry/tenantry/openapi"
)

// SessionCookie is the name of the session cookie, which the vendor does not publish.
const SessionCookie = "session"

// seenTokens is how many verified tokens are remembered. One takes some kilobytes.
const seenTokens = 4096

// Auth resolves credentials. It is safe for concurrent use.
type Auth struct {
	keys *Keys
	seen *seen
}

// New makes one for the keys that sign the tokens of all worlds.
func New(keys *Keys) *Auth { return &Auth{keys: keys, seen: newSeen(seenTokens)} }

// Identify finds out who makes the request, and keeps a refusal for Require.
func (a *Auth) Identify(next op.Handler) op.Handler {
	return func(ctx context.Context, ex *op.Exchange) error {
		ex.Actor, ex.Refused = a.actor(ctx, ex)
		return next(ctx, ex)
	}
}

// actor is nil without an error where there are no credentials.
func (a *Auth) actor(ctx context.Context, ex *op.Exchange) (*model.Actor, error) {
	v := ex.World.State.View(ctx)
	header := ex.Request.Header.Get("Authorization")
	param := accessTokenParam(ex.Request.URL)
	scheme, rest, _ := strings.Cut(header, " ")
	switch {
	case header != "" && param != "":
		return nil, &model.Error{
			Kind: model.Invalid, Reason: "invalid_request", Message: "Bad Request",
			Info: "the access token is sent twice: use either the Authorization header or the access_token parameter",
		}
	case param != "":
		return a.bearer(v, param)
	case strings.EqualFold(scheme, "bearer"):
		return a.bearer(v, strings.TrimSpace(rest))
	case strings.EqualFold(scheme, "basic"):
		return basic(ctx, v, ex)
	case header != "":
		return nil, unauthorized("the Authorization header has a scheme that is not known; use Bearer or Basic")
	}
	if cookie, err := ex.Request.Cookie(SessionCookie); err == nil {
		return session(v, cookie.Value)
	}
	return nil, nil
}

func accessTokenParam(u *url.URL) string {
	if !strings.Contains(u.RawQuery, "access_token=") {
		return ""
	}
	return u.Query().Get("access_token")
}

func (a *Auth) bearer(v *state.View, token string) (*model.Actor, error) {
	t, err := a.Token(v, token)
	if err != nil {
		return nil, err
	}
	actor, err := HolderOf(v, t)
	if err != nil {
		return nil, err
	}
	actor.Via, actor.Token = model.ViaBearer, t
	return actor, nil
}

// narrow keeps what the grants allow on one tenant and below (wire facts, idp 2.3, jwt-bearer).
func narrow(v *state.View, grants []model.Grant, to model.TenantID) []model.Grant {
	var kept []model.Grant
	for _, g := range grants {
		if v.Open(g.Tenant, to, false) {
			g.Tenant = to
			kept = append(kept, g)
		}
	}
	return kept
}

// Token finds the live row of an access token of the world. The signature is verified at the first sight.
func (a *Auth) Token(v *state.View, token string) (*model.Token, error) {
	s, ok := a.sight(token)
	if !ok {
		return nil, refusedToken(a.keys.why(token))
	}
	t, ok := s.issue.row(v)
	if !ok || !t.ExpiresAt.After(v.Now()) {
		return nil, refusedToken(whyRow(v, token))
	}
	return t, nil
}

// ActorOf is the user or client as an actor with its grants, if it may act now.
func ActorOf(v *state.View, user model.UserID, client model.ClientID) (*model.Actor, error) {
	if user != "" {
		return userActor(v, user)
	}
	c, ok := state.Clients.Get(v, client)
	if !ok || c.Deleted() || c.Disabled || !v.Active(c.TenantID) {
		return nil, unauthorized("the client %q is not known, or it or its tenant is disabled", client)
	}
	return &model.Actor{Client: c, Tenant: c.TenantID, Grants: v.ClientGrants(c)}, nil
}

func userActor(v *state.View, id model.UserID) (*model.Actor, error) {
	u, ok := state.Users.Get(v, id)
	if !ok || u.Deleted() || !u.Enabled || !v.Active(u.TenantID) {
		return nil, unauthorized("the user %q is not known, or it or its tenant is disabled", id)
	}
	return &model.Actor{User: u, Tenant: u.TenantID, Grants: v.UserGrants(u)}, nil
}

func unauthorized(format string, args ...any) error {
	e := &model.Error{}
	_ = errors.As(model.Errorf(model.Unauthenticated, "unauthorized", format, args...), &e)
	e.Info, e.Message = e.Message, "Unauthorized"
	e.Header = map[string]string{"WWW-Authenticate": `Bearer error="invalid_token"`}
	return e
}

// Require is the gate of an operation's security.
func Require(next op.Handler) op.Handler {
	return func(ctx context.Context, ex *op.Exchange) error {
		sec := ex.Operation.Security
		if sec.Public {
			if ex.Refused != nil {
				ex.Actor = nil // who needs no credentials is not refused for bad ones
			}
			return next(ctx, ex)
		}
		if err := authenticated(ex); err != nil {
			ex.Cause = op.CauseAuth
			return err
		}
		if err := authorized(ex); err != nil {
			ex.Cause = op.CauseScope
			return err
		}
		return next(ctx, ex)
	}
}

func authenticated(ex *op.Exchange) error {
	sec := ex.Operation.Security
	if ex.Refused != nil {
		return ex.Refused
	}
	if ex.Actor == nil {
		return challenge("Method required an authenticated user; send one of: "+kinds(ex.Operation.Security), "Bearer")
	}
	if !takes(&sec, ex.Actor.Via) {
		return challenge("this operation does not take "+kindNames[ex.Actor.Via]+"; send one of: "+kinds(sec), "Bearer")
	}
	return nil
}

// takes reports whether an operation lists a kind of credentials.
func takes(sec *openapi.Security, via string) bool {
	switch via {
	case model.ViaBearer:
		return sec.Bearer
	case model.ViaBasic:
		return sec.Basic
	case model.ViaCookie:
		return sec.Cookie
	}
	return false
}

var kindNames = map[string]string{
	model.ViaBearer: "an OAuth 2.0 bearer token", model.ViaBasic: "HTTP Basic credentials", model.ViaCookie: "a session cookie",
}

func challenge(info, scheme string) error {
	return &model.Error{
		Kind: model.Unauthenticated, Reason: "unauthorized", Message: "Unauthorized", Info: info,
		Header: map[string]string{"WWW-Authenticate": scheme},
	}
}

func authorized(ex *op.Exchange) error {
	scopes := ex.Operation.Security.Scopes
	if len(scopes) == 0 {
		return nil
	}
	short := make([]string, len(scopes))
	for i, s := range scopes {
		short[i] = model.ShortScope(s)
	}
	if ex.Actor.Roots = ex.Actor.Allowed(short); len(ex.Actor.Roots) > 0 {
		return nil
	}
	return &model.Error{
		Kind: model.Forbidden, Platform: model.CodeAccessDenied, Reason: "insufficient_scope", Message: "Access denied",
		Info:   "this operation needs one of the scopes: " + strings.Join(scopes, ", "),
		Header: map[string]string{"WWW-Authenticate": `Bearer error="insufficient_scope"`},
	}
}
