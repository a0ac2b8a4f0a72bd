package accounts_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func forgotLink(login string) string {
	return "/accounts/forgot_link?" + url.Values{"login": {login}}.Encode()
}

func TestForgotLink(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Nobody()
	for name, login := range map[string]string{
		"a login":                          apitest.AdminLogin,
		"a login in other case":            strings.ToUpper(apitest.AdminLogin),
		"a login between blanks":           "  " + apitest.AdminLogin + " ",
		"a login that is no address":       "front.desk",
		"a login that was never activated": "new.hire@harbor-clinic.example",
	} {
		t.Run(name, func(t *testing.T) {
			link, err := url.Parse(api.In(t).Get(forgotLink(login)).Want(200).Text("/link"))
			if err != nil {
				t.Fatalf("the link cannot be parsed: %v", err)
			}
			if base := link.Scheme + "://" + link.Host; base != srv.URL {
				t.Errorf("the link leads to %s, want the server that was asked, %s", base, srv.URL)
			}
			if got, want := link.Query().Get("login"), strings.TrimSpace(login); got != want {
				t.Errorf("the link is for %q, want %q", got, want)
			}
		})
	}
	for name, tt := range map[string]struct {
		path   string
		status int
	}{
		"an unknown login":       {forgotLink("nobody@example.com"), 404},
		"the login of a deleted": {forgotLink("gone@harbor-clinic.example"), 404},
		"no login":               {"/accounts/forgot_link", 400},
		"an empty login":         {forgotLink(""), 400},
		"a blank login":          {forgotLink("  "), 400},
	} {
		t.Run(name, func(t *testing.T) { api.In(t).Get(tt.path).Refused(tt.status, tt.status) })
	}
}

func TestForgotLinkSwitchedOff(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t, apitest.With(map[string]string{"forgot_link": "off"})).Nobody()
	api.Get(forgotLink(apitest.AdminLogin)).Refused(404, 404)
	api.Get("/accounts/forgot_link").Refused(400, 400)
}
