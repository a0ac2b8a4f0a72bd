package idp

import (
	"context"
	"net/http"
	"net/url"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type deviceIn struct {
	ClientID    string   `form:"client_id"`
	DisplayName string   `form:"display_name"`
	Scope       []string `form:"scope"`
}

type deviceOut struct {
	DeviceCode   string `json:"device_code"`
	UserCode     string `json:"user_code"`
	Verification string `json:"verification_uri"`
	Complete     string `json:"verification_uri_complete"`
	ExpiresIn    int    `json:"expires_in"`
	Interval     int    `json:"interval"`
}

// authorizeDevice begins the device flow (RFC 8628, 3.1): the device shows the user code to a person and asks for tokens
// with the device code meanwhile. Only public clients may: the approval knows no other (reference, GET
// /idp/device_authorization/approval).
func authorizeDevice(ctx context.Context, tx *state.Tx, in deviceIn) (*op.Document, error) {
	if in.ClientID == "" {
		return nil, absent("client_id")
	}
	actor, err := auth.ActorOf(tx.View, "", model.ClientID(in.ClientID))
	switch {
	case err != nil:
		return nil, denied("invalid_client", "the client is not known, or it or its tenant is disabled")
	case actor.Client.AuthMethod != model.AuthNone:
		return nil, model.Errorf(model.Invalid, "unauthorized_client", "only a public client can authorize devices")
	}
	scopes, tenant, err := model.DeviceScopes(in.Scope)
	if err != nil {
		return nil, err
	}
	value := tx.IDs().Hex32()
	d := &model.DeviceCode{
		Hash: auth.HashCookie(value), UserCode: freeUserCode(tx), Client: actor.Client.ID, DisplayName: in.DisplayName,
		Scopes: scopes, Tenant: tenant, State: model.DevicePending,
		Interval: model.DeviceInterval, ExpiresAt: tx.Now().Add(model.DeviceLife),
	}
	tx.PutDeviceCode(d)
	verification := op.BaseURL(ctx) + "/api/2/idp/device"
	shown := model.ShownUserCode(d.UserCode)
	return &op.Document{Header: http.Header{"Cache-Control": {"no-store"}}, JSON: &deviceOut{
		DeviceCode: value, UserCode: shown, Verification: verification, Complete: verification + "?code=" + url.QueryEscape(shown),
		ExpiresIn: int(model.DeviceLife.Seconds()), Interval: int(model.DeviceInterval.Seconds()),
	}}, nil
}

// freeUserCode is a user code that no known device code has.
func freeUserCode(tx *state.Tx) string {
	for {
		code := tx.IDs().Letters(model.UserCodeAlphabet, 8)
		if _, taken := tx.DeviceByUserCode(code); !taken {
			return code
		}
	}
}
