package idp

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type locateIn struct {
	Login string `query:"login"`
}

type locateOut struct {
	ServerURL string `json:"server_url"`
}

// locate tells where the API of a login is served, which is here: clients put /api/2 behind the URL. A login that
// nobody has is 404, as it is to getForgotLink; what the service answers is not published.
func locate(ctx context.Context, v *state.View, in locateIn) (*locateOut, error) {
	if _, ok := v.UserByLogin(in.Login); !ok {
		return nil, model.Missing("login", in.Login)
	}
	return &locateOut{ServerURL: op.BaseURL(ctx)}, nil
}
