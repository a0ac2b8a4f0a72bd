package tenants

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type deleteIn struct {
	ID      model.TenantID `path:"tenant_id"`
	Version int64          `query:"version"`
}

// remove soft-deletes a disabled tenant with all that lives in it.
func remove(ctx context.Context, tx *state.Tx, in deleteIn) (op.None, error) {
	caller := op.Caller(ctx)
	t, err := reached(tx.View, caller, in.ID, false)
	if err != nil {
		return op.None{}, err
	}
	if err := model.CheckVersion("tenant", in.Version, t.Version); err != nil {
		return op.None{}, err
	}
	if err := tx.Unlocked(caller, t); err != nil {
		return op.None{}, err
	}
	if err := model.CheckOwnLife(t); err != nil {
		return op.None{}, err
	}
	if err := model.CheckDelete(t); err != nil {
		return op.None{}, err
	}
	tx.DeleteTenant(t)
	return op.None{}, nil
}

type restoreIn struct {
	ID    model.TenantID `path:"tenant_id"`
	Force bool           `query:"force"`
}

// restore brings a deleted tenant back, disabled as it was, with what its deletion took. A live tenant is not there to
// be restored: of the statuses that the reference has for this operation only 404 says so.
func restore(ctx context.Context, tx *state.Tx, in restoreIn) (op.None, error) {
	t, err := reached(tx.View, op.Caller(ctx), in.ID, true)
	if err != nil {
		return op.None{}, err
	}
	if !t.Deleted() {
		return op.None{}, model.Missing("deleted tenant", t.ID)
	}
	if err := model.CheckOwnLife(t); err != nil {
		return op.None{}, err
	}
	return op.None{}, tx.RestoreTenant(t, in.Force)
}
