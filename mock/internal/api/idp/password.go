package idp

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// password is for a user who hands login and password to the client (RFC 6749, 4.3). Many callers name no client
// (wire facts, idp 2.3); one that is named has to authenticate.
func password(ctx context.Context, tx *state.Tx, in *issueIn) (*award, error) {
	if in.Username == "" {
		return nil, absent("username")
	}
	if in.Password == "" {
		return nil, absent("password")
	}
	c, err := clientOf(ctx, tx.View, in.ClientID, in.ClientSecret)
	if err != nil {
		return nil, err
	}
	u, ok := tx.UserByLogin(in.Username)
	if !ok {
		return nil, wrongLogin()
	}
	if err := checkPassword(tx, u, in.Password); err != nil {
		return nil, err
	}
	actor, err := userFor(tx.View, u)
	if err != nil {
		return nil, err
	}
	if err := secondFactor(tx.View, u, in.TOTPCode); err != nil {
		return nil, err
	}
	return &award{actor: actor, client: c, scope: in.Scope}, nil
}

func wrongLogin() error { return denied("invalid_grant", "the login or the password is wrong") }

// checkPassword counts wrong passwords where the world locks logins out; the count stands though the request is
// refused. A locked login is refused with the right password too.
func checkPassword(tx *state.Tx, u *model.User, given string) error {
	secret, lockout := tx.Credential(u), tx.Settings().Is("lockout", "on")
	if lockout && secret.Locked(tx.Now()) {
		return denied("invalid_grant", "the login is locked after too many wrong passwords; try again later")
	}
	switch right := secret.HasPassword(given); {
	case !right && lockout:
		tx.PutCredential(secret.Fail(tx.Now()))
		return op.Kept{Err: wrongLogin()}
	case !right:
		return wrongLogin()
	case secret.Failures > 0:
		tx.PutCredential(secret.Forgive())
	}
	return nil
}

// userFor is the user as an actor, if the user may log in.
func userFor(v *state.View, u *model.User) (*model.Actor, error) {
	if !u.Activated {
		return nil, denied("invalid_grant", "the user is not activated")
	}
	actor, err := auth.ActorOf(v, u.ID, "")
	if err != nil {
		return nil, denied("invalid_grant", "the user or its tenant is disabled")
	}
	return actor, nil
}

// secondFactor refuses a user who needs one (wire facts, idp 2.3). No code fits: no user has enrolled a device that
// makes them.
func secondFactor(v *state.View, u *model.User, code string) error {
	switch v.UserMFA(u) {
	case model.MFASetupRequired:
		return denied("totp_setup_required", "the user has to set up a second factor first")
	case model.MFAEnabled:
		if code == "" {
			return denied("totp_required", "the user's second factor is required: send totp_code")
		}
		return denied("invalid_totp", "the code of the second factor is wrong")
	}
	return nil
}
