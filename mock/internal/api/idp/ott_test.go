package idp_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
	"time"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// json posts a JSON body below /api/2/idp, with Basic credentials as id:secret unless they are "".
func (w *world) json(path, basic, body string) *answer {
	w.t.Helper()
	r := w.request(http.MethodPost, w.url+"/api/2/idp/"+path, body)
	r.Header.Set("Content-Type", "application/json")
	if id, secret, ok := strings.Cut(basic, ":"); ok {
		r.SetBasicAuth(id, secret)
	}
	return w.do(r)
}

// ott is a one-time token for carer.
func (w *world) ott(purpose string) string {
	w.t.Helper()
	a := w.json("ott", api+":secret", `{"purpose":"`+purpose+`","login":"carer"}`)
	if a.Status != http.StatusOK {
		w.t.Fatalf("ott: got %d, want 200: %s", a.Status, a.Body)
	}
	return a.text("ott")
}

// failed fails the test unless the answer is a refusal in the API's envelope.
func (w *world) failed(a *answer, status, code int) {
	w.t.Helper()
	envelope, _ := a.JSON["error"].(map[string]any)
	if a.Status != status || envelope["code"] != float64(code) {
		w.t.Fatalf("got %d %s, want %d with code %d", a.Status, a.Body, status, code)
	}
}

func TestOneTimeTokenIsIssued(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	for name, who := range map[string]string{
		"login":               `"login":"carer"`,
		"login in other case": `"login":" CARER "`,
		"external_id":         `"external_id":"ext-carer"`,
		"user_id":             `"user_id":"` + string(carer) + `"`,
		"with audit_data":     `"login":"carer","audit_data":"the desk"`,
		"of an own user":      `"login":"admin"`,
		"not activated":       `"login":"fresh"`,
		"other members empty": `"login":"carer","external_id":""`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := w.of(t)
			a := w.json("ott", api+":secret", `{"purpose":"user_login",`+who+`}`)
			raw, err := base64.URLEncoding.DecodeString(a.text("ott"))
			if a.Status != http.StatusOK || err != nil || len(raw) != 31 || !strings.HasPrefix(string(raw), "OTT\x01") {
				t.Fatalf("got %d %s (%v), want 31 bytes that begin with OTT and 1", a.Status, a.Body, err)
			}
			if a := w.json("ott/login", "", a.Body); a.Status != http.StatusOK {
				t.Errorf("login with the answer as it came: got %d %s, want 200", a.Status, a.Body)
			}
		})
	}
}

func TestOneTimeTokenIsRefused(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	const ask = `{"purpose":"user_login",`
	for name, tt := range map[string]struct {
		basic, body  string
		status, code int
	}{
		"nobody named":                   {api + ":secret", `{"purpose":"user_login"}`, 400, 400},
		"two named":                      {api + ":secret", ask + `"login":"carer","external_id":"x"}`, 400, 400},
		"three named":                    {api + ":secret", ask + `"login":"carer","external_id":"x","user_id":"` + string(carer) + `"}`, 400, 400},
		"an unknown login":               {api + ":secret", ask + `"login":"nobody"}`, 400, 400},
		"an unknown external id":         {api + ":secret", ask + `"external_id":"nobody"}`, 400, 400},
		"an unknown id":                  {api + ":secret", ask + `"user_id":"` + uuid(99) + `"}`, 400, 400},
		"an id that is none":             {api + ":secret", ask + `"user_id":"me"}`, 400, 400},
		"no purpose":                     {api + ":secret", `{"login":"carer"}`, 400, 400},
		"an unknown purpose":             {api + ":secret", `{"purpose":"fun","login":"carer"}`, 400, 400},
		"no body":                        {api + ":secret", ``, 400, 400},
		"a disabled user":                {api + ":secret", ask + `"login":"leaver"}`, 400, model.CodeUserDisabled},
		"a user beside":                  {api + ":secret", ask + `"login":"phone"}`, 403, model.CodeAccessDenied},
		"a user of a closed tenant":      {api + ":secret", ask + `"login":"keeper"}`, 403, model.CodeAccessDenied},
		"a user below a closed tenant":   {api + ":secret", ask + `"external_id":"ext-keeper"}`, 403, model.CodeAccessDenied},
		"by a user":                      {"admin:open sesame", ask + `"login":"carer"}`, 403, model.CodeAccessDenied},
		"by a client without user_admin": {watcher + ":secret", ask + `"login":"carer"}`, 403, model.CodeAccessDenied},
		"by nobody":                      {"", ask + `"login":"carer"}`, 401, 401},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := w.of(t)
			w.failed(w.json("ott", tt.basic, tt.body), tt.status, tt.code)
		})
	}
}

func TestSharedExternalIDMeansTheUserWithinReach(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	w.change(func(tx *state.Tx) {
		for _, id := range []model.UserID{phone, carer} { // phone, of a tenant beside, comes first
			u, _ := state.Users.Get(tx, id)
			same := *u
			same.SetExtras(model.UserExtras{ExternalID: "shared"})
			tx.PutUser(&same)
		}
	})
	a := w.json("ott", api+":secret", `{"purpose":"verify","external_id":"shared"}`)
	if got := w.json("ott/login", "", a.Body).text("id"); got != string(carer) {
		t.Errorf("the token is for %q, want %q", got, carer)
	}
}

func TestLoginWithOneTimeToken(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	b := w.browser()
	r := w.request(http.MethodPost, w.url+"/api/2/idp/ott/login", `{"ott":"`+w.ott("user_login")+`"}`)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer nonsense") // some clients send theirs; nobody asked
	a := b.send(b.http, r)
	if a.Status != http.StatusOK || a.text("id") != string(carer) || a.text("login") != "carer" {
		t.Fatalf("got %d %s, want the user", a.Status, a.Body)
	}
	if c := a.Header.Get("Set-Cookie"); !strings.HasPrefix(c, "session=") || !strings.HasSuffix(c, "; Path=/; HttpOnly; SameSite=Lax") {
		t.Errorf("Set-Cookie: got %q", c)
	}
	if got := b.follow(w.url + "/whoami").Body; got != string(carer) {
		t.Errorf("the cookie is for %q, want %q", got, carer)
	}
	b.goes(b.open(webAsks("")), http.StatusFound, webBack)
}

func TestOneTimeTokenIsGoodOnceAndForHalfAMinute(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		wait  time.Duration
		times int
		want  int
	}{
		"once":                 {0, 1, 200},
		"twice":                {0, 2, 401},
		"just before its end":  {model.OneTimeLife - time.Microsecond, 1, 200},
		"at its end":           {model.OneTimeLife, 1, 401},
		"again after its end":  {model.OneTimeLife, 2, 401},
		"a day after its end":  {24 * time.Hour, 1, 401},
		"the third of a batch": {0, 3, 401},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startPeople(t)
			ott := w.ott("user_login")
			advance(tt.wait)(w)
			var a *answer
			for range tt.times {
				a = w.json("ott/login", "", `{"ott":"`+ott+`"}`)
			}
			if a.Status != tt.want {
				t.Fatalf("got %d %s, want %d", a.Status, a.Body, tt.want)
			}
			if tt.want == 401 {
				w.failed(a, 401, 401)
				if a.Header.Get("Set-Cookie") != "" {
					t.Error("a refused login set a cookie")
				}
			}
		})
	}
}

func TestOneTimeTokensThatAreNone(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	unknown := model.OneTimeValue([32]byte{1, 2, 3})
	for name, tt := range map[string]struct {
		body   string
		status int
	}{
		"missing":            {`{}`, 400},
		"null":               {`{"ott":null}`, 400},
		"empty":              {`{"ott":""}`, 400},
		"a number":           {`{"ott":5}`, 400},
		"no Base64":          {`{"ott":"%%%"}`, 400},
		"without padding":    {`{"ott":"` + strings.TrimRight(unknown, "=") + `"}`, 400},
		"another mark":       {`{"ott":"` + base64.URLEncoding.EncodeToString(make([]byte, 31)) + `"}`, 400},
		"too short":          {`{"ott":"T1RU"}`, 400},
		"that of the sample": {`{"ott":"dGhpcyBpcyB0ZXN0IG9uZS10aW1lIHRva2Vu"}`, 400},
		"unknown":            {`{"ott":"` + unknown + `"}`, 401},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := w.of(t)
			w.failed(w.json("ott/login", "", tt.body), tt.status, tt.status)
		})
	}
}

func TestFormsOfOtherSitesCannotLogIn(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	for _, media := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"} {
		r := w.request(http.MethodPost, w.url+"/api/2/idp/ott/login", `{"ott":"`+w.ott("user_login")+`","x":"="}`)
		r.Header.Set("Content-Type", media)
		if a := w.do(r); a.Status != http.StatusUnsupportedMediaType || a.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s: got %d %v, want 415 and no cookie", media, a.Status, a.Header)
		}
	}
}

func TestVerifyingTokenOpensNoSession(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	a := w.json("ott/login", "", `{"ott":"`+w.ott("verify")+`"}`)
	if a.Status != http.StatusOK || a.text("id") != string(carer) || a.Header.Get("Set-Cookie") != "" {
		t.Errorf("got %d, Set-Cookie %q, want 200 without a cookie: %s", a.Status, a.Header.Get("Set-Cookie"), a.Body)
	}
	w.change(func(tx *state.Tx) {
		if n := state.Sessions.Len(tx); n != 0 {
			t.Errorf("%d sessions, want none", n)
		}
	})
}

func TestOneTimeTokenOfADisabledUser(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	ott := w.ott("user_login")
	enable := func(on bool) {
		w.change(func(tx *state.Tx) {
			u, _ := state.Users.Get(tx, carer)
			changed := *u
			changed.Enabled = on
			tx.UpdateUser(&changed)
		})
	}
	enable(false)
	w.failed(w.json("ott/login", "", `{"ott":"`+ott+`"}`), 401, 401)
	enable(true)
	w.failed(w.json("ott/login", "", `{"ott":"`+ott+`"}`), 401, 401)
}

func TestLoginTellsTheOriginsOfItsClient(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	w.change(func(tx *state.Tx) {
		c, _ := state.Clients.Get(tx, model.ClientID(api))
		changed := *c
		changed.RedirectURIs = []string{webBack, "https://app.example/other", portalBack, "com.example.app://back", "http://portal.test:3000/x"}
		tx.PutClient(&changed)
	})
	a := w.json("ott/login", "", `{"ott":"`+w.ott("verify")+`"}`)
	if got, want := a.Header.Get("X-Tenantry-Origins"), "https://app.example http://portal.test:3000"; got != want {
		t.Errorf("X-Tenantry-Origins: got %q, want %q", got, want)
	}
}

func TestExternalLoginPage(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	evil := `?ott="><script>alert(1)</script>&targetURI=javascript:alert(2)`
	for _, query := range []string{"", "?ott=x&targetURI=https://app.example/", evil} {
		b := w.browser()
		b.http.Jar, _ = cookiejar.New(nil)
		a := b.open("external-login" + strings.NewReplacer(`"`, "%22", "<", "%3C", ">", "%3E").Replace(query))
		b.shows(a, http.StatusOK, "Please wait...", "")
		if strings.Contains(a.Body, "alert(") || strings.Contains(a.Body, "app.example") {
			t.Errorf("%s: the page repeats its parameters: %s", query, a.main())
		}
		policy := a.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "script-src 'sha256-") || !strings.Contains(policy, "connect-src 'self'") || strings.Contains(policy, "unsafe") {
			t.Errorf("Content-Security-Policy: got %q", policy)
		}
	}
	w.base = "/s/box"
	if a := w.browser().open("external-login"); !strings.Contains(a.Body, `data-login="/s/box/api/2/idp/ott/login"`) {
		t.Errorf("in a sandbox the page posts elsewhere: %s", a.main())
	}
}

func TestExternalLoginPageBearsTheBrandOfItsUser(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	w.brand(clinic, "Clinic Cloud")
	w.brand(root, "Root Cloud")
	b := w.browser()
	for query, want := range map[string]string{"": "Root Cloud", "?ott=x": "Root Cloud", "?ott=" + w.ott("user_login"): "Clinic Cloud"} {
		if a := b.open("external-login" + query); !strings.Contains(a.Body, fmt.Sprintf("<p class=%q>%s</p>", "service", want)) {
			t.Errorf("%q: the page does not say %s: %s", query, want, a.main())
		}
	}
}
