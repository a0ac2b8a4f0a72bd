package users

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// Ops are the operations on users.
var Ops = []op.Op{
	op.Read("listUsers", list),
	op.Write("createUser", create),
	op.Read("checkLogin", checkLogin),
	op.Read("checkPassword", checkPassword),
	op.Read("getMe", me),
	op.Read("getUser", get),
	op.Write("updateUser", update),
	op.Write("deleteUser", remove),
	op.Write("restoreUser", restore),
	op.Read("listAccessPolicies", listPolicies),
	op.Write("updateAccessPolicies", updatePolicies,
		op.Ignores("timestamp", "clients send back the list they fetched; the answer has a new one"),
		op.Ignores("paging", "clients send back the list they fetched; a user's policies are one page")),
	op.Write("setPassword", setPassword),
	op.Read("sendActivationEmail", sendActivationEmail),
}

type idIn struct {
	ID model.UserID `path:"user_id"`
}

type getIn struct {
	ID           model.UserID `path:"user_id"`
	AllowDeleted bool         `query:"allow_deleted"`
}

func get(ctx context.Context, v *state.View, in getIn) (*wire.User, error) {
	u, err := v.User(in.ID)
	if err != nil {
		return nil, err
	}
	if u.Deleted() && !in.AllowDeleted {
		return nil, model.Missing("user", in.ID)
	}
	if err := reach(ctx, v, u); err != nil {
		return nil, err
	}
	return wire.UserOf(v, u), nil
}

// reached finds a live user within the caller's reach.
func reached(ctx context.Context, v *state.View, id model.UserID) (*model.User, error) {
	u, err := v.LiveUser(id)
	if err != nil {
		return nil, err
	}
	return u, reach(ctx, v, u)
}

func reach(ctx context.Context, v *state.View, u *model.User) error {
	return v.ReachInside(op.Caller(ctx), u.TenantID)
}

type meIn struct{}

// me is the calling user. A client is shown in the same shape under its own id, activated and without a contact:
// libraries read their tenant from it (wire facts, core 7 and clients 1 no. 3).
func me(ctx context.Context, v *state.View, _ meIn) (*wire.Me, error) {
	caller := op.Caller(ctx)
	if caller.Client != nil {
		return wire.MeOf(v, clientAsUser(v, caller.Client)), nil
	}
	return wire.MeOf(v, caller.User), nil
}

func clientAsUser(v *state.View, c *model.Client) *model.User {
	u := &model.User{
		ID: model.UserID(c.ID), Login: string(c.ID), Version: 1, TenantID: c.TenantID,
		IdP: model.DefaultIdP, Language: defaultLanguage, Activated: true, Enabled: true,
		MFAOff:    v.TenantMFA(c.TenantID), // clients have no second factor
		CreatedAt: model.MomentOf(c.CreatedAt), UpdatedAt: model.MomentOf(c.UpdatedAt),
	}
	u.SetExtras(model.UserExtras{OriginID: c.OriginID})
	if t, ok := state.Tenants.Get(v, c.TenantID); ok {
		u.IdP, u.Language = t.DefaultIdP, t.Language
	}
	return u
}
