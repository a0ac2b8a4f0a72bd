package idp

import (
	"context"
	"net/http"
	"net/url"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type authorizeIn struct {
	ClientID     string `query:"client_id"`
	RedirectURI  string `query:"redirect_uri"`
	ResponseType string `query:"response_type"`
	Scope        string `query:"scope"`
	State        string `query:"state"`
	Nonce        string `query:"nonce"`
	Prompt       string `query:"prompt"`
	LoginHint    string `query:"login_hint"`
	Challenge    string `query:"code_challenge"`
	Method       string `query:"code_challenge_method"`
}

func (in *authorizeIn) request() *authRequest {
	return &authRequest{
		clientID: in.ClientID, redirectURI: in.RedirectURI, responseType: in.ResponseType, scope: in.Scope,
		state: in.State, nonce: in.Nonce, prompt: in.Prompt, loginHint: in.LoginHint,
		challenge: in.Challenge, method: in.Method,
	}
}

// authorize sends a browser that is logged in back with a code at once, without asking for consent, and any other to the
// login page (wire facts, idp 3).
func authorize(ctx context.Context, tx *state.Tx, in authorizeIn) (*op.Document, error) {
	r := in.request()
	c, err := r.client(ctx, tx.View)
	if err != nil {
		return nil, err
	}
	if err := r.check(c); err != nil {
		return r.fail(err)
	}
	session, actor, ok := browserUser(ctx, tx.View)
	switch {
	case ok && !r.mustLogIn():
		return r.answer(tx, &visitor{actor, session.TOTPAt})
	case r.mustNotAsk():
		return r.fail(model.Errorf(model.Invalid, "login_required", "nobody is logged in"))
	}
	return r.door(ctx, tx.View, c).open(ctx, tx.View)
}

type submitIn struct {
	ClientID     string `query:"client_id"`
	RedirectURI  string `query:"redirect_uri"`
	ResponseType string `query:"response_type"`
	Scope        string `query:"scope"`
	State        string `query:"state"`
	Nonce        string `query:"nonce"`
	Prompt       string `query:"prompt"`
	LoginHint    string `query:"login_hint"`
	Challenge    string `query:"code_challenge"`
	Method       string `query:"code_challenge_method"`
	Username     string `form:"username"`
	Password     string `form:"password"`
	TOTPCode     string `form:"totp_code"`
	CSRF         string `form:"csrf"`
	Ticket       string `form:"ticket"`
}

func (in *submitIn) request() *authRequest {
	return (&authorizeIn{
		in.ClientID, in.RedirectURI, in.ResponseType, in.Scope, in.State, in.Nonce, in.Prompt, in.LoginHint, in.Challenge, in.Method,
	}).request()
}

// submitLogin takes the form of the login page. Who has passed all its steps is logged in, and goes back to the client
// with a code.
func submitLogin(ctx context.Context, tx *state.Tx, in submitIn) (*op.Document, error) {
	r := in.request()
	c, err := r.client(ctx, tx.View)
	if err != nil {
		return nil, err
	}
	if err := r.check(c); err != nil {
		return r.fail(err)
	}
	form := &loginForm{in.Username, in.Password, in.TOTPCode, in.CSRF, in.Ticket}
	who, page, err := r.door(ctx, tx.View, c).enter(ctx, tx, form)
	if who == nil {
		return page, err
	}
	back, err := r.answer(tx, who)
	if err != nil {
		return nil, err
	}
	back.Status = http.StatusSeeOther
	setCookie(back, openSession(ctx, tx, who.actor.User, who.totpAt))
	return back, nil
}

// door is the login page of the request.
func (r *authRequest) door(ctx context.Context, v *state.View, c *model.Client) *door {
	return &door{
		guard: guardOf(ctx), action: pathOf(ctx, "authorize") + "?" + r.query(), about: "authorize?" + r.query(),
		service: serviceName(v, c.TenantID), hint: r.loginHint,
	}
}

// answer sends the browser back with a new code for the visitor, or with the refusal of the scope.
func (r *authRequest) answer(tx *state.Tx, who *visitor) (*op.Document, error) {
	if _, err := grantScope(tx.View, who.actor, r.scope); err != nil {
		return r.fail(err)
	}
	value := tx.IDs().Opaque22()
	tx.PutAuthCode(&model.AuthCode{
		Hash: auth.HashCookie(value), Client: model.ClientID(r.clientID), User: who.actor.User.ID,
		RedirectURI: r.redirectURI, Scope: r.scope, Nonce: r.nonce, Challenge: r.challenge, TOTPAt: who.totpAt,
		ExpiresAt: tx.Now().Add(model.CodeLife),
	})
	return r.redirect(url.Values{"code": {value}}), nil
}
