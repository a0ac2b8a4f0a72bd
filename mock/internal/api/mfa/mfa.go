package mfa

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// Ops are the operations on second factors.
var Ops = []op.Op{
	op.Read("getTenantMFA", get),
	op.Write("updateTenantMFA", update),
	op.Write("updateUserMFA", updateUser),
}

type getIn struct {
	TenantID model.TenantID `path:"tenant_id"`
}

type updateIn struct {
	TenantID model.TenantID `path:"tenant_id"`
	Body     updateBody
}

type updateBody struct {
	Enabled bool `json:"enabled"`
}

func get(ctx context.Context, v *state.View, in getIn) (*status, error) {
	t, err := reached(ctx, v, in.TenantID)
	if err != nil {
		return nil, err
	}
	return statusOf(v, op.Caller(ctx), t), nil
}

// update writes a next version of the tenant, which shows the second factor too, only where something changes.
func update(ctx context.Context, tx *state.Tx, in updateIn) (*status, error) {
	t, err := reached(ctx, tx.View, in.TenantID)
	if err != nil {
		return nil, err
	}
	if err := tx.Unlocked(op.Caller(ctx), t); err != nil {
		return nil, err
	}
	if err := model.CheckMFA(t); err != nil {
		return nil, err
	}
	if t.MFA != in.Body.Enabled {
		changed := *t
		changed.MFA = in.Body.Enabled
		tx.UpdateTenant(&changed)
		t = &changed
	}
	return statusOf(tx.View, op.Caller(ctx), t), nil
}

func reached(ctx context.Context, v *state.View, id model.TenantID) (*model.Tenant, error) {
	t, err := v.LiveTenant(id)
	if err != nil {
		return nil, err
	}
	return t, v.Reach(op.Caller(ctx), t.ID)
}
