package idp_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// A row is one request to the token endpoint; code "" means tokens for who, and scope what the answer says of it.
type row struct {
	basic, form string
	status      int
	code        string
	who         string
	scope       any
}

func (r *row) run(t *testing.T, w *world) {
	t.Helper()
	a := w.form("token", r.basic, r.form)
	if r.code != "" {
		w.refused(a, r.status, r.code)
		return
	}
	if a.Status != http.StatusOK {
		t.Fatalf("got %d, want tokens: %s", a.Status, a.Body)
	}
	if got := w.caller(a.text("access_token")); got != r.who {
		t.Errorf("the token is for %q, want %q", got, r.who)
	}
	if diff := cmp.Diff(r.scope, a.JSON["scope"]); diff != "" {
		t.Errorf("scope (-want +got):\n%s", diff)
	}
	_, refreshable := a.JSON["refresh_token"]
	if asked := strings.Contains(r.form, "offline_access"); refreshable != asked {
		t.Errorf("a refresh token came: %v, want %v: %s", refreshable, asked, a.Body)
	}
}

func runRows(t *testing.T, rows map[string]row) {
	t.Helper()
	for name, tt := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.run(t, start(t))
		})
	}
}

func TestAnyGrant(t *testing.T) {
	t.Parallel()
	runRows(t, map[string]row{
		"without a grant_type":       {api + ":secret", "scope=openid", 400, "invalid_request", "", nil},
		"with an empty grant_type":   {api + ":secret", "grant_type=", 400, "invalid_request", "", nil},
		"without a body":             {api + ":secret", "", 400, "invalid_request", "", nil},
		"with a broken form":         {api + ":secret", "grant_type=%zz", 400, "invalid_request", "", nil},
		"with an unknown grant_type": {api + ":secret", "grant_type=implicit", 400, "unsupported_grant_type", "", nil},
	})
}

func TestClientCredentials(t *testing.T) {
	t.Parallel()
	const grant = "grant_type=client_credentials"
	runRows(t, map[string]row{
		"Basic":                  {api + ":secret", grant, 200, "", api, nil},
		"Basic, percent-encoded": {strings.ReplaceAll(api, "-", "%2D") + ":secret", grant, 200, "", api, nil},
		"in the form":            {"", grant + "&client_secret=secret&client_id=" + poster, 200, "", poster, nil},
		"in the form, though registered as Basic": {"", grant + "&client_secret=secret&client_id=" + api, 200, "", api, nil},
		"Basic, though registered for the form":   {poster + ":secret", grant, 200, "", poster, nil},
		"Basic, and its id again in the form":     {api + ":secret", grant + "&client_id=" + api, 200, "", api, nil},
		"openid":                                  {api + ":secret", grant + "&scope=openid", 200, "", api, "openid"},
		"offline_access":                          {api + ":secret", grant + "&scope=openid+offline_access", 200, "", api, "openid offline_access"},
		"an unknown word is passed over":          {api + ":secret", grant + "&scope=openid+poetry", 200, "", api, "openid"},
		"a scope URN that it holds":               {api + ":secret", grant + "&scope=urn:acronis.com::account-server::tenant_viewer", 200, "", api, "urn:acronis.com::account-server::tenant_viewer"},
		"a scope URN on a tenant below":           {api + ":secret", grant + "&scope=urn:acronis.com::account-server:" + string(clinic) + ":user_admin", 200, "", api, "urn:acronis.com::account-server:" + string(clinic) + ":user_admin"},

		"no credentials":              {"", grant, 401, "invalid_client", "", nil},
		"an empty pair":               {":", grant, 401, "invalid_client", "", nil},
		"a wrong secret":              {api + ":wrong", grant, 401, "invalid_client", "", nil},
		"a wrong secret in the form":  {"", grant + "&client_secret=wrong&client_id=" + poster, 401, "invalid_client", "", nil},
		"an id without a secret":      {"", grant + "&client_id=" + api, 401, "invalid_client", "", nil},
		"a secret without an id":      {"", grant + "&client_secret=secret", 400, "invalid_request", "", nil},
		"an unknown client":           {uuid(99) + ":secret", grant, 401, "invalid_client", "", nil},
		"a client id that is no UUID": {"", grant + "&client_id=me&client_secret=secret", 401, "invalid_client", "", nil},
		"a disabled client":           {disabled + ":secret", grant, 401, "invalid_client", "", nil},
		"a deleted client":            {deleted + ":secret", grant, 401, "invalid_client", "", nil},
		"a client of a disabled tenant": {
			idle + ":secret", grant, 401, "invalid_client", "", nil,
		},
		"both places at once":             {api + ":secret", grant + "&client_secret=secret&client_id=" + api, 400, "invalid_request", "", nil},
		"two different clients":           {api + ":secret", grant + "&client_id=" + poster, 400, "invalid_request", "", nil},
		"a public client":                 {"", grant + "&client_id=" + public, 400, "unauthorized_client", "", nil},
		"a public client with its secret": {public + ":secret", grant, 400, "unauthorized_client", "", nil},
		"a user's credentials":            {"admin:open sesame", grant, 401, "invalid_client", "", nil},
		"a scope URN that it lacks":       {api + ":secret", grant + "&scope=urn:acronis.com::account-server::root_admin", 403, "invalid_scope", "", nil},
		"a scope URN on a tenant beside":  {api + ":secret", grant + "&scope=urn:acronis.com::account-server:" + string(strict) + ":user_admin", 403, "invalid_scope", "", nil},
		"a scope URN with a path":         {api + ":secret", grant + "&scope=urn:acronis.com::account-server:" + string(acme) + "|x:user_admin", 403, "invalid_scope", "", nil},
		"a URN of another kind":           {api + ":secret", grant + "&scope=urn:example:thing", 403, "invalid_scope", "", nil},
		"narrowing to a tenant beside":    {api + ":secret", grant + "&scope=urn:acronis.com:tenant-id:" + string(strict), 403, "invalid_scope", "", nil},
		"narrowing to no tenant":          {api + ":secret", grant + "&scope=urn:acronis.com:tenant-id:", 403, "invalid_scope", "", nil},
		"narrowing to two tenants":        {api + ":secret", grant + "&scope=urn:acronis.com:tenant-id:" + string(acme) + "+urn:acronis.com:tenant-id:" + string(clinic), 403, "invalid_scope", "", nil},
	})
}

func TestPassword(t *testing.T) {
	t.Parallel()
	const grant = "grant_type=password&password=" + pass + "&username="
	runRows(t, map[string]row{
		"without a client":             {"", grant + "admin", 200, "", string(admin), nil},
		"in another case, with blanks": {"", grant + "+ADMIN+", 200, "", string(admin), nil},
		"with an empty Basic pair":     {":", grant + "admin", 200, "", string(admin), nil},
		"with a confidential client":   {api + ":secret", grant + "admin", 200, "", string(admin), nil},
		"with a client in the form":    {"", grant + "admin&client_secret=secret&client_id=" + poster, 200, "", string(admin), nil},
		"with a public client":         {"", grant + "admin&client_id=" + public, 200, "", string(admin), nil},
		"the older of two users":       {"", grant + "twin", 200, "", uuid(48), nil},
		"with offline_access":          {"", grant + "admin&scope=offline_access", 200, "", string(admin), "offline_access"},

		"without a username":          {"", "grant_type=password&password=" + pass, 400, "invalid_request", "", nil},
		"without a password":          {"", "grant_type=password&username=admin", 400, "invalid_request", "", nil},
		"a wrong password":            {"", "grant_type=password&username=admin&password=no", 401, "invalid_grant", "", nil},
		"an unknown login":            {"", grant + "nobody", 401, "invalid_grant", "", nil},
		"a user who is not activated": {"", grant + "fresh", 401, "invalid_grant", "", nil},
		"a disabled user":             {"", grant + "leaver", 401, "invalid_grant", "", nil},
		"a user of a disabled tenant": {"", grant + "sleeper", 401, "invalid_grant", "", nil},
		"a wrong client secret":       {api + ":wrong", grant + "admin", 401, "invalid_client", "", nil},
		"a client id alone":           {"", grant + "admin&client_id=" + api, 401, "invalid_client", "", nil},
		"a scope URN that it lacks":   {"", grant + "admin&scope=urn:acronis.com::account-server::root_admin", 403, "invalid_scope", "", nil},

		"second factor not set up":              {"", grant + "newphone", 401, "totp_setup_required", "", nil},
		"second factor without a code":          {"", grant + "phone", 401, "totp_required", "", nil},
		"second factor with a wrong code":       {"", grant + "phone&totp_code=123456", 401, "invalid_totp", "", nil},
		"second factor after a wrong password":  {"", "grant_type=password&username=phone&password=no", 401, "invalid_grant", "", nil},
		"a code from who needs none is ignored": {"", grant + "admin&totp_code=123456", 200, "", string(admin), nil},
	})
}

func TestTokenAnswer(t *testing.T) {
	t.Parallel()
	w := start(t)
	a := w.tokens(api+":secret", "grant_type=client_credentials&scope=offline_access")
	for name, want := range map[string]string{
		"Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store", "Pragma": "no-cache",
	} {
		if got := a.Header.Get(name); got != want {
			t.Errorf("header %s: got %q, want %q", name, got, want)
		}
	}
	if len(a.text("refresh_token")) != 22 {
		t.Errorf("the refresh token %q has not 22 characters", a.text("refresh_token"))
	}
	expires := w.box.Clock.Now().Truncate(time.Second).Add(2 * time.Hour).Unix()
	for _, secret := range []string{"access_token", "id_token", "refresh_token"} {
		delete(a.JSON, secret)
	}
	want := map[string]any{
		"token_type": "bearer", "expires_in": float64(7200), "expires_on": float64(expires), "scope": "offline_access",
	}
	if diff := cmp.Diff(want, a.JSON); diff != "" {
		t.Errorf("token answer (-want +got):\n%s", diff)
	}
	if strings.HasSuffix(a.Body, "\n") {
		t.Error("the answer ends in a newline")
	}
}

func TestBearerHeaderIsIgnored(t *testing.T) {
	t.Parallel()
	w := start(t)
	r := w.request(http.MethodPost, w.url+"/api/2/idp/token", "grant_type=client_credentials&client_secret=secret&client_id="+api)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer nonsense")
	if a := w.do(r); a.Status != http.StatusOK {
		t.Errorf("with a bearer token: got %d, want 200: %s", a.Status, a.Body)
	}
	r = w.request(http.MethodPost, w.url+"/api/2/idp/token", "grant_type=client_credentials&client_secret=secret&client_id="+api)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Digest nonsense")
	w.refused(w.do(r), http.StatusUnauthorized, "invalid_client")
}

func TestIDTokenIsNoBearer(t *testing.T) {
	t.Parallel()
	w := start(t)
	a := w.tokens(api+":secret", "grant_type=client_credentials")
	if who := w.caller(a.text("id_token")); who != "" {
		t.Errorf("an id token opens the API for %s", who)
	}
}

func TestClientShowsItsLastAccess(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.tokens(api+":secret", "grant_type=client_credentials")
	w.form("token", poster+":wrong", "grant_type=client_credentials")
	w.change(func(tx *state.Tx) {
		c, err := tx.Client(model.ClientID(api))
		if err != nil || !c.LastAccessAt.Equal(w.box.Clock.Now()) || c.LastAccessFrom != "127.0.0.1" {
			t.Errorf("after a token: last access %v from %q (%v), want now from 127.0.0.1", c.LastAccessAt, c.LastAccessFrom, err)
		}
		if c, err := tx.Client(model.ClientID(poster)); err != nil || !c.LastAccessAt.IsZero() {
			t.Errorf("after a refusal: last access %v (%v), want none", c.LastAccessAt, err)
		}
	})
}

func TestTokensDie(t *testing.T) {
	t.Parallel()
	const userForm = "grant_type=password&username=admin&password=" + pass
	for name, kill := range map[string]func(w *world){
		"with time": func(w *world) {
			if err := w.box.Clock.Advance(2 * time.Hour); err != nil {
				w.t.Fatal(err)
			}
		},
		"with the user and the client": func(w *world) {
			w.change(func(tx *state.Tx) {
				u, _ := state.Users.Get(tx, admin)
				c, _ := state.Clients.Get(tx, model.ClientID(api))
				user, client := *u, *c
				user.Enabled, client.Disabled = false, true
				tx.UpdateUser(&user)
				tx.UpdateClient(&client)
			})
		},
		"with the tenant": func(w *world) {
			w.change(func(tx *state.Tx) {
				old, _ := state.Tenants.Get(tx, acme)
				t := *old
				t.Enabled = false
				tx.UpdateTenant(&t)
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			tokens := map[string]string{
				string(admin): w.tokens("", userForm).text("access_token"),
				api:           w.tokens(api+":secret", "grant_type=client_credentials").text("access_token"),
			}
			for who, token := range tokens {
				if got := w.caller(token); got != who {
					t.Fatalf("a fresh token is for %q, want %q", got, who)
				}
			}
			kill(w)
			for _, token := range tokens {
				if got := w.caller(token); got != "" {
					t.Errorf("the token of %s still works", got)
				}
			}
		})
	}
}
