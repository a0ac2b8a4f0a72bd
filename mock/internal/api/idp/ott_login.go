package idp

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// originsHeader tells the page of externalLogin at which origins the client that asked for the token has its redirect
// URIs: it may send the browser there without asking.
const originsHeader = "X-Tenantry-Origins"

type ottLoginIn struct {
	Body struct {
		OTT string `json:"ott"`
	}
}

// loginWithOneTimeToken answers whose token it is and, unless it is only there to verify that, logs the browser in
// (reference, POST /idp/ott/login).
func loginWithOneTimeToken(ctx context.Context, tx *state.Tx, in ottLoginIn) (*op.Document, error) {
	if !model.IsOneTimeValue(in.Body.OTT) {
		return nil, model.BadMember("/ott", "is not a one-time token")
	}
	t, ok := tx.TakeOneTimeToken(auth.HashCookie(in.Body.OTT))
	if !ok {
		return nil, badOTT("the one-time token is not known, was used before or has expired")
	}
	actor, err := auth.ActorOf(tx.View, t.User, "")
	if err != nil {
		return nil, op.Kept{Err: badOTT("the user of the one-time token is disabled")}
	}
	out := &op.Document{JSON: wire.UserOf(tx.View, actor.User), Header: http.Header{"Cache-Control": {"no-store"}}}
	if c, ok := state.Clients.Get(tx, t.Client); ok && len(c.Origins()) > 0 {
		out.Header.Set(originsHeader, strings.Join(c.Origins(), " "))
	}
	if t.Purpose != model.ForVerify {
		setCookie(out, openSession(ctx, tx, actor.User, time.Time{}))
	}
	return out, nil
}

func badOTT(why string) error {
	return &model.Error{
		Kind: model.Unauthenticated, Reason: "invalid_ott", Message: why, Header: map[string]string{"WWW-Authenticate": "Bearer"},
	}
}
