package idp_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

var rightLogin = map[string]string{"username": "admin", "password": "open sesame"}

func TestLoginFormOfAnotherSite(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	const stale = "This form is out of date"
	for name, post := range map[string]func(t *testing.T, b *browser, page *answer) *answer{
		"without its code": func(_ *testing.T, b *browser, page *answer) *answer {
			return b.fill(page, map[string]string{"username": "admin", "password": "open sesame", "csrf": ""})
		},
		"with the code of the attacker's browser": func(_ *testing.T, b *browser, page *answer) *answer {
			mine := w.browser().open(webAsks(""))
			return b.fill(page, map[string]string{"username": "admin", "password": "open sesame", "csrf": mine.hidden("csrf")})
		},
		"without the cookie": func(t *testing.T, _ *browser, page *answer) *answer {
			t.Helper()
			b := w.of(t).browser() // SameSite keeps the cookie from other sites
			return b.fill(page, rightLogin)
		},
		"with the code of another request": func(_ *testing.T, b *browser, _ *answer) *answer {
			harmless := b.open(asking(spa, spaBack, pkce))
			page := b.open(webAsks(""))
			return b.fill(page, map[string]string{"username": "admin", "password": "open sesame", "csrf": harmless.hidden("csrf")})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := w.of(t).browser()
			page := b.open(webAsks(""))
			a := post(t, b, page)
			b.shows(a, http.StatusForbidden, "Log in", stale)
			if strings.Contains(strings.Join(a.Header["Set-Cookie"], " "), "session=") {
				t.Error("a session began")
			}
		})
	}
}

func TestFormWithoutACookieWorksTheSecondTime(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	page := w.browser().open(webAsks(""))
	b := w.browser()
	again := b.fill(page, rightLogin)
	b.shows(again, http.StatusForbidden, "Log in", "This form is out of date")
	b.goes(b.fill(again, rightLogin), http.StatusSeeOther, webBack)
}

func TestTwoTabs(t *testing.T) {
	t.Parallel()
	b := startPeople(t).browser()
	one, two := b.open(webAsks("")), b.open(asking(spa, spaBack, pkce))
	b.goes(b.fill(one, rightLogin), http.StatusSeeOther, webBack)
	b.goes(b.fill(two, rightLogin), http.StatusSeeOther, spaBack)
}

func (b *browser) cookie(name string) string {
	b.t.Helper()
	for _, c := range b.http.Jar.Cookies(mustURL(b.t, b.url+"/")) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

func TestLoginMakesANewSession(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	b := w.browser()
	b.http.Jar.SetCookies(mustURL(t, w.url+"/"), []*http.Cookie{{Name: "session", Value: "planted"}})
	b.logIn(webAsks(""), "admin")
	old := b.cookie("session")
	if old == "planted" || old == "" {
		t.Fatalf("the session is %q, want a new one", old)
	}
	b.logIn(webAsks("&prompt=login"), "admin")
	if b.cookie("session") == old {
		t.Error("a second login keeps the session")
	}
	stranger := w.browser()
	for _, value := range []string{"planted", old} {
		stranger.http.Jar.SetCookies(mustURL(t, w.url+"/"), []*http.Cookie{{Name: "session", Value: value}})
		stranger.shows(stranger.open(webAsks("")), http.StatusOK, "Log in", "")
	}
}

func TestCookies(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ base, tail string }{
		"at the root":   {"", "; Path=/; HttpOnly; SameSite=Lax"},
		"in a sandbox":  {"/s/box", "; Path=/s/box/; HttpOnly; SameSite=Lax"},
		"through HTTPS": {"https://cloud.example", "; Path=/; HttpOnly; Secure; SameSite=Lax"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startPeople(t)
			b := w.browser()
			w.base = tt.base
			page := b.open(webAsks(""))
			r := b.request(http.MethodPost, w.url+"/api/2/idp/"+webAsks(""), url.Values{
				"csrf": {page.hidden("csrf")}, "username": {"admin"}, "password": {"open sesame"},
			}.Encode())
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			form := page.Header.Get("Set-Cookie")
			r.Header.Set("Cookie", strings.SplitN(form, ";", 2)[0])
			session := b.send(b.http, r).Header.Get("Set-Cookie")
			if !strings.HasPrefix(form, "form=") || !strings.HasSuffix(form, tt.tail) {
				t.Errorf("form cookie: got %q, want …%s", form, tt.tail)
			}
			if !strings.HasPrefix(session, "session=") || !strings.HasSuffix(session, tt.tail) {
				t.Errorf("session cookie: got %q, want …%s", session, tt.tail)
			}
		})
	}
}

func TestAnswersCannotBeSplit(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	w.change(func(tx *state.Tx) {
		c, _ := state.Clients.Get(tx, model.ClientID(web))
		changed := *c
		changed.RedirectURIs = []string{webBack, "https://app.example/\r\nSet-Cookie: session=evil"}
		tx.PutClient(&changed)
	})
	b := w.browser()
	a := b.open(asking(web, "https://app.example/\r\nSet-Cookie: session=evil", "&prompt=none"))
	b.shows(a, http.StatusBadRequest, "This login cannot go on", "not a URI")
	a = b.open(webAsks("&prompt=none&state=" + url.QueryEscape("x\r\nSet-Cookie: session=evil")))
	if a.Header.Get("Set-Cookie") != "" || a.Status != http.StatusFound {
		t.Errorf("got %d %v, want 302 and no cookie", a.Status, a.Header)
	}
}
