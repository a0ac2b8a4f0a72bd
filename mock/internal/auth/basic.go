package auth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/url"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
	"github.com/tenantry/tenantry/openapi"
)

// basic accepts a client's id and secret or a user's login and password on every operation that lists Basic
// (wire facts, idp 1.3).
func basic(ctx context.Context, v *state.View, ex *op.Exchange) (*model.Actor, error) {
	id, secret, ok := ex.Request.BasicAuth()
	if !ok {
		return nil, badLogin("the Basic credentials cannot be read: they are the Base64 of id:secret")
	}
	for _, pair := range Spellings(id, secret) {
		if c, ok := ClientBySecret(v, pair[0], pair[1]); ok {
			actor, err := ActorOf(v, "", c.ID)
			return via(actor, model.ViaBasic), err
		}
	}
	u, ok, err := guardedUser(ctx, v, ex.World.State, id, secret)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, badLogin(whyBasic(v, id))
	}
	if needsFactor(v, u) {
		return nil, badLogin("the user needs a second factor, which Basic cannot carry")
	}
	actor, err := ActorOf(v, u.ID, "")
	return via(actor, model.ViaBasic), err
}

// guardedUser is UserByPassword where the world may lock logins out. Then attempts are counted one after another, so
// that no guess gets in beside the count; a world without the setting is only read.
func guardedUser(ctx context.Context, v *state.View, w *state.World, login, password string) (u *model.User, ok bool, err error) {
	if !v.Settings().Is("lockout", "on") {
		u, ok = UserByPassword(v, login, password)
		return u, ok, nil
	}
	err = w.Update(ctx, func(tx *state.Tx) error {
		u, ok = attempt(tx, login, password)
		return nil // the count stands though the request is refused
	})
	return u, ok, err
}

// attempt is UserByPassword with the count of the wrong passwords, which the password grant and the login page share.
func attempt(tx *state.Tx, login, password string) (*model.User, bool) {
	u, ok := tx.UserByLogin(login)
	if !ok {
		return nil, false
	}
	c := tx.Credential(u)
	switch {
	case c.Locked(tx.Now()):
		return nil, false
	case !c.HasPassword(password):
		tx.PutCredential(c.Fail(tx.Now()))
	case c.Failures > 0 && !needsFactor(tx.View, u): // else the codes of the factor could be guessed for ever
		tx.PutCredential(c.Forgive())
	}
	return UserByPassword(tx.View, login, password)
}

func needsFactor(v *state.View, u *model.User) bool {
	status := v.UserMFA(u)
	return status != model.MFADisabled && status != model.MFAForciblyDisabled
}

func via(a *model.Actor, kind string) *model.Actor {
	if a != nil {
		a.Via = kind
	}
	return a
}

// Spellings are the credentials as they came and, where different, percent-decoded as RFC 6749, 2.3.1 wants
// them encoded. OAuth libraries encode, other clients do not.
func Spellings(id, secret string) [][2]string {
	pairs := [][2]string{{id, secret}}
	plainID, err1 := url.QueryUnescape(id)
	plainSecret, err2 := url.QueryUnescape(secret)
	if err1 == nil && err2 == nil && (plainID != id || plainSecret != secret) {
		pairs = append(pairs, [2]string{plainID, plainSecret})
	}
	return pairs
}

// ClientBySecret finds a live, enabled client by id and secret.
func ClientBySecret(v *state.View, id, secret string) (*model.Client, bool) {
	c, ok := state.Clients.Get(v, model.ClientID(id))
	if !ok || c.Deleted() || c.Disabled || !c.HasSecret(secret) {
		return nil, false
	}
	return c, true
}

// UserByPassword finds the oldest live user with the login, if the password is right and the user may log in:
// enabled and activated.
func UserByPassword(v *state.View, login, password string) (*model.User, bool) {
	u, ok := v.UserByLogin(login)
	if !ok || !u.Enabled || !u.Activated {
		return nil, false
	}
	c := v.Credential(u)
	return u, c.HasPassword(password)
}

// badLogin is the captured answer to wrong Basic credentials (wire facts, idp 1.1): code 1000, not 401.
func badLogin(why string) error {
	return &model.Error{
		Why:  why,
		Kind: model.Unauthenticated, Platform: model.CodeInternal, Reason: "bad_login",
		Message: "An error has occurred.", Info: model.Blank, Addition: []map[string]any{{}},
		Header: map[string]string{"WWW-Authenticate": `Basic realm="Account Management API"`},
	}
}

// whyBasic tells which of the two is wrong. The name is not repeated: it may be a secret that was put in its place.
func whyBasic(v *state.View, id string) string {
	if model.IsUUID(id) {
		c, ok := state.Clients.Get(v, model.ClientID(id))
		switch {
		case !ok || c.Deleted():
			return "the Basic credentials name a client that this world does not have"
		case c.Disabled:
			return "the client is disabled"
		}
		return "the client's secret is wrong"
	}
	u, ok := v.UserByLogin(id)
	switch {
	case !ok:
		return "the Basic credentials name a user that this world does not have"
	case !u.Enabled || !u.Activated:
		return "the user is disabled, or has not been activated yet"
	}
	return "the user's password is wrong, or the login is locked for a time"
}

func session(v *state.View, cookie string) (*model.Actor, error) {
	s, ok := state.Sessions.Get(v, HashCookie(cookie))
	if !ok || !s.ExpiresAt.After(v.Now()) {
		return nil, unauthorized("the session is not known or has expired")
	}
	actor, err := ActorOf(v, s.User, "")
	return via(actor, model.ViaCookie), err
}

// HashCookie is the form in which session cookies and refresh tokens are stored: their value is never kept.
func HashCookie(value string) string {
	sum := sha256.Sum256([]byte(value))
	return hex.EncodeToString(sum[:])
}

func kinds(s openapi.Security) string {
	text := ""
	add := func(listed bool, name string) {
		if listed && text != "" {
			text += ", "
		}
		if listed {
			text += name
		}
	}
	add(s.Bearer, kindNames[model.ViaBearer])
	add(s.Basic, kindNames[model.ViaBasic])
	add(s.Cookie, kindNames[model.ViaCookie])
	return text
}
