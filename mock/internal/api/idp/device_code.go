package idp

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// deviceCode answers a device that asks whether its user has decided (RFC 8628, 3.4 and 3.5). The tokens are those of the
// user whose personal tenant it was approved for, with the scopes of the device and no others.
func deviceCode(ctx context.Context, tx *state.Tx, in *issueIn) (*award, error) {
	if in.DeviceCode == "" {
		return nil, absent("device_code")
	}
	c, err := clientOf(ctx, tx.View, in.ClientID, in.ClientSecret)
	switch {
	case err != nil:
		return nil, err
	case c == nil:
		return nil, absent("client_id")
	case c.AuthMethod != model.AuthNone:
		return nil, model.Errorf(model.Invalid, "unauthorized_client", "only a public client can use this grant")
	}
	d, ok := state.DeviceCodes.Get(tx, auth.HashCookie(in.DeviceCode))
	if !ok || d.Client != c.ID || d.State == model.DeviceSpent {
		return nil, badDevice("it is not known, was used before, or was issued to somebody else")
	}
	if err := decided(tx, d); err != nil {
		return nil, err
	}
	actor, err := ownerOf(tx.View, d.Tenant)
	if err != nil {
		return nil, badDevice("its user or tenant is disabled")
	}
	spent := *d
	spent.State = model.DeviceSpent
	tx.PutDeviceCode(&spent)
	return &award{actor: actor, client: c, device: &enlisted{
		tenant: d.Tenant, scopes: model.FillTenant(d.Scopes, d.Tenant), until: tx.Now().Add(auth.AccessLife),
	}}, nil
}

// decided refuses, as often as it takes, until the user has approved. What it learns from being asked stays.
func decided(tx *state.Tx, d *model.DeviceCode) error {
	switch {
	case !d.ExpiresAt.After(tx.Now()):
		return model.Errorf(model.Invalid, "expired_token", "the device code has expired")
	case d.State == model.DeviceDenied:
		return model.Errorf(model.Invalid, "access_denied", "the user has denied the request")
	case d.State == model.DeviceApproved:
		return nil
	}
	polled, refusal := d.Poll(tx.Now())
	tx.PutDeviceCode(&polled)
	return op.Kept{Err: refusal}
}

func badDevice(why string) error {
	return model.Errorf(model.Invalid, "invalid_grant", "the device code is not valid: %s", why)
}

// ownerOf is the user of a personal tenant; in a tenant of nobody's it is nobody, in the name of the tenant.
func ownerOf(v *state.View, id model.TenantID) (*model.Actor, error) {
	t, err := v.LiveTenant(id)
	switch {
	case err != nil || !v.Active(id):
		return nil, model.Missing("tenant", id)
	case t.OwnerID == "":
		return &model.Actor{Tenant: id}, nil
	}
	return auth.ActorOf(v, t.OwnerID, "")
}
