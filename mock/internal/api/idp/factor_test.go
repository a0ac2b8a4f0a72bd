package idp_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pquerna/otp/totp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// factor is the code that an authenticator app shows, shifted by d from the world's time.
func (w *world) factor(secret string, d time.Duration) string {
	w.t.Helper()
	code, err := totp.GenerateCode(secret, w.box.Clock.Now().Add(d))
	if err != nil {
		w.t.Fatalf("make a code: %v", err)
	}
	return code
}

const phoneGrant = "grant_type=password&username=phone&password=" + pass

func TestSecondFactorOfThePasswordGrants(t *testing.T) {
	t.Parallel()
	const md5 = "grant_type=md5_password&username=phone&password="
	sum := model.MD5Hex("open sesame")
	for name, tt := range map[string]struct {
		form, code string
		shift      time.Duration
		refusal    string
	}{
		"right":                  {phoneGrant, phoneSecret, 0, ""},
		"right, with MD5":        {md5 + sum, phoneSecret, 0, ""},
		"a step early":           {phoneGrant, phoneSecret, 30 * time.Second, ""},
		"a step late":            {phoneGrant, phoneSecret, -30 * time.Second, ""},
		"two steps early":        {phoneGrant, phoneSecret, time.Minute, "invalid_totp"},
		"two steps late":         {phoneGrant, phoneSecret, -time.Minute, "invalid_totp"},
		"of another secret":      {phoneGrant, "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU", 0, "invalid_totp"},
		"none":                   {phoneGrant, "", 0, "totp_required"},
		"none, with MD5":         {md5 + sum, "", 0, "totp_required"},
		"after a wrong password": {strings.Replace(phoneGrant, pass, "no", 1), phoneSecret, 0, "invalid_grant"},
		"not set up yet":         {strings.Replace(phoneGrant, "phone", "newphone", 1), phoneSecret, 0, "totp_setup_required"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startPeople(t)
			form := tt.form
			if tt.code != "" {
				form += "&totp_code=" + w.factor(tt.code, tt.shift)
			}
			a := w.form("token", "", form)
			if tt.refusal != "" {
				w.refused(a, http.StatusUnauthorized, tt.refusal)
				return
			}
			_, claims := w.read(a.text("access_token"))
			now := float64(w.box.Clock.Now().Unix())
			if claims["totp_time"] != now || claims["login_totp_time"] != now {
				t.Errorf("totp_time %v, login_totp_time %v, want %v", claims["totp_time"], claims["login_totp_time"], now)
			}
		})
	}
}

func TestFactorTimeSurvivesARefresh(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	a := w.tokens("", phoneGrant+"&scope=offline_access&totp_code="+w.factor(phoneSecret, 0))
	_, before := w.read(a.text("access_token"))
	advance(time.Hour)(w)
	_, after := w.read(w.tokens("", refreshForm(a.text("refresh_token"))).text("access_token"))
	if diff := cmp.Diff(before["login_totp_time"], after["login_totp_time"]); diff != "" || after["login_totp_time"] == nil {
		t.Errorf("login_totp_time (-before +after the refresh):\n%s", diff)
	}
}

func TestFactorCodeCountsOnce(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	early, now := w.factor(phoneSecret, -30*time.Second), w.factor(phoneSecret, 0)
	w.tokens("", phoneGrant+"&totp_code="+now)
	w.refused(w.form("token", "", phoneGrant+"&totp_code="+now), 401, "invalid_totp")
	w.refused(w.form("token", "", phoneGrant+"&totp_code="+early), 401, "invalid_totp")
	advance(30 * time.Second)(w)
	w.refused(w.form("token", "", phoneGrant+"&totp_code="+now), 401, "invalid_totp")
	w.tokens("", phoneGrant+"&totp_code="+w.factor(phoneSecret, 0))
}

func TestFactorCodesCannotBeGuessedUnderLockout(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	w.lockout()
	for range model.LockoutFailures {
		w.refused(w.form("token", "", phoneGrant+"&totp_code=000000"), 401, "invalid_totp")
	}
	w.refused(w.form("token", "", phoneGrant+"&totp_code="+w.factor(phoneSecret, 0)), 401, "invalid_grant")
	advance(model.LockoutPeriod)(w)
	w.tokens("", phoneGrant+"&totp_code="+w.factor(phoneSecret, 0))
}

func TestUserWithoutSecretHasNoCode(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	w.change(func(tx *state.Tx) {
		u, _ := state.Users.Get(tx, phone)
		secret := tx.Credential(u)
		secret.TOTPSecret = ""
		tx.PutCredential(secret)
	})
	w.refused(w.form("token", "", phoneGrant+"&totp_code="+w.factor("", 0)), 401, "invalid_totp")
}

func TestSecondFactorPage(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	b := w.browser()
	page := b.logIn(webAsks(""), "phone")
	b.shows(page, http.StatusOK, "Second factor", "")
	if page.hidden("ticket") == "" || strings.Contains(page.Body, phoneSecret) {
		t.Fatalf("the page lacks its ticket, or shows the secret: %s", page.main())
	}
	wrong := b.fill(page, map[string]string{"totp_code": "000000"})
	b.shows(wrong, http.StatusUnauthorized, "Second factor", "The code of the second factor is wrong")
	right := b.fill(wrong, map[string]string{"totp_code": w.factor(phoneSecret, 0)})
	got := b.goes(right, http.StatusSeeOther, webBack)
	_, claims := w.read(w.tokens(web+":secret", "grant_type=authorization_code&code="+got.Get("code")).text("access_token"))
	if claims["login_totp_time"] != float64(w.box.Clock.Now().Unix()) {
		t.Errorf("login_totp_time: got %v, want now", claims["login_totp_time"])
	}
	b.shows(b.fill(page, map[string]string{"totp_code": w.factor(phoneSecret, 0)}), http.StatusUnauthorized, "Second factor", "was used before")
}

func TestAllAtOnce(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	b := w.browser()
	a := b.fill(b.open(webAsks("")), map[string]string{
		"username": "phone", "password": "open sesame", "totp_code": w.factor(phoneSecret, 0),
	})
	b.goes(a, http.StatusSeeOther, webBack)
}

var shownSecret = regexp.MustCompile(`id="secret">([A-Z2-7]{32})<`)

func TestEnrolment(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	b := w.browser()
	page := b.logIn(webAsks(""), "newphone")
	b.shows(page, http.StatusOK, "Second factor", "")
	secret := first(shownSecret, page.Body)
	if secret == "" || !strings.Contains(page.Body, "otpauth://totp/Tenantry:newphone?") || !strings.Contains(page.Body, `src="data:image/png;base64,`) {
		t.Fatalf("the page lacks the secret, its address or its picture: %s", page.main())
	}
	if again := first(shownSecret, b.logIn(webAsks(""), "newphone").Body); again != secret {
		t.Errorf("a second try shows the secret %q, want the first one, %q", again, secret)
	}
	w.refused(w.form("token", "", "grant_type=password&username=newphone&password="+pass+"&totp_code="+w.factor(secret, 0)), 401, "totp_setup_required")
	wrong := b.fill(page, map[string]string{"totp_code": "000000"})
	b.shows(wrong, http.StatusUnauthorized, "Second factor", "wrong")
	if again := first(shownSecret, wrong.Body); again != secret {
		t.Errorf("after a wrong code the secret is %q, want %q", again, secret)
	}
	b.goes(b.fill(wrong, map[string]string{"totp_code": w.factor(secret, 0)}), http.StatusSeeOther, webBack)
	w.change(func(tx *state.Tx) {
		u, _ := state.Users.Get(tx, newphone)
		if got := tx.UserMFA(u); got != model.MFAEnabled || !u.Extras().LoginTOTPAt.Equal(model.MomentOf(w.box.Clock.Now())) {
			t.Errorf("after the enrolment: %s, last used %v; want enabled, now", got, u.Extras().LoginTOTPAt)
		}
	})
	b = w.browser()
	later := b.logIn(webAsks(""), "newphone")
	b.shows(later, http.StatusOK, "Second factor", "")
	if first(shownSecret, later.Body) != "" {
		t.Error("the secret is shown after the enrolment")
	}
	advance(30 * time.Second)(w)
	w.tokens("", "grant_type=password&username=newphone&password="+pass+"&totp_code="+w.factor(secret, 0))
}

func TestFirstTryWithAWrongCodeKeepsTheShownSecret(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	b := w.browser()
	wrong := b.fill(b.open(webAsks("")), map[string]string{"username": "newphone", "password": "open sesame", "totp_code": "000000"})
	b.shows(wrong, http.StatusUnauthorized, "Second factor", "wrong")
	code := w.factor(first(shownSecret, wrong.Body), 0)
	b.goes(b.fill(wrong, map[string]string{"totp_code": code}), http.StatusSeeOther, webBack)
}

func TestTicket(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(w *world, page *answer) (*browser, map[string]string){
		"of another browser": func(w *world, _ *answer) (*browser, map[string]string) {
			b := w.browser()
			own := b.open(webAsks(""))
			return b, map[string]string{"csrf": own.hidden("csrf")}
		},
		"changed": func(_ *world, page *answer) (*browser, map[string]string) {
			return nil, map[string]string{"ticket": strings.Replace(page.hidden("ticket"), string(phone), string(admin), 1)}
		},
		"without its stamp": func(_ *world, page *answer) (*browser, map[string]string) {
			ticket := page.hidden("ticket")
			return nil, map[string]string{"ticket": ticket[:strings.LastIndexByte(ticket, '.')+1]}
		},
		"of no form": func(*world, *answer) (*browser, map[string]string) {
			return nil, map[string]string{"ticket": "nonsense"}
		},
		"too old": func(w *world, _ *answer) (*browser, map[string]string) {
			advance(5 * time.Minute)(w)
			return nil, nil
		},
		"after a new password": func(w *world, _ *answer) (*browser, map[string]string) {
			w.change(func(tx *state.Tx) {
				u, _ := state.Users.Get(tx, phone)
				tx.PutCredential(tx.Credential(u).SetPassword("salt", "another"))
			})
			return nil, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startPeople(t)
			b := w.browser()
			page := b.logIn(webAsks(""), "phone")
			other, fields := spoil(w, page)
			if other != nil {
				b = other
			}
			if fields == nil {
				fields = map[string]string{}
			}
			fields["totp_code"] = w.factor(phoneSecret, 0)
			b.shows(b.fill(page, fields), http.StatusUnauthorized, "Log in", "This login took too long")
		})
	}
}

func TestTicketIsGoodForItsRequestAlone(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	b := w.browser()
	page := b.logIn(webAsks(""), "phone")
	other := b.open(asking(spa, spaBack, pkce))
	form := url.Values{"csrf": {other.hidden("csrf")}, "ticket": {page.hidden("ticket")}, "totp_code": {w.factor(phoneSecret, 0)}}
	b.shows(b.post(other, form), http.StatusUnauthorized, "Log in", "This login took too long")
}
