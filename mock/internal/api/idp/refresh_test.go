package idp_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

const (
	viewer  = "urn:acronis.com::account-server::tenant_viewer"
	offline = "&scope=offline_access"
)

// login gets tokens with a refresh token by the password grant, through a client unless basic is "".
func (w *world) login(basic string) *answer {
	w.t.Helper()
	return w.tokens(basic, "grant_type=password&username=admin&password="+pass+offline)
}

func TestRefresh(t *testing.T) {
	t.Parallel()
	for name, basic := range map[string]string{"with a client": api + ":secret", "without a client": ""} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			first := w.login(basic)
			next := w.tokens(basic, refreshForm(first.text("refresh_token")))
			if next.text("refresh_token") == first.text("refresh_token") || next.text("access_token") == first.text("access_token") {
				t.Error("a refresh gave a token that was there before")
			}
			for _, a := range []*answer{first, next} {
				if got := w.caller(a.text("access_token")); got != string(admin) {
					t.Errorf("an access token is for %q after the refresh, want %q", got, admin)
				}
			}
			if got := next.text("scope"); got != "offline_access" {
				t.Errorf("scope after a refresh: got %q, want what was granted", got)
			}
			w.tokens(basic, refreshForm(next.text("refresh_token")))
		})
	}
}

func TestRefreshOfAPublicClient(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := "&client_id=" + public
	first := w.tokens("", "grant_type=password&username=admin&password="+pass+offline+id)
	w.refused(w.form("token", "", refreshForm(first.text("refresh_token"))), 401, "invalid_client")
	w.tokens("", refreshForm(first.text("refresh_token"))+id)
}

func TestReplayedRefreshKillsTheFamily(t *testing.T) {
	t.Parallel()
	w := start(t)
	other := w.login(api + ":secret")
	first := w.login(api + ":secret")
	second := w.tokens(api+":secret", refreshForm(first.text("refresh_token")))
	third := w.tokens(api+":secret", refreshForm(second.text("refresh_token")))

	// Who stole it without being the client does no harm.
	w.refused(w.form("token", poster+":secret", refreshForm(first.text("refresh_token"))), 400, "invalid_grant")
	if w.caller(third.text("access_token")) == "" {
		t.Fatal("a foreign client's replay killed the family")
	}

	w.refused(w.form("token", api+":secret", refreshForm(first.text("refresh_token"))), 400, "invalid_grant")
	for name, a := range map[string]*answer{"first": first, "second": second, "third": third} {
		if who := w.caller(a.text("access_token")); who != "" {
			t.Errorf("the %s access token outlived the replay", name)
		}
		w.refused(w.form("token", api+":secret", refreshForm(a.text("refresh_token"))), 400, "invalid_grant")
	}
	if w.caller(other.text("access_token")) == "" {
		t.Error("the replay killed another family")
	}
	w.tokens(api+":secret", refreshForm(other.text("refresh_token")))
}

func TestRefreshIsRefused(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		spoil       func(*world)
		basic, more string
		status      int
		code        string
	}{
		"without the client":            {nil, "", "", 401, "invalid_client"},
		"with the client's id alone":    {nil, "", "&client_id=" + api, 401, "invalid_client"},
		"with a wrong secret":           {nil, api + ":wrong", "", 401, "invalid_client"},
		"for another client":            {nil, poster + ":secret", "", 400, "invalid_grant"},
		"for a public client":           {nil, "", "&client_id=" + public, 400, "invalid_grant"},
		"with more scope than granted":  {nil, api + ":secret", offline + "+" + viewer, 403, "invalid_scope"},
		"after 30 days":                 {advance(30 * 24 * time.Hour), api + ":secret", "", 400, "invalid_grant"},
		"once the user is disabled":     {disableUser, api + ":secret", "", 400, "invalid_grant"},
		"once the client is disabled":   {disableClient, api + ":secret", "", 401, "invalid_client"},
		"in a tenant that is suspended": {closeTenant, api + ":secret", "", 401, "invalid_client"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			form := refreshForm(w.login(api+":secret").text("refresh_token")) + tt.more
			if tt.spoil != nil {
				tt.spoil(w)
			}
			w.refused(w.form("token", tt.basic, form), tt.status, tt.code)
		})
	}
}

func TestRefreshNeedsAToken(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.refused(w.form("token", api+":secret", "grant_type=refresh_token"), 400, "invalid_request")
	w.refused(w.form("token", api+":secret", refreshForm("NvLK6BAGJuNZEuQaiclVBg")), 400, "invalid_grant")
}

func advance(d time.Duration) func(*world) {
	return func(w *world) {
		if err := w.box.Clock.Advance(d); err != nil {
			w.t.Fatal(err)
		}
	}
}

func disableUser(w *world) {
	w.change(func(tx *state.Tx) {
		old, _ := state.Users.Get(tx, admin)
		u := *old
		u.Enabled = false
		tx.UpdateUser(&u)
	})
}

func disableClient(w *world) {
	w.change(func(tx *state.Tx) {
		old, _ := state.Clients.Get(tx, model.ClientID(api))
		c := *old
		c.Disabled = true
		tx.UpdateClient(&c)
	})
}

// closeTenant disables the tenant without the cascade that kills tokens.
func closeTenant(w *world) {
	w.change(func(tx *state.Tx) {
		old, _ := state.Tenants.Get(tx, acme)
		t := *old
		t.Enabled = false
		tx.PutTenant(&t)
	})
}

func TestRefreshOfAUserInAClosedTenant(t *testing.T) {
	t.Parallel()
	w := start(t)
	a := w.login("")
	closeTenant(w)
	w.refused(w.form("token", "", refreshForm(a.text("refresh_token"))), 400, "invalid_grant")
}

func TestRefreshLosesWhatTheHolderLost(t *testing.T) {
	t.Parallel()
	w := start(t)
	scope := "&scope=" + url.QueryEscape("offline_access "+viewer)
	a := w.tokens("", "grant_type=password&username=admin&password="+pass+scope)
	w.change(func(tx *state.Tx) { tx.RemovePolicy(model.PolicyID(uuid(81))) })
	w.refused(w.form("token", "", refreshForm(a.text("refresh_token"))), 403, "invalid_scope")
	// A refused refresh spends nothing, so less can be asked for.
	w.tokens("", refreshForm(a.text("refresh_token"))+offline)
}

func TestRefreshForLessKeepsWhatWasGranted(t *testing.T) {
	t.Parallel()
	w := start(t)
	all := "openid offline_access " + viewer
	a := w.tokens(api+":secret", "grant_type=client_credentials&scope="+url.QueryEscape(all))
	less := w.tokens(api+":secret", refreshForm(a.text("refresh_token"))+"&scope=openid")
	again := w.tokens(api+":secret", refreshForm(less.text("refresh_token")))
	got := []string{a.text("scope"), less.text("scope"), again.text("scope")}
	if diff := cmp.Diff([]string{all, "openid", all}, got); diff != "" {
		t.Errorf("scopes (-want +got):\n%s", diff)
	}
}
