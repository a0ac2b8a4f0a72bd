package clients

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// Ops are the operations on clients.
var Ops = []op.Op{
	op.Write("createClient", create),
	op.Read("listClients", list),
	op.Read("getClient", get),
	op.Write("updateClient", update),
	op.Write("deleteClient", remove),
}

type getIn struct {
	ID model.ClientID `path:"client_id"`
}

// get always shows a client itself (wire facts, idp 7.1).
func get(ctx context.Context, v *state.View, in getIn) (*client, error) {
	c, err := v.LiveClient(in.ID)
	if err != nil {
		return nil, err
	}
	caller := op.Caller(ctx)
	if caller.Client != nil && caller.Client.ID == c.ID {
		return clientOf(c), nil
	}
	if err := v.ReachInside(caller, c.TenantID); err != nil {
		return nil, err
	}
	return clientOf(c), nil
}

// reached finds a live client within the caller's reach.
func reached(ctx context.Context, v *state.View, id model.ClientID) (*model.Client, error) {
	c, err := v.LiveClient(id)
	if err != nil {
		return nil, err
	}
	return c, v.ReachInside(op.Caller(ctx), c.TenantID)
}

// remove takes no version, unlike other deletions: the reference declares none.
func remove(ctx context.Context, tx *state.Tx, in getIn) (op.None, error) {
	c, err := reached(ctx, tx.View, in.ID)
	if err != nil {
		return op.None{}, err
	}
	gone := *c
	gone.DeletedAt, gone.Deletion = tx.Now(), tx.UUID()
	tx.UpdateClient(&gone)
	return op.None{}, nil
}
