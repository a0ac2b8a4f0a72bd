package idp_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// chrome starts a headless browser for the test, or skips it where there is none.
func chrome(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium on the path")
	}
	ctx, stop := context.WithTimeout(t.Context(), 6*time.Minute)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(
		ctx, append(
			chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()),
			chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(640, 720),
			chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
			chromedp.Flag("host-resolver-rules", "MAP *.test 127.0.0.1"),
		)...,
	)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx) // waits for the process, whose files are about to go
		stop()
	})
	return ctx
}

// An onlooker looks at pages in a real browser, and begins without cookies.
type onlooker struct{ *screen }

// A screen is a world beside a browser.
type screen struct {
	*world
	browser  context.Context
	pictures string
}

func (s *screen) onlooker() *onlooker {
	s.t.Helper()
	if _, err := chromedp.Call(s.browser, network.ClearBrowserCookies, cdp.Empty{}); err != nil {
		s.t.Fatalf("clear the cookies: %v", err)
	}
	return &onlooker{screen: s}
}

func (v *onlooker) do(steps ...chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	ctx, stop := context.WithTimeout(v.browser, 60*time.Second)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		v.fail(err)
	}
}

// ask runs an action that answers something.
func ask[T any](v *onlooker, action chromedp.Action[T]) T {
	v.t.Helper()
	ctx, stop := context.WithTimeout(v.browser, 60*time.Second)
	defer stop()
	answer, err := chromedp.Run(ctx, action)
	if err != nil {
		v.fail(err)
	}
	return answer
}

func (v *onlooker) fail(err error) {
	v.t.Helper()
	ctx, stop := context.WithTimeout(v.browser, 30*time.Second)
	defer stop()
	page, _ := chromedp.Run(ctx, chromedp.Evaluate[string]("location.href + ' ' + document.readyState + ' ' + document.body.innerText"))
	v.t.Fatalf("in the browser: %v; it shows %s", err, page)
}

// until waits for what a script says to become true, over as many navigations as it takes.
func (v *onlooker) until(script string) {
	v.t.Helper()
	ctx, stop := context.WithTimeout(v.browser, 60*time.Second)
	defer stop()
	for {
		_, err := chromedp.Run(ctx, chromedp.Poll[bool](script))
		if err == nil {
			return
		}
		if ctx.Err() != nil {
			v.fail(fmt.Errorf("wait for %s: %w", script, err))
		}
	}
}

func (v *onlooker) opens(address string) {
	v.t.Helper()
	v.do(chromedp.Navigate(address))
}

// sees waits until the page has a heading.
func (v *onlooker) sees(heading string) {
	v.t.Helper()
	v.until(fmt.Sprintf("document.readyState === 'complete' && document.querySelector('h1')?.textContent === %q", heading))
}

// arrives waits until the browser is at an address, and answers it.
func (v *onlooker) arrives(at string) *url.URL {
	v.t.Helper()
	v.until(fmt.Sprintf("document.readyState === 'complete' && location.href.startsWith(%q)", at))
	return mustURL(v.t, ask(v, chromedp.Location()))
}

// text is that of the first element that a selector finds.
func (v *onlooker) text(selector string) string {
	v.t.Helper()
	return ask(v, chromedp.Text(chromedp.CSS(selector)))
}

// types fills in a field by its label, as a person would.
func (v *onlooker) types(label, text string) {
	v.t.Helper()
	field := fmt.Sprintf("//input[@id=//label[normalize-space()=%q]/@for]", label)
	v.do(chromedp.Clear(field), chromedp.SendKeys(field, text))
}

// presses a button, which leads to another page.
func (v *onlooker) presses(button string) {
	v.t.Helper()
	ctx, stop := context.WithTimeout(v.browser, 60*time.Second)
	defer stop()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(fmt.Sprintf("//button[normalize-space()=%q]", button))); err != nil {
		v.fail(err)
	}
}

// shot keeps a picture among the artifacts of the test: go test -artifacts.
func (v *onlooker) shot(name string) {
	v.t.Helper()
	if err := os.WriteFile(filepath.Join(v.pictures, name+".png"), ask(v, chromedp.FullScreenshot(100)), 0o600); err != nil {
		v.t.Fatalf("keep a picture: %v", err)
	}
}

// application is where a client's redirect URI leads: a server that says where it was called.
func application(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<!DOCTYPE html><title>app</title><link rel=icon href=data:,><h1>" + r.URL.Path + "</h1>"))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// register gives a client other redirect URIs.
func (w *world) register(client string, uris ...string) {
	w.t.Helper()
	w.change(func(tx *state.Tx) {
		c, _ := state.Clients.Get(tx, model.ClientID(client))
		changed := *c
		changed.RedirectURIs = uris
		tx.PutClient(&changed)
	})
}

func TestInARealBrowser(t *testing.T) {
	t.Parallel()
	browser := chrome(t)
	if err := chromedp.Do(browser); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	for name, look := range map[string]func(t *testing.T, w *screen){
		"authorize":      seeLogin,
		"second factor":  seeFactor,
		"device":         seeDevice,
		"external login": seeExternalLogin,
		"foreign target": seeForeignTarget,
	} {
		t.Run(name, func(t *testing.T) {
			w := startPeople(t)
			w.brand(acme, "Acme Cloud")
			look(t, &screen{world: w, browser: browser, pictures: t.ArtifactDir()})
		})
	}
}

func seeLogin(t *testing.T, w *screen) {
	t.Helper()
	app := application(t)
	w.register(spa, app+"/back")
	v := w.onlooker()
	v.opens(w.url + "/api/2/idp/" + asking(spa, app+"/back", pkce))
	v.sees("Log in")
	v.shot("login")
	v.types("Login", "admin")
	v.types("Password", "wrong")
	v.presses("Log in")
	v.sees("Log in")
	if got := v.text("[role=alert]"); got != "The login or the password is wrong." {
		t.Errorf("after a wrong password the page says %q", got)
	}
	v.shot("wrong-password")
	v.types("Password", "open sesame")
	v.presses("Log in")
	back := v.arrives(app + "/back")
	if back.Query().Get("state") != "st" || back.Query().Get("code") == "" {
		t.Errorf("the browser came back with %v, want a code and the state", back)
	}
	v.opens(w.url + "/api/2/idp/" + asking(spa, app+"/back", pkce))
	v.arrives(app + "/back")
	v.opens(w.url + "/api/2/idp/logout")
	v.sees("You are logged out")
	v.shot("logged-out")
	v.opens(w.url + "/api/2/idp/" + asking(spa, "https://evil.example/", pkce))
	v.sees("This login cannot go on")
	v.shot("wrong-redirect")
}

func seeFactor(t *testing.T, w *screen) {
	t.Helper()
	app := application(t)
	w.register(spa, app+"/back")
	v := w.onlooker()
	v.opens(w.url + "/api/2/idp/" + asking(spa, app+"/back", pkce))
	v.types("Login", "newphone")
	v.types("Password", "open sesame")
	v.presses("Log in")
	v.sees("Second factor")
	v.shot("enrolment")
	if ask(v, chromedp.Evaluate[int](`document.querySelector("img.qr").naturalWidth`)) == 0 {
		t.Error("the picture of the secret is not drawn")
	}
	v.do(chromedp.Click(chromedp.CSS("summary")))
	secret := v.text("#secret")
	v.shot("enrolment-key")
	v.types("Code", "000000")
	v.presses("Turn on and log in")
	v.sees("Second factor")
	v.shot("wrong-code")
	v.types("Code", w.factor(secret, 0))
	v.presses("Turn on and log in")
	v.arrives(app + "/back")

	v = w.onlooker()
	v.opens(w.url + "/api/2/idp/" + asking(spa, app+"/back", pkce))
	v.types("Login", "phone")
	v.types("Password", "open sesame")
	v.presses("Log in")
	v.sees("Second factor")
	v.shot("factor")
	v.types("Code", w.factor(phoneSecret, 0))
	v.presses("Log in")
	v.arrives(app + "/back")
}

func seeDevice(t *testing.T, w *screen) {
	t.Helper()
	v := w.onlooker()
	d := w.device(openAgent)
	v.opens(d.text("verification_uri_complete"))
	v.sees("Log in")
	v.shot("device-login")
	v.types("Login", "carer")
	v.types("Password", "open sesame")
	v.presses("Log in")
	v.sees("Connect a device")
	v.shot("device-decision")
	v.presses("Approve")
	v.sees("The device is connected")
	v.shot("device-connected")
	if a := w.poll(d); a.Status != http.StatusOK {
		t.Errorf("the device got %d %s, want tokens", a.Status, a.Body)
	}

	d = w.device(openAgent)
	v.opens(d.text("verification_uri"))
	v.sees("Connect a device")
	v.types("Code", "wrong")
	v.presses("Continue")
	v.do(chromedp.WaitVisible(chromedp.CSS("[role=alert]")))
	v.shot("device-wrong-code")
	v.types("Code", strings.ToLower(d.text("user_code")))
	v.presses("Continue")
	v.do(chromedp.WaitVisible(`//button[normalize-space()="Deny"]`))
	v.presses("Deny")
	v.sees("The device was denied")
	v.shot("device-denied")
	w.refused(w.poll(d), 400, "access_denied")
}

// seeExternalLogin follows links of both forms to places that need no question.
func seeExternalLogin(t *testing.T, w *screen) {
	t.Helper()
	app := application(t)
	page := w.url + "/api/2/idp/external-login"
	portal := strings.Replace(app, "127.0.0.1", "portal.test", 1)
	w.register(api, portal+"/back")
	for name, tt := range map[string]struct{ mark, target, want string }{
		"query":                           {"?", app + "/app?a=b+c", app + "/app?a=b+c"},
		"fragment":                        {"#", app + "/app", app + "/app"},
		"query, to a path here":           {"?", "/whoami", w.url + "/whoami"},
		"fragment, to the client's place": {"#", portal + "/elsewhere", portal + "/elsewhere"},
	} {
		v := w.onlooker()
		link := page + tt.mark + "ott=" + url.QueryEscape(w.ott("user_login")) + "&targetURI=" + url.QueryEscape(tt.target)
		v.opens(link)
		v.arrives(tt.want)
		v.opens(w.url + "/whoami")
		if got := v.text("body"); got != string(carer) {
			t.Errorf("%s: the browser is logged in as %q, want %q", name, got, carer)
		}
	}
	v := w.onlooker()
	v.opens(page + "#ott=" + w.ott("user_login"))
	v.sees("You are logged in")
	v.shot("external-no-target")
	if address := ask(v, chromedp.Location()); address != page {
		t.Errorf("the address still holds the token: %s", address)
	}
}

// seeForeignTarget follows links that must not lead on by themselves.
func seeForeignTarget(t *testing.T, w *screen) {
	t.Helper()
	page := w.url + "/api/2/idp/external-login"
	for _, target := range []string{"https://evil.test/x", "//evil.test/x", `\\\\evil.test/x`, `/\\evil.test/x`} {
		v := w.onlooker()
		v.opens(page + "?ott=" + url.QueryEscape(w.ott("user_login")) + "&targetURI=" + strings.ReplaceAll(url.QueryEscape(target), "+", "%20"))
		v.sees("You are logged in")
		link := ask(v, chromedp.AttributeValue(chromedp.CSS("#target"), "href")).Value
		address := ask(v, chromedp.Location())
		if !strings.HasSuffix(link, "://evil.test/x") || address != page || v.text("#target") != link {
			t.Errorf("%s: at %s with a link to %q, want the page and a link that names the other site", target, address, link)
		}
		v.shot("external-foreign")
	}
	for _, target := range []string{
		"javascript:document.title='hit'", " javascript:document.title='hit'", "java\nscript:document.title='hit'",
		"data:text/html,<script>1</script>", "blob:" + w.url + "/x", "file:///etc/passwd", "http://127.0.0.1@evil.test/", "http://",
	} {
		ott := w.ott("user_login")
		for _, mark := range []string{"?", "#"} {
			v := w.onlooker()
			v.opens(page + mark + "ott=" + url.QueryEscape(ott) + "&targetURI=" + strings.ReplaceAll(url.QueryEscape(target), "+", "%20"))
			v.sees("You could not be logged in")
			if title := ask(v, chromedp.Title()); title == "hit" {
				t.Errorf("%s%s: a script of the address ran", mark, target)
			}
			v.shot("external-refused")
		}
		if a := w.json("ott/login", "", `{"ott":"`+ott+`"}`); a.Status != http.StatusOK {
			t.Errorf("%s: the token was used up: %d %s", target, a.Status, a.Body)
		}
	}
	v := w.onlooker()
	v.opens(page + "?ott=" + url.QueryEscape(`"><img src=x onerror="document.title='hit'">`))
	v.sees("You could not be logged in")
	v.shot("external-failed")
	v = w.onlooker()
	v.opens(page)
	v.sees("You could not be logged in")
}
