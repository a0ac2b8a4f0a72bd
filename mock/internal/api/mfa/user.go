package mfa

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type updateUserIn struct {
	ID   model.UserID `path:"user_id"`
	Body updateBody
}

// updateUser exempts a user from the second factor of the tenant, or takes the exemption back. Where the tenant has
// none, taking it back succeeds as well (wire facts, core 7). The answer has no body.
func updateUser(ctx context.Context, tx *state.Tx, in updateUserIn) (op.None, error) {
	u, err := tx.LiveUser(in.ID)
	if err != nil {
		return op.None{}, err
	}
	if err := tx.ReachInside(op.Caller(ctx), u.TenantID); err != nil {
		return op.None{}, err
	}
	if exempt := !in.Body.Enabled; exempt != u.MFAOff {
		changed := *u
		changed.MFAOff = exempt
		if exempt {
			forget(tx, u)
		}
		tx.UpdateUser(&changed)
	}
	return op.None{}, nil
}

// forget drops what an exempted user had set up: once the exemption ends the user is asked to set it up again, as
// the wire facts (core 7) say of enabling.
func forget(tx *state.Tx, u *model.User) {
	if c := tx.Credential(u); c.Enrolled || c.TOTPSecret != "" {
		c.Enrolled, c.TOTPSecret = false, ""
		tx.PutCredential(c)
	}
}
