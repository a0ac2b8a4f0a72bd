package users

import (
	"context"
	"errors"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type checkLoginIn struct {
	Username string `query:"username"`
}

// checkLogin answers without a body for a login that is free in the whole platform, not just within the caller's
// reach. One that no user could have is not acceptable (406); the same on creation is 400.
func checkLogin(_ context.Context, v *state.View, in checkLoginIn) (op.None, error) {
	login := strings.TrimSpace(in.Username)
	if err := model.CheckLogin(login); err != nil {
		return op.None{}, notAcceptable(err)
	}
	return op.None{}, v.CheckLoginFree(login, "")
}

func notAcceptable(err error) error {
	refusal := &model.Error{}
	if !errors.As(err, &refusal) {
		return err
	}
	changed := *refusal
	changed.Kind = model.NotAcceptable
	return &changed
}

// checkFreeLogin refuses a login that breaks the rules of the user guide or that another live user has.
func checkFreeLogin(v *state.View, login string, except model.UserID) error {
	if err := model.CheckLogin(login); err != nil {
		return err
	}
	return v.CheckLoginFree(login, except)
}

// checkExternalID refuses the external id of another live user of the same tenant and identity provider. It is
// unique there only: the reference asks for the tenant wherever users are searched by it.
func checkExternalID(v *state.View, u *model.User) error {
	id := u.Extras().ExternalID
	if id == "" {
		return nil
	}
	for other := range v.UsersByExternalID(id) {
		if other.ID != u.ID && other.TenantID == u.TenantID && other.IdP == u.IdP {
			return model.Errorf(model.Conflict, "external_id_taken",
				"a user with the external id %q exists in tenant %q", id, u.TenantID)
		}
	}
	return nil
}
