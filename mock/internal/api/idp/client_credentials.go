package idp

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// clientCredentials is for a confidential client that acts by itself (RFC 6749, 4.4).
func clientCredentials(ctx context.Context, tx *state.Tx, in *issueIn) (*award, error) {
	c, err := clientOf(ctx, tx.View, in.ClientID, in.ClientSecret)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, noClient()
	}
	if c.AuthMethod == model.AuthNone {
		return nil, model.Errorf(model.Invalid, "unauthorized_client", "a public client cannot use this grant")
	}
	actor, err := auth.ActorOf(tx.View, "", c.ID)
	if err != nil {
		return nil, err
	}
	return &award{actor: actor, client: c, scope: in.Scope}, nil
}
