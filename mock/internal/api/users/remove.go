package users

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type removeIn struct {
	ID      model.UserID `path:"user_id"`
	Version int64        `query:"version"`
}

// remove soft-deletes a user, an enabled one too: the vendor's guide wants it disabled first, but the reference has no
// status for that and clients never do (wire facts, core 7).
func remove(ctx context.Context, tx *state.Tx, in removeIn) (op.None, error) {
	u, err := reached(ctx, tx.View, in.ID)
	if err != nil {
		return op.None{}, err
	}
	if err := model.CheckVersion("user", in.Version, u.Version); err != nil {
		return op.None{}, err
	}
	tx.DeleteUser(u)
	return op.None{}, nil
}

type restoreIn struct {
	ID     model.UserID `path:"user_id"`
	Force  bool         `query:"force"`
	Enable bool         `query:"enable"`
}

// restore brings a deleted user back with roles, password and personal tenant. A user that is not deleted is not
// there to be restored: 404 is the only status that the reference has for it.
func restore(ctx context.Context, tx *state.Tx, in restoreIn) (op.None, error) {
	u, err := tx.User(in.ID)
	if err != nil {
		return op.None{}, err
	}
	if err := reach(ctx, tx.View, u); err != nil {
		return op.None{}, err
	}
	if !u.Deleted() {
		return op.None{}, model.Missing("deleted user", in.ID)
	}
	return op.None{}, tx.RestoreUser(u, in.Force, in.Enable)
}
