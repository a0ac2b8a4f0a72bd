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
	openAgent = "urn:acronis.com:tenant-id::backup_agent_admin"
	openFrame = "urn:acronis.com:tenant-id::cyber_frame_registrator"
)

func agentOf(tenant model.TenantID) string {
	return "urn:acronis.com:tenant-id:" + string(tenant) + ":backup_agent_admin"
}

// device begins the device flow for a scope.
func (w *world) device(scope string) *answer {
	w.t.Helper()
	a := w.form("device_authorization", "", "client_id="+spa+"&display_name=Desk&scope="+url.QueryEscape(scope))
	if a.Status != http.StatusOK {
		w.t.Fatalf("device_authorization: got %d, want 200: %s", a.Status, a.Body)
	}
	return a
}

// poll asks for the tokens of the device.
func (w *world) poll(device *answer) *answer {
	w.t.Helper()
	return w.form("token", "", "client_id="+spa+"&grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code="+device.text("device_code"))
}

// bearerOf is an access token of a user.
func (w *world) bearerOf(login string) string {
	w.t.Helper()
	return w.tokens("", "grant_type=password&username="+login+"&password="+pass).text("access_token")
}

// approval calls the approval as a bearer; body "" is a GET.
func (w *world) approval(bearer, query, body string) *answer {
	w.t.Helper()
	method := http.MethodGet
	if body != "" {
		method = http.MethodPost
	}
	r := w.request(method, w.url+"/api/2/idp/device_authorization/approval"+query, body)
	r.Header.Set("Content-Type", "application/json")
	if bearer != "" {
		r.Header.Set("Authorization", "Bearer "+bearer)
	}
	return w.do(r)
}

func (w *world) approve(device *answer) {
	w.t.Helper()
	if a := w.approval(w.bearerOf("carer"), "", `{"code":"`+device.text("user_code")+`"}`); a.Status != http.StatusNoContent || a.Body != "" {
		w.t.Fatalf("approve: got %d %s, want 204 without a body", a.Status, a.Body)
	}
}

func TestAuthorizeDevice(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	a := w.device(openAgent)
	code, user := a.text("device_code"), a.text("user_code")
	want := map[string]any{
		"device_code": code, "user_code": user, "verification_uri": w.url + "/api/2/idp/device",
		"verification_uri_complete": w.url + "/api/2/idp/device?code=" + user, "expires_in": float64(600), "interval": float64(5),
	}
	if diff := cmp.Diff(want, a.JSON); diff != "" {
		t.Errorf("device_authorization (-want +got):\n%s", diff)
	}
	letters := strings.Trim(user, model.UserCodeAlphabet+"-")
	if len(code) < 32 || len(user) != 9 || user[4] != '-' || letters != "" {
		t.Errorf("codes %q and %q, want 32 characters and four consonants twice", code, user)
	}
	if other := w.device(openAgent); other.text("user_code") == user || other.text("device_code") == code {
		t.Error("two devices have the same code")
	}
	if got := a.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control: got %q", got)
	}
}

func TestAuthorizeDeviceForms(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	ask := func(scope string) string { return "client_id=" + spa + "&scope=" + url.QueryEscape(scope) }
	for name, tt := range map[string]struct {
		form   string
		status int
		code   string
	}{
		"an open tenant":        {ask(openAgent), 200, ""},
		"a tenant":              {ask(agentOf(clinicCare)), 200, ""},
		"a connector":           {ask(openFrame), 200, ""},
		"two scopes, joined":    {ask(openAgent + " " + openFrame), 200, ""},
		"two scopes, repeated":  {ask(openAgent) + "&scope=" + openFrame, 200, ""},
		"a tenant and an open":  {ask(agentOf(clinicCare) + " " + openFrame), 200, ""},
		"no client_id":          {"scope=" + openAgent, 400, "invalid_request"},
		"an empty client_id":    {"client_id=&scope=" + openAgent, 400, "invalid_request"},
		"no scope":              {"client_id=" + spa, 400, "invalid_request"},
		"an empty scope":        {ask(""), 400, "invalid_request"},
		"an unknown client":     {"client_id=" + uuid(99) + "&scope=" + openAgent, 401, "invalid_client"},
		"a disabled client":     {"client_id=" + disabled + "&scope=" + openAgent, 401, "invalid_client"},
		"a confidential client": {"client_id=" + web + "&scope=" + openAgent, 400, "unauthorized_client"},
		"a plain word":          {ask("openid"), 400, "invalid_scope"},
		"another role":          {ask("urn:acronis.com:tenant-id::partner_admin"), 400, "invalid_scope"},
		"another form":          {ask("urn:acronis.com::account-server::tenant_viewer"), 400, "invalid_scope"},
		"a tenant that is none": {ask("urn:acronis.com:tenant-id:me:backup_agent_admin"), 400, "invalid_scope"},
		"a tenant and no role":  {ask("urn:acronis.com:tenant-id:" + string(clinic)), 400, "invalid_scope"},
		"two tenants":           {ask(agentOf(clinicCare) + " " + agentOf(idleCare)), 400, "invalid_scope"},
		"one right, one wrong":  {ask(openAgent + " openid"), 400, "invalid_scope"},
		"a broken form":         {"%zz", 400, "invalid_request"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := w.of(t)
			a := w.form("device_authorization", "", tt.form)
			if tt.code != "" {
				w.refused(a, tt.status, tt.code)
			} else if a.Status != http.StatusOK {
				t.Errorf("got %d, want 200: %s", a.Status, a.Body)
			}
		})
	}
}

func TestDeviceCodeGrant(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	d := w.device(openAgent + " " + openFrame)
	w.refused(w.poll(d), 400, "authorization_pending")
	w.approve(d)
	a := w.poll(d)
	if a.Status != http.StatusOK || a.JSON["refresh_token"] != nil {
		t.Fatalf("got %d %s, want tokens without a refresh token", a.Status, a.Body)
	}
	frame := strings.Replace(agentOf(clinicCare), "backup_agent_admin", "cyber_frame_registrator", 1)
	if got, want := a.text("scope"), agentOf(clinicCare)+" "+frame; got != want {
		t.Errorf("scope: got %q, want %q", got, want)
	}
	_, claims := w.read(a.text("access_token"))
	delete(claims, "jti")
	iat, exp := w.times()
	want := map[string]any{
		"aud": []any{spa, w.host()}, "iss": w.url, "sub": string(carer), "uid": string(carer), "client_id": spa,
		"owner_tuid": string(acme), "ver": float64(2), "iat": iat, "exp": exp,
		"scope": []any{
			map[string]any{"tid": "11", "tuid": string(clinicCare), "role": "backup_agent_admin"},
			map[string]any{"tid": "11", "tuid": string(clinicCare), "role": "cyber_frame_registrator"},
		},
	}
	if diff := cmp.Diff(want, claims); diff != "" {
		t.Errorf("access token (-want +got):\n%s", diff)
	}
	if _, id := w.read(a.text("id_token")); id["aud"] != spa || id["sub"] != string(carer) {
		t.Errorf("id token: got %v", id)
	}
	if got := w.caller(a.text("access_token")); got != string(carer) {
		t.Errorf("the token is for %q, want %q", got, carer)
	}
	w.refused(w.poll(d), 400, "invalid_grant")
	if again := w.approval(w.bearerOf("carer"), "", `{"code":"`+d.text("user_code")+`"}`); again.Status != http.StatusForbidden {
		t.Errorf("approving a spent code: got %d %s, want 403", again.Status, again.Body)
	}
}

func TestDeviceTokenHasNoRightsOfItsUser(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	d := w.device(openAgent)
	w.approve(d)
	token := w.poll(d).text("access_token")
	other := w.device(openAgent)
	w.refused(w.approval(token, "?code="+other.text("user_code"), ""), 403, "access_denied")
}

func TestDeviceCodeGrantIsRefused(t *testing.T) {
	t.Parallel()
	const grant = "grant_type=urn:ietf:params:oauth:grant-type:device_code"
	for name, tt := range map[string]struct {
		before      func(w *world, d *answer)
		basic, form string // DEVICE stands for the device code
		status      int
		code        string
	}{
		"without a device_code":   {nil, "", grant + "&client_id=" + spa, 400, "invalid_request"},
		"without a client":        {nil, "", grant + "&device_code=DEVICE", 400, "invalid_request"},
		"an unknown client":       {nil, "", grant + "&device_code=DEVICE&client_id=" + uuid(99), 401, "invalid_client"},
		"a confidential client":   {nil, web + ":secret", grant + "&device_code=DEVICE", 400, "unauthorized_client"},
		"another public client":   {nil, "", grant + "&device_code=DEVICE&client_id=" + public, 400, "invalid_grant"},
		"an unknown code":         {nil, "", grant + "&device_code=x&client_id=" + spa, 400, "invalid_grant"},
		"nobody has decided":      {nil, "", grant + "&device_code=DEVICE&client_id=" + spa, 400, "authorization_pending"},
		"an expired code":         {func(w *world, _ *answer) { advance(model.DeviceLife)(w) }, "", grant + "&device_code=DEVICE&client_id=" + spa, 400, "expired_token"},
		"approved, but too late":  {func(w *world, d *answer) { w.approve(d); advance(model.DeviceLife)(w) }, "", grant + "&device_code=DEVICE&client_id=" + spa, 400, "expired_token"},
		"denied":                  {(*world).deny, "", grant + "&device_code=DEVICE&client_id=" + spa, 400, "access_denied"},
		"asked too often":         {func(w *world, d *answer) { w.poll(d) }, "", grant + "&device_code=DEVICE&client_id=" + spa, 400, "slow_down"},
		"the user was disabled":   {func(w *world, d *answer) { w.approve(d); w.disableUser(carer) }, "", grant + "&device_code=DEVICE&client_id=" + spa, 400, "invalid_grant"},
		"the client was disabled": {func(w *world, d *answer) { w.approve(d); w.disableClient(spa) }, "", grant + "&device_code=DEVICE&client_id=" + spa, 401, "invalid_client"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startPeople(t)
			d := w.device(openAgent)
			if tt.before != nil {
				tt.before(w, d)
			}
			w.refused(w.form("token", tt.basic, strings.Replace(tt.form, "DEVICE", d.text("device_code"), 1)), tt.status, tt.code)
		})
	}
}

func (w *world) disableUser(id model.UserID) {
	w.t.Helper()
	w.change(func(tx *state.Tx) {
		u, _ := state.Users.Get(tx, id)
		gone := *u
		gone.Enabled = false
		tx.UpdateUser(&gone)
	})
}

func (w *world) disableClient(id string) {
	w.t.Helper()
	w.change(func(tx *state.Tx) {
		c, _ := state.Clients.Get(tx, model.ClientID(id))
		gone := *c
		gone.Disabled = true
		tx.UpdateClient(&gone)
	})
}

func TestSlowDownAddsFiveSeconds(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	d := w.device(openAgent)
	for _, step := range []struct {
		wait time.Duration
		want string
	}{
		{0, "authorization_pending"},
		{5 * time.Second, "authorization_pending"},
		{5*time.Second - time.Microsecond, "slow_down"}, // 10 seconds from now on
		{5 * time.Second, "slow_down"},                  // 15
		{15 * time.Second, "authorization_pending"},
		{15 * time.Second, "authorization_pending"},
		{14 * time.Second, "slow_down"},
	} {
		advance(step.wait)(w)
		w.refused(w.poll(d), 400, step.want)
	}
	w.approve(d)
	if a := w.poll(d); a.Status != http.StatusOK {
		t.Errorf("once approved: got %d %s, want tokens", a.Status, a.Body)
	}
}

func TestDeviceApproval(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	named, open := w.device(agentOf(clinicCare)), w.device(openAgent)
	for name, tt := range map[string]struct {
		login, query string
		want         map[string]any
	}{
		"of a device that names its tenant": {"admin", "?code=" + named.text("user_code"), map[string]any{
			"client_id": spa, "display_name": "Desk", "scope": []any{agentOf(clinicCare)},
			"tenant_id": "11", "tenant_name": "carer", "is_current_tenant": true,
		}},
		"for a tenant that the administrator names": {"admin", "?code=" + open.text("user_code") + "&tenant_uuid=" + string(clinicCare), map[string]any{
			"client_id": spa, "display_name": "Desk", "scope": []any{agentOf(clinicCare)},
			"tenant_id": "11", "tenant_name": "carer", "is_current_tenant": true,
		}},
		"for oneself": {"carer", "?code=" + open.text("user_code"), map[string]any{
			"client_id": spa, "display_name": "Desk", "scope": []any{openAgent}, "is_current_tenant": false,
		}},
		"with a code as people type it": {"carer", "?code=" + url.QueryEscape(strings.ToLower(strings.Replace(open.text("user_code"), "-", " ", 1))), map[string]any{
			"client_id": spa, "display_name": "Desk", "scope": []any{openAgent}, "is_current_tenant": false,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := w.of(t)
			a := w.approval(w.bearerOf(tt.login), tt.query, "")
			if diff := cmp.Diff(tt.want, a.JSON); a.Status != http.StatusOK || diff != "" {
				t.Errorf("got %d (-want +got):\n%s", a.Status, diff)
			}
		})
	}
}

func TestDeviceApprovalIsRefused(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		scope, login string
		tenant       model.TenantID // named by the user; "" for none
		before       func(w *world)
		status       int
		code         string
	}{
		"own tenant, by its user":                {openAgent, "carer", "", nil, 200, ""},
		"named by the user, by an administrator": {openAgent, "admin", clinicCare, nil, 200, ""},
		"named twice, alike":                     {agentOf(clinicCare), "admin", clinicCare, nil, 200, ""},
		"an administrator without a tenant":      {openAgent, "admin", "", nil, 400, "invalid_request"},
		"own tenant, but named":                  {openAgent, "carer", clinicCare, nil, 403, "access_denied"},
		"own tenant, named by the device":        {agentOf(clinicCare), "carer", "", nil, 403, "access_denied"},
		"another tenant than the device's":       {agentOf(clinicCare), "admin", idleCare, nil, 400, "invalid_request"},
		"a tenant that is not personal":          {openAgent, "admin", clinic, nil, 400, "invalid_request"},
		"a tenant below a closed one":            {openAgent, "admin", depotCare, nil, 403, "access_denied"},
		"a tenant beside":                        {openAgent, "admin", strict, nil, 403, "access_denied"},
		"an unknown tenant":                      {openAgent, "admin", model.TenantID(uuid(99)), nil, 403, "access_denied"},
		"an owner without the roles":             {openAgent, "admin", idleCare, nil, 400, "invalid_request"},
		"a disabled owner":                       {openAgent, "admin", clinicCare, func(w *world) { w.disableUser(carer) }, 400, "invalid_request"},
		"a locked tenant": {openAgent, "admin", clinicCare, func(w *world) {
			w.changeTenant(clinicCare, func(t *model.Tenant) {
				t.SetExtras(model.TenantExtras{Lock: model.Lock{Enabled: true, OwnerID: clinic}})
			})
		}, 403, "access_denied"},
		"a disabled tenant": {openAgent, "admin", clinicCare, func(w *world) {
			w.changeTenant(clinicCare, func(t *model.Tenant) { t.Enabled = false })
		}, 400, "invalid_request"},
		"a client that has gone": {openAgent, "carer", "", func(w *world) { w.disableClient(spa) }, 400, "invalid_request"},
		"an expired code":        {openAgent, "carer", "", advance(model.DeviceLife), 400, "invalid_request"},
		"a user without a role":  {openAgent, "visitor", "", nil, 403, "access_denied"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startPeople(t)
			d := w.device(tt.scope)
			if tt.before != nil {
				tt.before(w)
			}
			bearer, query, body := w.bearerOf(tt.login), "?code="+d.text("user_code"), `{"code":"`+d.text("user_code")+`"`
			if tt.tenant != "" {
				query, body = query+"&tenant_uuid="+string(tt.tenant), body+`,"tenant_uuid":"`+string(tt.tenant)+`"`
			}
			look, do := w.approval(bearer, query, ""), w.approval(bearer, "", body+"}")
			if tt.code == "" {
				if look.Status != 200 || do.Status != 204 {
					t.Errorf("got %d %s and %d %s, want 200 and 204", look.Status, look.Body, do.Status, do.Body)
				}
				return
			}
			w.flat(look, tt.status, tt.code)
			w.flat(do, tt.status, tt.code)
			w.refused(w.form("token", "", "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id="+public+"&device_code="+d.text("device_code")), 400, "invalid_grant")
		})
	}
}

// flat fails the test unless the answer is the flat refusal.
func (w *world) flat(a *answer, status int, code string) {
	w.t.Helper()
	if a.Status != status || a.text("error") != code || a.text("error_description") == "" {
		w.t.Errorf("got %d %s, want %d %s", a.Status, a.Body, status, code)
	}
}

func (w *world) changeTenant(id model.TenantID, f func(*model.Tenant)) {
	w.t.Helper()
	w.change(func(tx *state.Tx) {
		old, _ := state.Tenants.Get(tx, id)
		changed := *old
		f(&changed)
		tx.PutTenant(&changed)
	})
}

func TestWhoMayNotApprove(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	d := w.device(openAgent)
	code := "?code=" + d.text("user_code")
	carerToken := w.bearerOf("carer")
	w.flat(w.approval(carerToken, "?code=BBBB-BBBB", ""), 403, "access_denied")
	w.flat(w.approval(carerToken, "?code=", ""), 403, "access_denied")
	w.flat(w.approval(carerToken, "", `{"code":"BBBB-BBBB"}`), 403, "access_denied")
	w.flat(w.approval(carerToken, "", ""), 400, "invalid_request")
	w.flat(w.approval(carerToken, "", `{}`), 400, "invalid_request")
	w.flat(w.approval(carerToken, code+"&tenant_uuid=me", ""), 400, "invalid_request")
	w.failed(w.approval("", code, ""), 401, 401)
	client := w.tokens(api+":secret", "grant_type=client_credentials").text("access_token")
	w.flat(w.approval(client, code, ""), 403, "access_denied")
	w.change(func(tx *state.Tx) {
		c, _ := state.Clients.Get(tx, model.ClientID(api))
		almighty := *c
		almighty.Roles = []string{"root_admin"}
		tx.PutClient(&almighty)
	})
	w.flat(w.approval(client, code, ""), 403, "access_denied")
	narrow := w.tokens("", bearerForm(carerToken, "urn:acronis.com:tenant-id:"+string(clinicCare))).text("access_token")
	if a := w.approval(narrow, code, ""); a.Status != http.StatusOK {
		t.Errorf("with a token narrowed to the own tenant: got %d %s, want 200", a.Status, a.Body)
	}
	w.approve(d)
	w.flat(w.approval(carerToken, code, ""), 403, "access_denied")
}
