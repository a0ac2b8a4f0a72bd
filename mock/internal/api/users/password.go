package users

import (
	"context"
	"slices"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type setPasswordIn struct {
	ID   model.UserID `path:"user_id"`
	Body struct {
		Password string `json:"password"`
	}
}

// setPassword activates an account and ends what was begun with the old password. The version stays: clients go on
// with the one that creation answered (wire facts, core 7).
func setPassword(ctx context.Context, tx *state.Tx, in setPasswordIn) (op.None, error) {
	caller := op.Caller(ctx)
	if !caller.IsClient() {
		return op.None{}, denied("only an API client can set a password, a user cannot")
	}
	u, err := reached(ctx, tx.View, in.ID)
	if err != nil {
		return op.None{}, err
	}
	sharing := sharers(tx.View, u)
	for _, s := range sharing {
		if s.TenantID == caller.Tenant || !tx.Sees(caller, s.TenantID) {
			return op.None{}, denied("an API client can set the passwords of users in the tenants below its own only")
		}
	}
	if in.Body.Password == "" {
		return op.None{}, model.BadMember("/password", "is empty")
	}
	c := tx.Credential(u).SetPassword(tx.IDs().Hex32(), in.Body.Password)
	c.Failures = 0
	tx.PutCredential(c)
	for _, s := range sharing {
		activated := *s
		activated.Activated, activated.UpdatedAt = true, model.MomentOf(tx.Now())
		tx.PutUser(&activated)
		tx.RevokeUser(s.ID)
	}
	return op.None{}, nil
}

// sharers are the live users with the same identity, and so the same password, u among them. A caller must reach
// all of them, or it could take over a foreign account by sharing its identity.
func sharers(v *state.View, u *model.User) []*model.User {
	in := func(s *model.User) bool { return s.IdentityID == u.IdentityID }
	all := slices.Collect(state.UsersByIdentity.While(v, &model.User{IdentityID: u.IdentityID}, in))
	return slices.DeleteFunc(all, (*model.User).Deleted)
}

func denied(info string) error {
	return &model.Error{
		Kind: model.Forbidden, Platform: model.CodeAccessDenied, Reason: "access_denied", Message: "Access denied", Info: info,
	}
}

// sendActivationEmail answers the same for an activated account: no source knows a refusal, and clients call it
// without looking. No mail leaves this server. A disabled account cannot be activated (platform code 1018).
func sendActivationEmail(ctx context.Context, v *state.View, in idIn) (op.None, error) {
	u, err := reached(ctx, v, in.ID)
	if err != nil {
		return op.None{}, err
	}
	if !u.Enabled {
		return op.None{}, model.Refuse(model.Forbidden, model.CodeUserDisabled, "user_disabled", "User %q is disabled", u.Login)
	}
	return op.None{}, nil
}
