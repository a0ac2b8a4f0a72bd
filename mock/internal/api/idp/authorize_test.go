package idp_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

const (
	verifier  = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
	pkce      = "&code_challenge_method=S256&code_challenge=" + challenge
)

// asking is the address of an authorization request, from the parameters that are given and the usual ones.
func asking(client, back, more string) string {
	return "authorize?response_type=code&scope=openid&state=st&client_id=" + client + "&redirect_uri=" + url.QueryEscape(back) + more
}

func webAsks(more string) string { return asking(web, webBack, more) }

func TestLoginLeadsBackWithACode(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ path, back string }{
		"confidential client":         {webAsks(""), webBack + "&"},
		"with PKCE":                   {webAsks(pkce), webBack + "&"},
		"public client":               {asking(spa, spaBack, pkce), spaBack + "?"},
		"relative redirect URI":       {asking(web, portalBack, ""), portalBack + "?"},
		"scope in any order":          {webAsks("&nonce=n&login_hint=admin"), webBack + "&"},
		"without a scope":             {strings.ReplaceAll(webAsks(""), "scope=openid&", ""), webBack + "&"},
		"a login that is asked for":   {webAsks("&prompt=login"), webBack + "&"},
		"parameters nobody knows":     {webAsks("&display=page&acr_values=x"), webBack + "&"},
		"a hint about who is meant":   {webAsks("&id_token_hint=x"), webBack + "&"},
		"consent, which nobody needs": {webAsks("&prompt=consent"), webBack + "&"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := startPeople(t).browser()
			got := b.goes(b.logIn(tt.path, "admin"), http.StatusSeeOther, tt.back)
			if got.Get("state") != "st" || len(got.Get("code")) != 22 || got.Has("error") {
				t.Errorf("got %v, want a code and the state", got)
			}
		})
	}
}

func TestAuthorizationRequestsThatGoNowhere(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	w.change(func(tx *state.Tx) {
		c, _ := state.Clients.Get(tx, model.ClientID(spa))
		changed := *c
		changed.RedirectURIs = []string{spaBack, "javascript:alert(1)", "https://app.example/#top", "data:text/html,x"}
		tx.PutClient(&changed)
	})
	for name, path := range map[string]string{
		"an unknown client":                asking(uuid(99), webBack, ""),
		"a client id that is none":         asking("me", webBack, ""),
		"a disabled client":                asking(disabled, webBack, ""),
		"a deleted client":                 asking(deleted, webBack, ""),
		"a client without redirect URIs":   asking(api, webBack, ""),
		"another client's redirect URI":    asking(web, spaBack, ""),
		"a longer redirect URI":            asking(web, webBack+"2", ""),
		"a shorter redirect URI":           asking(web, "https://app.example/back", ""),
		"a path below":                     asking(web, "https://app.example/back/../evil?from=login", ""),
		"another case":                     asking(web, strings.ToUpper(webBack), ""),
		"another scheme":                   asking(web, strings.Replace(webBack, "https", "http", 1), ""),
		"a user in front of the host":      asking(web, strings.Replace(webBack, "app.", "x@app.", 1), ""),
		"another host":                     asking(web, "https://app.example.evil.example/back?from=login", ""),
		"an encoded redirect URI":          asking(web, url.QueryEscape(webBack), ""),
		"a trailing newline":               asking(web, webBack+"\n", ""),
		"an empty redirect URI":            asking(web, "", ""),
		"a script that is registered":      asking(spa, "javascript:alert(1)", pkce),
		"a document that is registered":    asking(spa, "data:text/html,x", pkce),
		"a fragment that is registered":    asking(spa, "https://app.example/#top", pkce),
		"another port on the own computer": asking(spa, "http://127.0.0.1:4001/back", pkce),
		"two redirect URIs":                webAsks("&redirect_uri=https%3A%2F%2Fevil.example"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := w.of(t).browser()
			page := b.open(path)
			if name == "two redirect URIs" { // the first counts, the document says so of every parameter
				b.shows(page, http.StatusOK, "Log in", "")
				return
			}
			b.shows(page, http.StatusBadRequest, "This login cannot go on", ".")
			machine := b.get("/api/2/idp/" + path)
			if machine.Status != http.StatusBadRequest || machine.JSON["error"] == nil || machine.Header.Get("Location") != "" {
				t.Errorf("without Accept: got %d %s, want 400 and the envelope", machine.Status, machine.Body)
			}
		})
	}
}

func TestAuthorizationErrorsTravel(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	for name, tt := range map[string]struct{ path, back, code string }{
		"no response_type":               {strings.ReplaceAll(webAsks(""), "response_type=code&", ""), webBack, "invalid_request"},
		"response_type token":            {strings.ReplaceAll(webAsks(""), "=code&", "=token&"), webBack, "unsupported_response_type"},
		"response_type code and more":    {strings.ReplaceAll(webAsks(""), "=code&", "=code+id_token&"), webBack, "unsupported_response_type"},
		"a prompt that is unknown":       {webAsks("&prompt=dance"), webBack, "invalid_request"},
		"prompt none and more":           {webAsks("&prompt=none+login"), webBack, "invalid_request"},
		"nobody is logged in":            {webAsks("&prompt=none"), webBack, "login_required"},
		"a public client without PKCE":   {asking(spa, spaBack, ""), spaBack, "invalid_request"},
		"a plain challenge":              {webAsks("&code_challenge_method=plain&code_challenge=" + verifier), webBack, "invalid_request"},
		"a challenge without its method": {webAsks("&code_challenge=" + challenge), webBack, "invalid_request"},
		"a method without a challenge":   {webAsks("&code_challenge_method=S256"), webBack, "invalid_request"},
		"a challenge that is none":       {webAsks("&code_challenge_method=S256&code_challenge=short"), webBack, "invalid_request"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := w.of(t).browser()
			got := b.goes(b.open(tt.path), http.StatusFound, tt.back)
			if got.Get("error") != tt.code || got.Get("error_description") == "" || got.Get("state") != "st" || got.Has("code") {
				t.Errorf("got %v, want %s, a description and the state", got, tt.code)
			}
		})
	}
	t.Run("a scope that the user lacks", func(t *testing.T) {
		t.Parallel()
		b := w.of(t).browser()
		path := strings.ReplaceAll(webAsks(""), "=openid", "=urn:acronis.com::account-server::root_admin")
		if got := b.goes(b.logIn(path, "admin"), http.StatusSeeOther, webBack); got.Get("error") != "invalid_scope" {
			t.Errorf("got %v, want invalid_scope", got)
		}
	})
	t.Run("a missing parameter that decides where to go", func(t *testing.T) {
		t.Parallel()
		if a := w.of(t).get("/api/2/idp/authorize?client_id=" + web); a.Status != http.StatusBadRequest || a.JSON["error"] == nil {
			t.Errorf("got %d %s, want 400 and the envelope", a.Status, a.Body)
		}
	})
}

func TestSessionSparesTheLogin(t *testing.T) {
	t.Parallel()
	b := startPeople(t).browser()
	b.logIn(webAsks(""), "admin")
	for _, path := range []string{webAsks(""), webAsks("&prompt=none"), asking(spa, spaBack, pkce)} {
		if got := b.goes(b.open(path), http.StatusFound, ""); got.Get("code") == "" || got.Get("state") != "st" {
			t.Errorf("%s: got %v, want a code and the state", path, got)
		}
	}
	for _, prompt := range []string{"login", "select_account"} {
		b.shows(b.open(webAsks("&prompt="+prompt)), http.StatusOK, "Log in", "")
	}
}

func TestSessionEnds(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(b *browser){
		"with the logout": func(b *browser) { b.shows(b.open("logout"), http.StatusOK, "You are logged out", "") },
		"with time":       func(b *browser) { advance(12 * time.Hour)(b.world) },
		"with the user": func(b *browser) {
			b.change(func(tx *state.Tx) {
				u, _ := state.Users.Get(tx, admin)
				gone := *u
				gone.Enabled = false
				tx.UpdateUser(&gone)
			})
		},
		"with the tenant": func(b *browser) {
			b.change(func(tx *state.Tx) {
				old, _ := state.Tenants.Get(tx, acme)
				off := *old
				off.Enabled = false
				tx.PutTenant(&off)
				on := model.Client{ID: model.ClientID(web), TenantID: root, AuthMethod: model.AuthBasic, RedirectURIs: []string{webBack}}
				tx.PutClient(&on)
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := startPeople(t).browser()
			b.logIn(webAsks(""), "admin")
			end(b)
			if got := b.goes(b.open(webAsks("&prompt=none")), http.StatusFound, webBack); got.Get("error") != "login_required" {
				t.Errorf("got %v, want login_required", got)
			}
			b.shows(b.open(webAsks("")), http.StatusOK, "Log in", "")
		})
	}
}

func TestLogout(t *testing.T) {
	t.Parallel()
	b := startPeople(t).browser()
	if a := b.open("logout"); a.Status != http.StatusUnauthorized || a.JSON["error"] == nil {
		t.Errorf("logout without a session: got %d %s, want 401 and the envelope", a.Status, a.Body)
	}
	back := b.goes(b.logIn(webAsks(""), "admin"), http.StatusSeeOther, webBack)
	tokens := b.tokens(web+":secret", "grant_type=authorization_code&code="+back.Get("code"))
	a := b.open("logout")
	b.shows(a, http.StatusOK, "You are logged out", "")
	if got, want := a.Header.Get("Set-Cookie"), "session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"; got != want {
		t.Errorf("Set-Cookie: got %q, want %q", got, want)
	}
	if got := b.caller(tokens.text("access_token")); got != string(admin) {
		t.Errorf("after the logout the token is for %q, want %q", got, admin)
	}
}

func TestWhoCannotLogIn(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	for name, tt := range map[string]struct{ login, password, alert string }{
		"a wrong password":            {"admin", "no", "The login or the password is wrong."},
		"no password":                 {"admin", "", "The login or the password is wrong."},
		"an unknown login":            {"nobody", "open sesame", "The login or the password is wrong."},
		"no login":                    {"", "", "The login or the password is wrong."},
		"an unknown login with HTML":  {`<script>alert("x")</script>`, "x", "The login or the password is wrong."},
		"a user who is not activated": {"fresh", "open sesame", "The user is not activated."},
		"a disabled user":             {"leaver", "open sesame", "The user or its tenant is disabled."},
		"a user of a disabled tenant": {"sleeper", "open sesame", "The user or its tenant is disabled."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := w.of(t).browser()
			a := b.fill(b.open(webAsks("")), map[string]string{"username": tt.login, "password": tt.password})
			b.shows(a, http.StatusUnauthorized, "Log in", tt.alert)
			if a.Header.Get("WWW-Authenticate") != "" {
				t.Error("a page asks the browser for Basic credentials")
			}
			if strings.Contains(a.Body, "<script>") || strings.Contains(a.Body, "open sesame") {
				t.Errorf("the page repeats what was sent: %s", a.Body)
			}
			for _, c := range b.http.Jar.Cookies(mustURL(t, w.url+"/")) {
				if c.Name == "session" {
					t.Error("a refused login left a session")
				}
			}
			again := b.fill(a, map[string]string{"username": "admin", "password": "open sesame"})
			b.goes(again, http.StatusSeeOther, webBack)
		})
	}
}

func mustURL(t testing.TB, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	if err != nil {
		t.Fatalf("parse %q: %v", text, err)
	}
	return u
}

func TestLockoutHoldsForThePageToo(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	w.lockout()
	b := w.browser()
	for range model.LockoutFailures {
		a := b.fill(b.open(webAsks("")), map[string]string{"username": "admin", "password": "no"})
		b.shows(a, http.StatusUnauthorized, "Log in", "The login or the password is wrong.")
	}
	b.shows(b.logIn(webAsks(""), "admin"), http.StatusUnauthorized, "Log in", "The login is locked")
	w.guess(pass, 1)
	advance(model.LockoutPeriod)(w)
	b.goes(b.logIn(webAsks(""), "admin"), http.StatusSeeOther, webBack)
}

func TestLoginPage(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	w.brand(acme, "Acme <Cloud>")
	b := w.browser()
	a := b.open(webAsks(`&login_hint=` + url.QueryEscape(`"><script>alert(1)</script>`)))
	b.shows(a, http.StatusOK, "Log in", "")
	for _, want := range []string{
		`<html lang="en">`, "Acme &lt;Cloud&gt;", `<label for="username">`, `<label for="password">`,
		`value="&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"`, `autocomplete="current-password"`, `autocomplete="username"`,
	} {
		if !strings.Contains(a.Body, want) {
			t.Errorf("the page lacks %s: %s", want, a.Body)
		}
	}
	for _, never := range []string{"<script", "http://", "https://", "src="} {
		if strings.Contains(strings.ReplaceAll(a.Body, a.action(t), ""), never) {
			t.Errorf("the page holds %s: %s", never, a.Body)
		}
	}
	want := http.Header{
		"Cache-Control": {"no-store"}, "Referrer-Policy": {"no-referrer"}, "X-Content-Type-Options": {"nosniff"},
		"X-Frame-Options": {"DENY"}, "Content-Type": {"text/html; charset=utf-8"},
		"Content-Security-Policy": a.Header["Content-Security-Policy"], "Set-Cookie": a.Header["Set-Cookie"],
	}
	a.Header.Del("Date")
	a.Header.Del("Content-Length")
	if diff := cmp.Diff(want, a.Header); diff != "" {
		t.Errorf("headers (-want +got):\n%s", diff)
	}
	if policy := a.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("Content-Security-Policy: got %q", policy)
	}
}
