package idp_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// code logs admin in and answers the code that the client gets.
func (w *world) code(path string) string {
	w.t.Helper()
	b := w.browser()
	return b.goes(b.logIn(path, "admin"), http.StatusSeeOther, "").Get("code")
}

func TestAuthorizationCode(t *testing.T) {
	t.Parallel()
	const (
		grant = "grant_type=authorization_code&code="
		fits  = "&code_verifier=" + verifier
	)
	back := "&redirect_uri=" + url.QueryEscape(webBack)
	for name, tt := range map[string]struct {
		path        string // of the authorization request; "" for no code at all
		basic, more string
		status      int
		code        string
	}{
		"with a secret":                    {webAsks(""), web + ":secret", "", 200, ""},
		"with a secret in the form":        {webAsks(""), "", "&client_secret=secret&client_id=" + web, 200, ""},
		"with the redirect URI":            {webAsks(""), web + ":secret", back, 200, ""},
		"with PKCE":                        {webAsks(pkce), web + ":secret", fits, 200, ""},
		"by a public client":               {asking(spa, spaBack, pkce), "", "&client_id=" + spa + fits, 200, ""},
		"with a scope, which is not used":  {webAsks(""), web + ":secret", "&scope=urn:acronis.com::account-server::root_admin", 200, ""},
		"without a code":                   {"", web + ":secret", "", 400, "invalid_request"},
		"a code that nobody has":           {"", web + ":secret", "x", 400, "invalid_grant"},
		"without a client":                 {webAsks(""), "", "", 401, "invalid_client"},
		"without the secret":               {webAsks(""), "", "&client_id=" + web, 401, "invalid_client"},
		"with a wrong secret":              {webAsks(""), web + ":wrong", "", 401, "invalid_client"},
		"by another client":                {webAsks(""), api + ":secret", "", 400, "invalid_grant"},
		"by a public client, stolen":       {webAsks(""), "", "&client_id=" + spa, 400, "invalid_grant"},
		"with another redirect URI":        {webAsks(""), web + ":secret", "&redirect_uri=" + portalBack, 400, "invalid_grant"},
		"without the verifier":             {webAsks(pkce), web + ":secret", "", 400, "invalid_grant"},
		"with another verifier":            {webAsks(pkce), web + ":secret", fits + "x", 400, "invalid_grant"},
		"with the challenge as verifier":   {webAsks(pkce), web + ":secret", "&code_verifier=" + challenge, 400, "invalid_grant"},
		"with a verifier nobody asked for": {webAsks(""), web + ":secret", fits, 400, "invalid_grant"},
		"with a verifier that is none":     {webAsks(pkce), web + ":secret", "&code_verifier=short", 400, "invalid_request"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startPeople(t)
			form := grant
			if tt.path != "" {
				form += w.code(tt.path)
			}
			a := w.form("token", tt.basic, form+tt.more)
			if tt.code != "" {
				w.refused(a, tt.status, tt.code)
				return
			}
			if got := w.caller(a.text("access_token")); a.Status != tt.status || got != string(admin) {
				t.Errorf("got %d for %q, want tokens for %q: %s", a.Status, got, admin, a.Body)
			}
		})
	}
}

func TestCodeCarriesScopeAndNonce(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	code := w.code(replaceScope(webAsks("&nonce=n-0S6_WzA2Mj"), "openid offline_access"))
	a := w.tokens(web+":secret", "grant_type=authorization_code&code="+code)
	if diff := cmp.Diff("openid offline_access", a.JSON["scope"]); diff != "" {
		t.Errorf("scope (-want +got):\n%s", diff)
	}
	_, id := w.read(a.text("id_token"))
	if id["nonce"] != "n-0S6_WzA2Mj" || id["aud"] != web || id["sub"] != string(admin) || id["name"] != "Ada Min" {
		t.Errorf("id token: got %v, want the nonce, the client and the user", id)
	}
	next := w.tokens(web+":secret", refreshForm(a.text("refresh_token")))
	if _, id = w.read(next.text("id_token")); id["nonce"] != nil {
		t.Errorf("a refreshed id token repeats the nonce: %v", id)
	}
}

func replaceScope(path, scope string) string {
	u, _ := url.Parse(path)
	q := u.Query()
	q.Set("scope", scope)
	return u.Path + "?" + q.Encode()
}

func TestCodeIsGoodOnce(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	form := "grant_type=authorization_code&code=" + w.code(replaceScope(webAsks(""), "offline_access"))
	a := w.tokens(web+":secret", form)
	next := w.tokens(web+":secret", refreshForm(a.text("refresh_token")))
	advance(time.Hour)(w) // the code is long dead, the tokens are not
	w.refused(w.form("token", web+":secret", form), 400, "invalid_grant")
	for what, token := range map[string]string{"first": a.text("access_token"), "refreshed": next.text("access_token")} {
		if got := w.caller(token); got != "" {
			t.Errorf("after a replay of the code the %s access token still works for %q", what, got)
		}
	}
	w.refused(w.form("token", web+":secret", refreshForm(next.text("refresh_token"))), 400, "invalid_grant")
}

func TestReplayByAnotherClientChangesNothing(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	form := "grant_type=authorization_code&code=" + w.code(webAsks(""))
	a := w.tokens(web+":secret", form)
	w.refused(w.form("token", api+":secret", form), 400, "invalid_grant")
	if got := w.caller(a.text("access_token")); got != string(admin) {
		t.Errorf("another client killed the tokens: got %q, want %q", got, admin)
	}
}

func TestRefusalLeavesTheCode(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	form := "grant_type=authorization_code&code=" + w.code(webAsks(pkce))
	w.refused(w.form("token", web+":secret", form), 400, "invalid_grant")
	w.tokens(web+":secret", form+"&code_verifier="+verifier)
}

func TestCodeDies(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		kill   func(w *world)
		status int
		code   string
	}{
		"not before its time": {advance(model.CodeLife - time.Microsecond), 200, ""},
		"with time":           {advance(model.CodeLife), 400, "invalid_grant"},
		"with the user": {func(w *world) {
			w.change(func(tx *state.Tx) {
				u, _ := state.Users.Get(tx, admin)
				gone := *u
				gone.Enabled = false
				tx.UpdateUser(&gone)
			})
		}, 400, "invalid_grant"},
		"with the client": {func(w *world) {
			w.change(func(tx *state.Tx) {
				c, _ := state.Clients.Get(tx, model.ClientID(web))
				gone := *c
				gone.Disabled = true
				tx.UpdateClient(&gone)
			})
		}, 401, "invalid_client"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startPeople(t)
			form := "grant_type=authorization_code&code=" + w.code(webAsks(""))
			tt.kill(w)
			a := w.form("token", web+":secret", form)
			if tt.code != "" {
				w.refused(a, tt.status, tt.code)
			} else if a.Status != tt.status {
				t.Errorf("got %d, want tokens: %s", a.Status, a.Body)
			}
		})
	}
}
