package idp

import (
	"context"
	"iter"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type ottIn struct {
	Body struct {
		Purpose    string       `json:"purpose"`
		Login      string       `json:"login"`
		ExternalID string       `json:"external_id"`
		UserID     model.UserID `json:"user_id"`
	}
}

type ottOut struct {
	OTT string `json:"ott"`
}

// createOneTimeToken lets a client log in as one of the users below it, once and within half a minute. Only clients may
// ask, and only where no tenant on the way has closed itself to its ancestors (wire facts, idp 5). A user who has never
// set a password may be named: other systems log their own users in like this.
func createOneTimeToken(ctx context.Context, tx *state.Tx, in ottIn) (*ottOut, error) {
	caller := op.Caller(ctx)
	if !caller.IsClient() {
		return nil, model.Refuse(model.Forbidden, model.CodeAccessDenied, "access_denied",
			"Access denied: only an API client can ask for a one-time token, a user cannot")
	}
	u, err := in.user(tx.View, caller)
	if err != nil {
		return nil, err
	}
	if _, err := auth.ActorOf(tx.View, u.ID, ""); err != nil {
		return nil, model.Refuse(model.Invalid, model.CodeUserDisabled, "user_disabled", "User %q or its tenant is disabled", u.Login)
	}
	value := model.OneTimeValue(tx.IDs().Sum())
	tx.PutOneTimeToken(&model.OneTimeToken{
		Hash: auth.HashCookie(value), User: u.ID, Client: caller.Client.ID, Purpose: in.Body.Purpose,
		ExpiresAt: tx.Now().Add(model.OneTimeLife),
	})
	return &ottOut{value}, nil
}

// user is whom the body names in one of three ways. Logins and external ids may be shared: the oldest user, or the first
// by id, within the caller's reach is meant.
func (in *ottIn) user(v *state.View, caller *model.Actor) (*model.User, error) {
	b := &in.Body
	named := 0
	for _, text := range []string{b.Login, b.ExternalID, string(b.UserID)} {
		if text != "" {
			named++
		}
	}
	if named != 1 {
		return nil, model.Errorf(model.Invalid, "invalid_request", "exactly one of login, external_id and user_id is needed, not %d", named)
	}
	refusal := model.Errorf(model.Invalid, "unknown_user", "there is no such user")
	for u := range in.candidates(v) {
		if refusal = v.ReachInside(caller, u.TenantID); refusal == nil {
			return u, nil
		}
	}
	return nil, refusal
}

func (in *ottIn) candidates(v *state.View) iter.Seq[*model.User] {
	b := &in.Body
	switch {
	case b.Login != "":
		return v.UsersByLogin(b.Login)
	case b.ExternalID != "":
		return v.UsersByExternalID(b.ExternalID)
	}
	return func(yield func(*model.User) bool) {
		if u, err := v.LiveUser(b.UserID); err == nil {
			yield(u)
		}
	}
}
