package idp_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// A question is one request to the token endpoint that needs something to happen before.
type question struct {
	ask    func(w *world) (basic, form string)
	status int
	code   string // "" for tokens
}

// plain is a request that needs nothing.
func plain(basic, form string) func(*world) (string, string) {
	return func(*world) (string, string) { return basic, form }
}

// codeForm is the form for a fresh code of an authorization request.
func codeForm(w *world, path string) string {
	return "grant_type=authorization_code&code=" + w.code(path)
}

// refreshed is the form for a fresh refresh token.
func refreshed(w *world) string {
	return refreshForm(w.tokens(api+":secret", clientForm+"&scope=offline_access").text("refresh_token"))
}

func deviceForm(d *answer) string {
	return "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=" + spa + "&device_code=" + d.text("device_code")
}

const (
	clientForm   = "grant_type=client_credentials"
	passwordForm = "grant_type=password&username=admin&password=" + pass
	rootScope    = "urn:acronis.com::account-server::root_admin"
)

// TestGrantsAndTheirErrors is the error table of wire facts, idp 2.3, for every grant, beside the success of each.
func TestGrantsAndTheirErrors(t *testing.T) { //nolint:funlen // one table, a line for each row
	t.Parallel()
	md5Form := "grant_type=md5_password&username=admin&password=" + model.MD5Hex("open sesame")
	wrongMD5 := "grant_type=md5_password&username=admin&password=" + model.MD5Hex("no")
	for name, tt := range map[string]question{
		"client_credentials: success": {plain(api+":secret", clientForm), 200, ""},
		"password: success":           {plain("", passwordForm), 200, ""},
		"md5_password: success":       {plain("", md5Form), 200, ""},
		"authorization_code: success": {func(w *world) (string, string) { return web + ":secret", codeForm(w, webAsks("")) }, 200, ""},
		"refresh_token: success":      {func(w *world) (string, string) { return api + ":secret", refreshed(w) }, 200, ""},
		"device_code: success": {func(w *world) (string, string) {
			d := w.device(openAgent)
			w.approve(d)
			return "", deviceForm(d)
		}, 200, ""},
		"jwt-bearer, narrowing: success":   {func(w *world) (string, string) { return "", bearerForm(w.bearerOf("admin"), narrowingTo(clinic)) }, 200, ""},
		"jwt-bearer, registering: success": {func(w *world) (string, string) { return "", bearerForm(w.registrationToken(clinicCare, openAgent), "") }, 200, ""},

		"missing grant_type":                   {plain(api+":secret", "scope=openid"), 400, "invalid_request"},
		"password: missing username":           {plain("", "grant_type=password&password=x"), 400, "invalid_request"},
		"password: missing password":           {plain("", "grant_type=password&username=admin"), 400, "invalid_request"},
		"md5_password: missing username":       {plain("", "grant_type=md5_password&password=x"), 400, "invalid_request"},
		"md5_password: missing password":       {plain("", "grant_type=md5_password&username=admin"), 400, "invalid_request"},
		"authorization_code: missing code":     {plain(web+":secret", "grant_type=authorization_code"), 400, "invalid_request"},
		"refresh_token: missing refresh_token": {plain(api+":secret", "grant_type=refresh_token"), 400, "invalid_request"},
		"device_code: missing device_code":     {plain("", "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id="+spa), 400, "invalid_request"},
		"device_code: missing client_id":       {plain("", "grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=x"), 400, "invalid_request"},
		"jwt-bearer: missing assertion":        {plain("", "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer"), 400, "invalid_request"},
		"a parameter that is no form":          {plain("", "grant_type=%zz"), 400, "invalid_request"},
		"credentials in two places":            {plain(api+":secret", clientForm+"&client_id="+api+"&client_secret=secret"), 400, "invalid_request"},

		"unknown grant": {plain(api+":secret", "grant_type=urn:ietf:params:oauth:grant-type:token-exchange"), 400, "unsupported_grant_type"},

		"client_credentials: no client":       {plain("", clientForm), 401, "invalid_client"},
		"client_credentials: wrong secret":    {plain(api+":wrong", clientForm), 401, "invalid_client"},
		"client_credentials: disabled client": {plain(disabled+":secret", clientForm), 401, "invalid_client"},
		"client_credentials: deleted client":  {plain(deleted+":secret", clientForm), 401, "invalid_client"},
		"password: wrong secret":              {plain(api+":wrong", passwordForm), 401, "invalid_client"},
		"md5_password: wrong secret":          {plain(api+":wrong", md5Form), 401, "invalid_client"},
		"authorization_code: no client":       {func(w *world) (string, string) { return "", codeForm(w, webAsks("")) }, 401, "invalid_client"},
		"authorization_code: wrong secret":    {func(w *world) (string, string) { return web + ":wrong", codeForm(w, webAsks("")) }, 401, "invalid_client"},
		"refresh_token: no client":            {func(w *world) (string, string) { return "", refreshed(w) }, 401, "invalid_client"},
		"refresh_token: wrong secret":         {func(w *world) (string, string) { return api + ":wrong", refreshed(w) }, 401, "invalid_client"},
		"device_code: unknown client":         {plain("", "grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=x&client_id="+uuid(99)), 401, "invalid_client"},
		"jwt-bearer: wrong secret":            {func(w *world) (string, string) { return api + ":wrong", bearerForm(w.bearerOf("admin"), "") }, 401, "invalid_client"},

		"password: wrong password":        {plain("", "grant_type=password&username=admin&password=no"), 401, "invalid_grant"},
		"password: unknown login":         {plain("", "grant_type=password&username=nobody&password=no"), 401, "invalid_grant"},
		"password: not activated":         {plain("", "grant_type=password&username=fresh&password="+pass), 401, "invalid_grant"},
		"password: disabled user":         {plain("", "grant_type=password&username=leaver&password="+pass), 401, "invalid_grant"},
		"md5_password: wrong password":    {plain("", wrongMD5), 401, "invalid_grant"},
		"password: second factor missing": {plain("", phoneGrant), 401, "totp_required"},
		"password: second factor wrong":   {plain("", phoneGrant+"&totp_code=000000"), 401, "invalid_totp"},
		"password: second factor replayed": {func(w *world) (string, string) {
			form := phoneGrant + "&totp_code=" + w.factor(phoneSecret, 0)
			w.tokens("", form)
			return "", form
		}, 401, "invalid_totp"},
		"password: second factor not set up": {plain("", strings.Replace(phoneGrant, "phone", "newphone", 1)), 401, "totp_setup_required"},
		"md5_password: second factor missing": {
			plain("", strings.Replace(md5Form, "admin", "phone", 1)), 401, "totp_required",
		},
		"md5_password: second factor wrong": {
			plain("", strings.Replace(md5Form, "admin", "phone", 1)+"&totp_code=000000"), 401, "invalid_totp",
		},
		"md5_password: second factor not set up": {
			plain("", strings.Replace(md5Form, "admin", "newphone", 1)), 401, "totp_setup_required",
		},

		"authorization_code: unknown code": {plain(web+":secret", "grant_type=authorization_code&code=x"), 400, "invalid_grant"},
		"authorization_code: used code": {func(w *world) (string, string) {
			form := codeForm(w, webAsks(""))
			w.tokens(web+":secret", form)
			return web + ":secret", form
		}, 400, "invalid_grant"},
		"authorization_code: expired code": {func(w *world) (string, string) {
			form := codeForm(w, webAsks(""))
			advance(model.CodeLife)(w)
			return web + ":secret", form
		}, 400, "invalid_grant"},
		"authorization_code: another's code": {func(w *world) (string, string) { return api + ":secret", codeForm(w, webAsks("")) }, 400, "invalid_grant"},
		"authorization_code: other redirect": {func(w *world) (string, string) { return web + ":secret", codeForm(w, webAsks("")) + "&redirect_uri=/" }, 400, "invalid_grant"},
		"authorization_code: wrong verifier": {func(w *world) (string, string) {
			return web + ":secret", codeForm(w, webAsks(pkce)) + "&code_verifier=" + challenge
		}, 400, "invalid_grant"},
		"authorization_code: missing verifier": {func(w *world) (string, string) { return web + ":secret", codeForm(w, webAsks(pkce)) }, 400, "invalid_grant"},
		"authorization_code: verifier unasked": {func(w *world) (string, string) {
			return web + ":secret", codeForm(w, webAsks("")) + "&code_verifier=" + verifier
		}, 400, "invalid_grant"},
		"refresh_token: unknown": {plain(api+":secret", "grant_type=refresh_token&refresh_token=x"), 400, "invalid_grant"},
		"refresh_token: used": {func(w *world) (string, string) {
			form := refreshed(w)
			w.tokens(api+":secret", form)
			return api + ":secret", form
		}, 400, "invalid_grant"},
		"refresh_token: revoked": {func(w *world) (string, string) {
			form := refreshed(w)
			w.form("revoke_token", api+":secret", strings.Replace(form, "refresh_token=", "token=", 1))
			token := strings.TrimPrefix(form, "grant_type=refresh_token&refresh_token=")
			w.form("revoke_token", api+":secret", "token="+token)
			return api + ":secret", form
		}, 400, "invalid_grant"},
		"refresh_token: expired": {func(w *world) (string, string) {
			form := refreshed(w)
			advance(30 * 24 * time.Hour)(w)
			return api + ":secret", form
		}, 400, "invalid_grant"},
		"refresh_token: another's": {func(w *world) (string, string) { return poster + ":secret", refreshed(w) }, 400, "invalid_grant"},
		"jwt-bearer: nonsense":     {plain("", bearerForm("nonsense", "")), 400, "invalid_grant"},
		"jwt-bearer: expired token": {func(w *world) (string, string) {
			token := w.bearerOf("admin")
			advance(2 * time.Hour)(w)
			return "", bearerForm(token, "")
		}, 400, "invalid_grant"},
		"jwt-bearer: revoked token": {func(w *world) (string, string) {
			token := w.tokens(api+":secret", clientForm).text("access_token")
			w.form("revoke_token", api+":secret", "token="+token)
			return "", bearerForm(token, "")
		}, 400, "invalid_grant"},
		"jwt-bearer: expired registration token": {func(w *world) (string, string) {
			code := w.registrationToken(clinicCare, openAgent)
			advance(72 * time.Hour)(w)
			return "", bearerForm(code, "")
		}, 400, "invalid_grant"},
		"device_code: unknown": {plain("", "grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=x&client_id="+spa), 400, "invalid_grant"},
		"device_code: spent": {func(w *world) (string, string) {
			d := w.device(openAgent)
			w.approve(d)
			w.poll(d)
			return "", deviceForm(d)
		}, 400, "invalid_grant"},
		"device_code: another's": {func(w *world) (string, string) {
			return "", strings.Replace(deviceForm(w.device(openAgent)), spa, public, 1)
		}, 400, "invalid_grant"},
		"device_code: not decided": {func(w *world) (string, string) { return "", deviceForm(w.device(openAgent)) }, 400, "authorization_pending"},
		"device_code: too fast":    {func(w *world) (string, string) { d := w.device(openAgent); w.poll(d); return "", deviceForm(d) }, 400, "slow_down"},
		"device_code: expired": {func(w *world) (string, string) {
			d := w.device(openAgent)
			advance(model.DeviceLife)(w)
			return "", deviceForm(d)
		}, 400, "expired_token"},
		"device_code: denied": {func(w *world) (string, string) { d := w.device(openAgent); w.deny(d); return "", deviceForm(d) }, 400, "access_denied"},

		"client_credentials: public client":       {plain("", clientForm+"&client_id="+spa), 400, "unauthorized_client"},
		"client_credentials: public, with secret": {plain(spa+":secret", clientForm), 400, "unauthorized_client"},
		"device_code: confidential client":        {plain(web+":secret", "grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=x"), 400, "unauthorized_client"},

		"client_credentials: scope refused": {plain(api+":secret", clientForm+"&scope="+rootScope), 403, "invalid_scope"},
		"password: scope refused":           {plain("", passwordForm+"&scope="+rootScope), 403, "invalid_scope"},
		"md5_password: scope refused":       {plain("", md5Form+"&scope="+rootScope), 403, "invalid_scope"},
		"refresh_token: scope refused": {func(w *world) (string, string) {
			return api + ":secret", refreshed(w) + "&scope=" + rootScope
		}, 403, "invalid_scope"},
		"jwt-bearer: scope refused": {func(w *world) (string, string) { return "", bearerForm(w.bearerOf("admin"), narrowingTo(strict)) }, 403, "invalid_scope"},
		"authorization_code: scope refused meanwhile": {func(w *world) (string, string) {
			form := codeForm(w, replaceScope(webAsks(""), "urn:acronis.com::account-server::user_admin"))
			w.change(func(tx *state.Tx) { tx.RemovePolicy(model.PolicyID(uuid(81))) })
			return web + ":secret", form
		}, 403, "invalid_scope"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startPeople(t)
			basic, form := tt.ask(w)
			a := w.form("token", basic, form)
			if tt.code != "" {
				w.refused(a, tt.status, tt.code)
				return
			}
			if a.Status != http.StatusOK || w.caller(a.text("access_token")) == "" || a.text("id_token") == "" || a.text("token_type") != "bearer" {
				t.Errorf("got %d %s, want tokens that count", a.Status, a.Body)
			}
		})
	}
}
