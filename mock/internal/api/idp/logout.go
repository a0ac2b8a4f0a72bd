package idp

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
)

// logout ends the session of the browser and takes its cookie away. Tokens stay: they are no part of the session
// (wire facts, idp 3).
func logout(ctx context.Context, tx *state.Tx, _ struct{}) (*op.Document, error) {
	if s, ok := sessionOf(ctx, tx); ok {
		tx.RemoveSession(s.Hash)
	}
	page, err := show("message", &message{
		frame: frame{Title: "You are logged out", Service: serviceName(tx.View, op.Caller(ctx).Tenant)},
		Text:  "You can close this page.",
	})
	if err != nil {
		return nil, err
	}
	gone := cookie(ctx, auth.SessionCookie, "")
	gone.MaxAge = -1
	setCookie(page, gone)
	return page, nil
}
