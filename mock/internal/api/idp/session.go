package idp

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// sessionLife is how long a browser stays logged in, whatever it does meanwhile. The vendor publishes no number; a
// working day is ours.
const sessionLife = 12 * time.Hour

// openSession begins a browser session for the user and answers its cookie. Each login makes a new one and ends the one
// that the browser came with, so that nobody can be made to use a session that somebody else knows.
func openSession(ctx context.Context, tx *state.Tx, u *model.User, totpAt time.Time) *http.Cookie {
	if old, ok := sessionOf(ctx, tx); ok {
		tx.RemoveSession(old.Hash)
	}
	value := tx.IDs().Opaque22()
	tx.PutSession(&model.Session{
		Hash: auth.HashCookie(value), User: u.ID, TOTPAt: totpAt, CreatedAt: tx.Now(), ExpiresAt: tx.Now().Add(sessionLife),
	})
	return cookie(ctx, auth.SessionCookie, value)
}

// sessionOf is the live session of the browser that makes the request.
func sessionOf(ctx context.Context, r state.Reader) (*model.Session, bool) {
	c, err := op.Request(ctx).Cookie(auth.SessionCookie)
	if err != nil {
		return nil, false
	}
	return state.Sessions.Get(r, auth.HashCookie(c.Value))
}

// browserUser is the session of the browser with its user as an actor, if the session lasts and the user may act.
func browserUser(ctx context.Context, v *state.View) (*model.Session, *model.Actor, bool) {
	s, ok := sessionOf(ctx, v)
	if !ok || !s.ExpiresAt.After(v.Now()) {
		return nil, nil, false
	}
	actor, err := auth.ActorOf(v, s.User, "")
	return s, actor, err == nil
}

// cookie goes back to this server alone, and only to the sandbox that it is of: its path is "/" or the sandbox's prefix,
// because clients log in below /api/2/idp and call all of /api/2 with it. Over plain HTTP it cannot be Secure: clients
// would not send it back (wire facts, idp 1.3). It lives as long as the browser; the session has its own end.
func cookie(ctx context.Context, name, value string) *http.Cookie {
	return &http.Cookie{
		Name: name, Value: value, Path: basePath(ctx) + "/", HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: strings.HasPrefix(op.BaseURL(ctx), "https://"),
	}
}

// setCookie adds a cookie to an answer.
func setCookie(d *op.Document, c *http.Cookie) {
	if d.Header == nil {
		d.Header = http.Header{}
	}
	d.Header.Add("Set-Cookie", c.String())
}
