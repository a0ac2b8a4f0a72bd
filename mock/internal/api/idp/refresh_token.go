package idp

import (
	"context"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// refresh gives new tokens for a refresh token, which is spent by that (RFC 6749, 6). Presenting it again means that
// somebody copied it: the whole family dies.
func refresh(ctx context.Context, tx *state.Tx, in *issueIn) (*award, error) {
	if in.RefreshToken == "" {
		return nil, absent("refresh_token")
	}
	c, err := clientOf(ctx, tx.View, in.ClientID, in.ClientSecret)
	if err != nil {
		return nil, err
	}
	t, ok := state.Refreshes.Get(tx, auth.HashCookie(in.RefreshToken))
	if !ok || !t.ExpiresAt.After(tx.Now()) {
		return nil, badRefresh("it is not known, revoked or expired")
	}
	if err := sameClient(t, c); err != nil {
		return nil, err
	}
	if t.Used {
		tx.RevokeFamily(t.Family)
		return nil, op.Kept{Err: badRefresh("it was used before; all tokens issued with it are revoked")}
	}
	actor, err := auth.ActorOf(tx.View, t.User, t.Client)
	if err != nil {
		return nil, badRefresh("its holder is disabled")
	}
	scope, err := lessScope(t.Scope, in.Scope)
	if err != nil {
		return nil, err
	}
	return &award{actor: actor, client: c, scope: scope, spent: t}, nil
}

func badRefresh(why string) error {
	return model.Errorf(model.Invalid, "invalid_grant", "the refresh token is not valid: %s", why)
}

// sameClient refuses who is not the client that the token was issued to. A token that was issued to a user without a
// client is refreshed without one.
func sameClient(t *model.RefreshToken, c *model.Client) error {
	switch {
	case c == nil && t.Client != "":
		return noClient()
	case c != nil && c.ID != t.Client:
		return badRefresh("it was issued to somebody else")
	}
	return nil
}

// lessScope is what a refresh asks for: less than was granted, or all of it (RFC 6749, 6).
func lessScope(granted, asked string) (string, error) {
	words := strings.Fields(asked)
	if len(words) == 0 {
		return granted, nil
	}
	for _, word := range words {
		if !slices.Contains(strings.Fields(granted), word) {
			return "", badScope("it goes beyond what was granted with the refresh token")
		}
	}
	return asked, nil
}
