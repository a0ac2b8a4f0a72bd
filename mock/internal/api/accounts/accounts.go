package accounts

import (
	"context"
	"net/url"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// Ops are the operations on accounts.
var Ops = []op.Op{
	op.Read("getForgotLink", forgotLink),
}

type forgotLinkIn struct {
	Login string `query:"login"`
}

type forgotLinkOut struct {
	Link string `json:"link"`
}

// forgotLink answers for a known login. The reference calls the operation disabled and documents its answers all the
// same, so the world's switch says which of the two it is (wire facts, idp 7.5).
func forgotLink(ctx context.Context, v *state.View, in forgotLinkIn) (*forgotLinkOut, error) {
	login := strings.TrimSpace(in.Login)
	if login == "" {
		return nil, model.BadQuery("login", "must not be empty")
	}
	if v.Settings().Is("forgot_link", "off") {
		return nil, model.Errorf(model.NotFound, "disabled", "Not found")
	}
	if _, ok := v.UserByLogin(login); !ok {
		return nil, model.Missing("user with login", login)
	}
	return &forgotLinkOut{Link: op.BaseURL(ctx) + "/mc/forgot-password?login=" + url.QueryEscape(login)}, nil
}
