package applications

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type bindingIn struct {
	App    model.AppID    `path:"application_id"`
	Tenant model.TenantID `path:"tenant_id"`
}

// tenant finds the tenant, and the application, that the caller may change.
func (in *bindingIn) tenant(ctx context.Context, v *state.View) (*model.Tenant, error) {
	if _, err := model.FindApplication(in.App); err != nil {
		return nil, err
	}
	return v.Changeable(op.Caller(ctx), in.Tenant)
}

// enable turns the application on; its offering items stay as they are. Once more is no refusal.
func enable(ctx context.Context, tx *state.Tx, in bindingIn) (op.None, error) {
	t, err := in.tenant(ctx, tx.View)
	if err != nil {
		return op.None{}, err
	}
	return op.None{}, tx.EnableApp(t, in.App)
}

// disable turns the application off for the tenant and all below it. Their offering items go, and their usage.
func disable(ctx context.Context, tx *state.Tx, in bindingIn) (op.None, error) {
	t, err := in.tenant(ctx, tx.View)
	if err != nil {
		return op.None{}, err
	}
	return op.None{}, tx.DisableApp(t, in.App)
}
