package idp

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type externalIn struct {
	OTT string `query:"ott"`
}

type externalPage struct {
	frame
	Login string // the path to post the token to
}

// externalLogin is a page whose script takes a one-time token and a target from the query, or from the fragment as older
// links have them, logs in and moves on. Where it moves on to without asking is a web address on the host that was
// dialled, on a loopback host, or at an origin of the redirect URIs of the client that asked for the token; to any other
// web address it shows a link, and nothing else is followed at all. Neither value is ever part of the page: the script
// reads both from the address and takes them out of it. The query lets the page bear the brand of the user's tenant
// (reference, GET /idp/external-login).
func externalLogin(ctx context.Context, v *state.View, in externalIn) (*op.Document, error) {
	return show("external", &externalPage{
		frame: frame{Title: "Please wait...", Service: serviceName(v, tenantOf(v, in.OTT))},
		Login: pathOf(ctx, "ott/login"),
	})
}

// tenantOf is the tenant of the user that a one-time token is for, the root where there is no such token.
func tenantOf(v *state.View, ott string) model.TenantID {
	if t, ok := state.OneTimeTokens.Get(v, auth.HashCookie(ott)); ok {
		if u, err := v.LiveUser(t.User); err == nil {
			return u.TenantID
		}
	}
	if root, ok := v.RootTenant(); ok {
		return root.ID
	}
	return ""
}
