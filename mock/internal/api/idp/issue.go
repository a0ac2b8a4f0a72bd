package idp

import (
	"cmp"
	"context"
	"net"
	"net/http"
	"time"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// refreshLife is not published.
const refreshLife = 30 * 24 * time.Hour

// issue writes the rows of new tokens. They carry whole seconds, so that a row dies in the second that its token names.
func (p *provider) issue(ctx context.Context, tx *state.Tx, a *award, full bool) (*issued, error) {
	granted, err := a.granted(tx.View)
	if err != nil {
		return nil, err
	}
	t := a.token(tx, granted)
	out := &issued{keys: p.keys, full: full, answer: tokenOut{
		TokenType: "bearer", ExpiresOn: t.ExpiresAt.Unix(), ExpiresIn: int(t.ExpiresAt.Sub(t.IssuedAt).Seconds()), Scope: granted.text(),
	}}
	switch {
	case a.spent != nil:
		out.answer.RefreshToken = rotate(tx, a.spent)
	case granted.offline() && a.parent == nil && a.device == nil: // these end with what they come from
		out.answer.RefreshToken = putRefresh(tx, t, a.scope)
	}
	tx.PutToken(t)
	seen(ctx, tx, a.client)
	out.access = auth.ClaimsOf(tx.View, op.BaseURL(ctx), a.actor, t)
	out.id = auth.IDClaimsOf(out.access, a.actor)
	out.id.Nonce = a.nonce
	return out, nil
}

// granted is the scope of the tokens: what was asked for, or what a device was registered for.
func (a *award) granted(v *state.View) (*scope, error) {
	switch {
	case a.device == nil:
		return grantScope(v, a.actor, a.scope)
	case a.device.silent:
		return &scope{}, nil
	}
	return &scope{words: a.device.scopes}, nil
}

// token is the row of the access token.
func (a *award) token(tx *state.Tx, granted *scope) *model.Token {
	t := auth.NewToken(tx)
	t.Family, t.Narrowed, t.TOTPAt = cmp.Or(a.family, t.Family), granted.tenant, a.totpAt
	if a.actor.User != nil {
		t.User = a.actor.User.ID
	}
	if a.client != nil {
		t.Client = a.client.ID
	}
	if d := a.device; d != nil {
		t.Scopes, t.Device, t.ExpiresAt = d.scopes, d.tenant, d.until
	}
	if up := a.parent; up != nil {
		t.Parent, t.ExpiresAt, t.Scopes, t.Device = up.ID, up.ExpiresAt, up.Scopes, up.Device
		t.Narrowed = cmp.Or(t.Narrowed, up.Narrowed)
		t.Limited, t.Only = up.Limited, up.Only
	}
	if a.spent != nil {
		t.Family, t.TOTPAt = a.spent.Family, a.spent.TOTPAt
	}
	return t
}

// putRefresh makes the refresh token that is issued with t. Only its hash is kept.
func putRefresh(tx *state.Tx, t *model.Token, scope string) string {
	value := tx.IDs().Opaque22()
	tx.PutRefresh(&model.RefreshToken{
		Hash: auth.HashCookie(value), Family: t.Family, Client: t.Client, User: t.User, Scope: scope,
		TOTPAt: t.TOTPAt, IssuedAt: t.IssuedAt, ExpiresAt: t.IssuedAt.Add(refreshLife),
	})
	return value
}

// rotate spends a refresh token and makes the next one of its family, for the same scope. The spent row stays, so that
// a replay is seen.
func rotate(tx *state.Tx, spent *model.RefreshToken) string {
	next, used := *spent, *spent
	used.Used = true
	tx.PutRefresh(&used)
	value := tx.IDs().Opaque22()
	next.Hash, next.IssuedAt = auth.HashCookie(value), tx.Now().Truncate(time.Second)
	next.ExpiresAt = next.IssuedAt.Add(refreshLife)
	tx.PutRefresh(&next)
	return value
}

// seen notes on the client that it has got a token, and from where.
func seen(ctx context.Context, tx *state.Tx, c *model.Client) {
	if c == nil {
		return
	}
	used := *c
	used.LastAccessAt, used.LastAccessFrom = tx.Now(), op.Request(ctx).RemoteAddr
	if host, _, err := net.SplitHostPort(used.LastAccessFrom); err == nil {
		used.LastAccessFrom = host
	}
	tx.PutClient(&used)
}

// issued becomes the answer of issueToken when it is signed.
type issued struct {
	keys   *auth.Keys
	access *auth.Claims
	id     *auth.IDClaims
	full   bool // not_required_introspection was asked for
	answer tokenOut
}

type tokenOut struct {
	AccessToken  string  `json:"access_token"`
	TokenType    string  `json:"token_type"`
	ExpiresOn    int64   `json:"expires_on"` // in seconds since 1970
	ExpiresIn    int     `json:"expires_in"`
	IDToken      string  `json:"id_token"`
	RefreshToken string  `json:"refresh_token,omitempty"`
	Scope        *string `json:"scope"`
}

// Finish signs the tokens. The access token lists all access of its holder, asked for or not; the header nri, which
// promises that, is only there when it was asked for (reference, POST /idp/token, not_required_introspection).
func (i *issued) Finish(context.Context) error {
	var header map[string]any
	if i.full {
		header = map[string]any{"nri": 1}
	}
	var err error
	if i.answer.AccessToken, err = i.keys.SignClaims(auth.TypeAccess, i.access, header); err != nil {
		return err
	}
	i.answer.IDToken, err = i.keys.SignClaims(auth.TypeID, i.id, nil)
	return err
}

// Document is the answer with the headers that keep it out of caches (RFC 6749, 5.1).
func (i *issued) Document() *op.Document {
	return &op.Document{
		Header: http.Header{"Cache-Control": {"no-store"}, "Pragma": {"no-cache"}},
		JSON:   &i.answer,
	}
}
