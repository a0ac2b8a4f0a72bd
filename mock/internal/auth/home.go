package auth

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/tenantry/tenantry/mock/model"
)

// A Home is where credentials come from: the client that presents itself, or the sandbox whose issuer signed the token.
// Either may be empty.
type Home struct {
	Client  model.ClientID
	Sandbox string
}

// Home finds where the credentials of a request come from without judging them: Basic, a bearer token that the server
// signed, or the client_id of a form or of the address.
func (a *Auth) Home(r *http.Request, body []byte) Home {
	scheme, rest, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	switch {
	case strings.EqualFold(scheme, "bearer"):
		return a.tokenHome(strings.TrimSpace(rest))
	case strings.EqualFold(scheme, "basic"):
		id, _, _ := r.BasicAuth()
		pairs := Spellings(id, "")
		return Home{Client: model.ClientID(pairs[len(pairs)-1][0])}
	}
	if token := accessTokenParam(r.URL); token != "" {
		return a.tokenHome(token)
	}
	if strings.Contains(r.URL.RawQuery, "client_id=") {
		return Home{Client: model.ClientID(r.URL.Query().Get("client_id"))}
	}
	return formHome(r, body)
}

// Elsewhere refuses credentials that belong to another sandbox than the one that the path names.
func Elsewhere(named string) error {
	return refusedToken("the credentials belong to another sandbox than " + named + ", which the path names")
}

func formHome(r *http.Request, body []byte) Home {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return Home{}
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return Home{} // the operation says what is wrong with it
	}
	return Home{Client: model.ClientID(form.Get("client_id"))}
}

func (a *Auth) tokenHome(token string) Home {
	s, ok := a.sight(token)
	if !ok {
		return Home{}
	}
	return Home{Client: s.issue.client, Sandbox: s.sandbox}
}

// sandboxOf is the sandbox in the prefix of an issuer: https://host/s/{id}.
func sandboxOf(issuer string) string {
	at := strings.LastIndex(issuer, "/s/")
	if at < 0 || strings.Contains(issuer[at+len("/s/"):], "/") {
		return ""
	}
	return issuer[at+len("/s/"):]
}

// A sighting is what is remembered of a token whose signature was verified.
type sighting struct {
	issue   issue
	sandbox string // that the issuer names; "": none
}

// sight is the sighting of a token that the server signed. The signature is verified at the first one.
func (a *Auth) sight(token string) (sighting, bool) {
	if s, ok := a.seen.get(token); ok {
		return s, true
	}
	claims, ok := a.keys.Claims(token)
	if !ok {
		return sighting{}, false
	}
	s := sighting{claims.issue(), sandboxOf(claims.Issuer)}
	a.seen.put(token, s)
	return s, true
}
