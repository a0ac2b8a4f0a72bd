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
	return byPassword(ctx, tx, in, (*model.Credential).HasPassword)
}

// md5Password is the same with the hexadecimal MD5 of the password in its place (reference, POST /idp/token).
func md5Password(ctx context.Context, tx *state.Tx, in *issueIn) (*award, error) {
	return byPassword(ctx, tx, in, (*model.Credential).HasMD5)
}

// A fit tells whether what was given is the password of a credential.
type fit func(secret *model.Credential, given string) bool

func byPassword(ctx context.Context, tx *state.Tx, in *issueIn, fits fit) (*award, error) {
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
	actor, err := knownUser(tx, in.Username, in.Password, fits)
	if err != nil {
		return nil, err
	}
	at, err := passFactor(tx, actor.User, in.TOTPCode)
	if err != nil {
		return nil, err
	}
	return &award{actor: actor, client: c, scope: in.Scope, totpAt: at}, nil
}

// knownUser is the user with the login, if the password is right and the user may log in.
func knownUser(tx *state.Tx, login, given string, fits fit) (*model.Actor, error) {
	u, ok := tx.UserByLogin(login)
	if !ok {
		return nil, wrongLogin()
	}
	if err := checkPassword(tx, u, given, fits); err != nil {
		return nil, err
	}
	return userFor(tx.View, u)
}

func wrongLogin() error { return denied("invalid_grant", "the login or the password is wrong") }

// checkPassword counts wrong passwords where the world locks logins out; the count stands though the request is
// refused. A locked login is refused with the right password too. The right one clears the count, unless the second
// factor is still to come: else its codes could be guessed for ever.
func checkPassword(tx *state.Tx, u *model.User, given string, fits fit) error {
	secret := tx.Credential(u)
	if locked(tx, &secret) {
		return denied("invalid_grant", "the login is locked after too many wrong passwords; try again later")
	}
	switch {
	case !fits(&secret, given):
		return failed(tx, secret, wrongLogin())
	case secret.Failures > 0 && !needsFactor(tx.View, u):
		tx.PutCredential(secret.Forgive())
	}
	return nil
}

func locked(tx *state.Tx, secret *model.Credential) bool {
	return tx.Settings().Is("lockout", "on") && secret.Locked(tx.Now())
}

// failed counts a failure where the world locks logins out.
func failed(tx *state.Tx, secret model.Credential, refusal error) error {
	if !tx.Settings().Is("lockout", "on") {
		return refusal
	}
	tx.PutCredential(secret.Fail(tx.Now()))
	return op.Kept{Err: refusal}
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
