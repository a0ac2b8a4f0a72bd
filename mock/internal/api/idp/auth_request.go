package idp

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// An authRequest is what a client asks the browser of its user to bring here (RFC 6749, 4.1.1; RFC 7636, 4.3; OpenID
// Connect Core, 3.1.2.1).
type authRequest struct {
	clientID, redirectURI, responseType, scope, state string
	nonce, prompt, loginHint, challenge, method       string
}

// query is the request as an address has it; forms carry it on and are bound to it.
func (r *authRequest) query() string {
	q := url.Values{}
	for name, value := range map[string]string{
		"client_id": r.clientID, "redirect_uri": r.redirectURI, "response_type": r.responseType, "scope": r.scope,
		"state": r.state, "nonce": r.nonce, "prompt": r.prompt, "login_hint": r.loginHint,
		"code_challenge": r.challenge, "code_challenge_method": r.method,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return q.Encode()
}

// client is who asks. Until client and redirect URI are known to be right, nothing is sent to that URI: the refusal is
// shown to the person in front of the browser (RFC 6749, 3.1.2.4).
func (r *authRequest) client(ctx context.Context, v *state.View) (*model.Client, error) {
	actor, err := auth.ActorOf(v, "", model.ClientID(r.clientID))
	if err != nil {
		return nil, refuseHere(ctx, v, model.Errorf(model.Invalid, "invalid_client", "the application is not known, or it is disabled"))
	}
	if err := model.CheckRedirect(actor.Client, r.redirectURI); err != nil {
		return nil, refuseHere(ctx, v, err)
	}
	return actor.Client, nil
}

// refuseHere shows a refusal as a page to browsers, and as JSON to whoever does not ask for one.
func refuseHere(ctx context.Context, v *state.View, refusal error) error {
	if !strings.Contains(op.Request(ctx).Header.Get("Accept"), "text/html") {
		return refusal
	}
	service := ""
	if top, ok := v.RootTenant(); ok {
		service = serviceName(v, top.ID)
	}
	return showRefusal("message", &message{
		frame: frame{Title: "This login cannot go on", Service: service},
		Text:  "The application that sent you here asked in a wrong way. Its makers can tell from the reason above.",
	}, refusal)
}

// prompts are what a client may ask for. There is no consent to ask and one account to select, so the last two are
// taken for a login and for nothing.
var prompts = []string{"", "none", "login", "select_account", "consent"}

// check refuses what is wrong with the request itself; the client is told at its redirect URI.
func (r *authRequest) check(c *model.Client) error {
	asked := strings.Fields(r.prompt)
	unknown := func(p string) bool { return !slices.Contains(prompts, p) }
	switch {
	case r.responseType == "":
		return model.Errorf(model.Invalid, "invalid_request", "response_type is missing; it has to be code")
	case r.responseType != "code":
		return model.Errorf(model.Invalid, "unsupported_response_type", "response_type has to be code")
	case slices.ContainsFunc(asked, unknown):
		return model.Errorf(model.Invalid, "invalid_request", "prompt has to be login or none")
	case slices.Contains(asked, "none") && len(asked) > 1:
		return model.Errorf(model.Invalid, "invalid_request", "prompt is none and something else at once")
	}
	return model.CheckChallenge(c, r.challenge, r.method)
}

// mustLogIn reports whether the person has to log in though the browser is logged in already.
func (r *authRequest) mustLogIn() bool {
	asked := strings.Fields(r.prompt)
	return slices.Contains(asked, "login") || slices.Contains(asked, "select_account")
}

// mustNotAsk reports whether no page may be shown.
func (r *authRequest) mustNotAsk() bool { return r.prompt == "none" }

// fail sends a refusal to the redirect URI (RFC 6749, 4.1.2.1). An error that is no refusal stays one of ours.
func (r *authRequest) fail(err error) (*op.Document, error) {
	refusal := &model.Error{}
	if !errors.As(err, &refusal) {
		return nil, err
	}
	return r.redirect(url.Values{"error": {refusal.Reason}, "error_description": {refusal.Message}}), nil
}

// redirect sends the browser back with an answer and the client's state. 303 makes a browser that has just posted its
// password forget it (RFC 9700, 4.12); after a GET it is the usual 302.
func (r *authRequest) redirect(params url.Values) *op.Document {
	if r.state != "" {
		params.Set("state", r.state)
	}
	return &op.Document{Status: http.StatusFound, Header: http.Header{
		"Location":        {model.AddQuery(r.redirectURI, params)},
		"Cache-Control":   {"no-store"},
		"Referrer-Policy": {"no-referrer"},
	}}
}
