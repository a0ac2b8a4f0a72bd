package idp

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type revokeIn struct {
	Token        string `form:"token"`
	ClientID     string `form:"client_id"`
	ClientSecret string `form:"client_secret"`
}

// revokeToken kills a token and what was issued with it, either way round (reference, POST /idp/revoke_token). A token
// that is not known, or not the client's, changes nothing and is no error (RFC 7009, 2.2). A token that a user got
// without a client is revoked by who holds it: there is no client that could authenticate.
func (p *provider) revokeToken(ctx context.Context, tx *state.Tx, in revokeIn) (op.None, error) {
	if in.Token == "" {
		return op.None{}, absent("token")
	}
	c, err := clientOf(ctx, tx.View, in.ClientID, in.ClientSecret)
	if err != nil {
		return op.None{}, err
	}
	family, owner, ok := p.familyOf(tx, in.Token)
	if !ok {
		return op.None{}, nil
	}
	if c == nil && owner != "" {
		return op.None{}, noClient()
	}
	if c == nil || c.ID == owner {
		tx.RevokeFamily(family)
	}
	return op.None{}, nil
}

// familyOf finds the family of an access or a refresh token, and the client that it was issued to.
func (p *provider) familyOf(r state.Reader, token string) (family string, owner model.ClientID, ok bool) {
	if t, ok := state.Refreshes.Get(r, auth.HashCookie(token)); ok {
		return t.Family, t.Client, true
	}
	claims, ok := p.keys.Claims(token)
	if !ok {
		return "", "", false
	}
	t, ok := claims.Row(r)
	if !ok {
		return "", "", false
	}
	return t.Family, t.Client, true
}
