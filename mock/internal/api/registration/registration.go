package registration

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// Ops are the operations on registration tokens.
var Ops = []op.Op{
	op.Write("createRegistrationToken", create),
	op.Write("createTenantRegistrationToken", createFor),
	op.Read("listRegistrationTokens", list),
	op.Read("listTenantRegistrationTokens", listFor),
	op.Write("deleteRegistrationToken", remove),
}

// list shows the tokens of every tenant within the caller's reach.
func list(ctx context.Context, v *state.View, _ struct{}) (*wire.Items[*token], error) {
	return tokensOf(v, v.RegistrationTokensSeen(op.Caller(ctx))), nil
}

type listForIn struct {
	TenantID model.TenantID `path:"tenant_id"`
}

// listFor shows the tokens of one tenant, not of those below it.
func listFor(ctx context.Context, v *state.View, in listForIn) (*wire.Items[*token], error) {
	t, err := v.LiveTenant(in.TenantID)
	if err != nil {
		return nil, err
	}
	if err := v.ReachInside(op.Caller(ctx), t.ID); err != nil {
		return nil, err
	}
	return tokensOf(v, v.RegistrationTokensOf(t.ID)), nil
}

type removeIn struct {
	ID int64 `path:"token_id"` // the vendor's schema says UUID, but ids are integers (wire facts, idp 7.4)
}

// remove leaves alone what was registered with the token.
func remove(ctx context.Context, tx *state.Tx, in removeIn) (op.None, error) {
	r, err := tx.RegistrationToken(in.ID)
	if err != nil {
		return op.None{}, err
	}
	if err := tx.ReachInside(op.Caller(ctx), r.TenantID); err != nil {
		return op.None{}, err
	}
	tx.RemoveRegistrationToken(r.ID)
	return op.None{}, nil
}
