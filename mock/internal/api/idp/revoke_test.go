package idp_test

import (
	"net/url"
	"testing"
)

func revokeForm(token string) string { return "token=" + url.QueryEscape(token) }

// revoked fails the test unless the answer is the empty 200.
func (w *world) revoked(a *answer) {
	w.t.Helper()
	if a.Status != 200 || a.Body != "" {
		w.t.Fatalf("revoke: got %d %q, want an empty 200", a.Status, a.Body)
	}
}

func TestRevocationKillsWhatWasIssuedTogether(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ basic, which, hint, more string }{
		"by the access token":         {api + ":secret", "access_token", "access_token", ""},
		"by the refresh token":        {api + ":secret", "refresh_token", "refresh_token", ""},
		"with the wrong hint":         {api + ":secret", "refresh_token", "access_token", ""},
		"without a hint":              {api + ":secret", "access_token", "", ""},
		"with credentials in a form":  {"", "access_token", "", "&client_secret=secret&client_id=" + api},
		"with an empty pair, by none": {":", "access_token", "", "&client_secret=secret&client_id=" + api},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			a, other := w.login(api+":secret"), w.login(api+":secret")
			w.revoked(w.form("revoke_token", tt.basic, revokeForm(a.text(tt.which))+"&token_type_hint="+tt.hint+tt.more))
			if w.caller(a.text("access_token")) != "" {
				t.Error("the access token still works")
			}
			w.refused(w.form("token", api+":secret", refreshForm(a.text("refresh_token"))), 400, "invalid_grant")
			if w.caller(other.text("access_token")) == "" {
				t.Error("another login died too")
			}
			w.revoked(w.form("revoke_token", tt.basic, revokeForm(a.text(tt.which))+tt.more)) // already revoked
		})
	}
}

func TestRevocationReachesRotatedTokens(t *testing.T) {
	t.Parallel()
	w := start(t)
	first := w.login(api + ":secret")
	next := w.tokens(api+":secret", refreshForm(first.text("refresh_token")))
	w.revoked(w.form("revoke_token", api+":secret", revokeForm(first.text("access_token"))))
	if w.caller(next.text("access_token")) != "" {
		t.Error("an access token of the family still works")
	}
	w.refused(w.form("token", api+":secret", refreshForm(next.text("refresh_token"))), 400, "invalid_grant")
}

func TestRevocationByAPublicClient(t *testing.T) {
	t.Parallel()
	w := start(t)
	a := w.tokens("", "grant_type=password&username=admin&password="+pass+"&client_id="+public)
	w.revoked(w.form("revoke_token", "", revokeForm(a.text("access_token"))+"&client_id="+public))
	if w.caller(a.text("access_token")) != "" {
		t.Error("the access token still works")
	}
}

func TestRevocationWithoutAClient(t *testing.T) {
	t.Parallel()
	w := start(t)
	a := w.login("")
	w.revoked(w.form("revoke_token", "", revokeForm(a.text("refresh_token"))))
	if w.caller(a.text("access_token")) != "" {
		t.Error("the access token still works")
	}
}

func TestRevocationWithoutEffect(t *testing.T) {
	t.Parallel()
	w := start(t)
	ofClient, ofUser := w.login(api+":secret"), w.login("")
	w.revoked(w.form("revoke_token", poster+":secret", revokeForm(ofClient.text("access_token"))))
	w.revoked(w.form("revoke_token", poster+":secret", revokeForm(ofClient.text("refresh_token"))))
	w.revoked(w.form("revoke_token", poster+":secret", revokeForm(ofUser.text("access_token"))))
	w.revoked(w.form("revoke_token", api+":secret", revokeForm("nonsense")))
	w.revoked(w.form("revoke_token", "", revokeForm("nonsense")))
	for _, a := range []*answer{ofClient, ofUser} {
		if w.caller(a.text("access_token")) == "" {
			t.Error("a foreign client revoked a token")
		}
	}
}

func TestRevocationIsRefused(t *testing.T) {
	t.Parallel()
	w := start(t)
	token := revokeForm(w.login(api + ":secret").text("access_token"))
	for name, tt := range map[string]struct {
		basic, form string
		status      int
		code        string
	}{
		"without a token":               {api + ":secret", "", 400, "invalid_request"},
		"with an unknown hint":          {api + ":secret", token + "&token_type_hint=id_token", 400, "invalid_request"},
		"with a wrong secret":           {api + ":wrong", token, 401, "invalid_client"},
		"by a disabled client":          {disabled + ":secret", token, 401, "invalid_client"},
		"of a client's token, by none":  {"", token, 401, "invalid_client"},
		"by a confidential client's id": {"", token + "&client_id=" + api, 401, "invalid_client"},
		"with credentials twice":        {api + ":secret", token + "&client_secret=secret", 400, "invalid_request"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := w.of(t)
			w.refused(w.form("revoke_token", tt.basic, tt.form), tt.status, tt.code)
		})
	}
}
