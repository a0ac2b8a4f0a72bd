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

// introspected asks as a resource server does, with the bearer token of watcher and more of the form.
func (w *world) introspected(token, more string) *answer {
	w.t.Helper()
	own := w.tokens(watcher+":secret", "grant_type=client_credentials").text("access_token")
	return w.introspectAs(own, "token="+url.QueryEscape(token)+more)
}

func (w *world) introspectAs(bearer, form string) *answer {
	w.t.Helper()
	r := w.request(http.MethodPost, w.url+"/api/2/idp/introspect_token", form)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if bearer != "" {
		r.Header.Set("Authorization", "Bearer "+bearer)
	}
	return w.do(r)
}

func TestIntrospection(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	client := w.tokens(api+":secret", "grant_type=client_credentials")
	user := w.tokens("", "grant_type=password&username=carer&password="+pass)
	through := w.tokens(web+":secret", "grant_type=password&username=carer&password="+pass)
	iat, exp := w.times()
	own := []any{
		map[string]any{"tid": "11", "tuid": string(clinicCare), "role": "backup_user", "rn": "backup"},
		map[string]any{"tid": "11", "tuid": string(clinicCare), "role": "tenant_viewer", "rn": "account-server"},
		map[string]any{"tid": "3", "tuid": string(clinic), "role": "tenant_viewer", "rn": "account-server"},
		map[string]any{"tid": "11", "tuid": string(clinicCare), "role": "oauth2_client_admin", "rn": "account-server"},
	}
	for name, tt := range map[string]struct {
		token *answer
		want  map[string]any
	}{
		"of a client": {client, map[string]any{
			"aud": api, "sub": api, "client_id": api, "owner_tuid": string(acme), "sub_type": "api_client",
			"scope": access(string(acme), "2", partnerRoles...),
		}},
		"of a user": {user, map[string]any{"aud": w.host(), "sub": string(carer), "uid": string(carer), "scope": own}},
		"of a user through a client": {through, map[string]any{
			"aud": web, "sub": string(carer), "uid": string(carer), "client_id": web, "owner_tuid": string(acme), "scope": own,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			token := tt.token.text("access_token")
			_, claims := w.of(t).read(token)
			for member, value := range map[string]any{
				"active": true, "token_type": "bearer", "iss": w.url, "ver": float64(2), "iat": iat, "exp": exp, "jti": claims["jti"],
			} {
				tt.want[member] = value
			}
			if diff := cmp.Diff(tt.want, w.of(t).introspected(token, "").JSON); diff != "" {
				t.Errorf("introspection (-want +got):\n%s", diff)
			}
		})
	}
}

func TestIntrospectionFilter(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	token := w.tokens("", "grant_type=password&username=admin&password="+pass).text("access_token")
	for form, want := range map[string][]string{
		"":                              {"account-server", "backup"},
		"&scope_filter[0].rn=backup":    {"backup"},
		"&scope_filter%5B0%5D.rn=other": nil,
		"&scope_filter[0].rn=backup&scope_filter[1].rn=account-server": {"account-server", "backup"},
		"&scope_filter[x].rn=backup":                                   {"account-server", "backup"},
	} {
		a := w.introspected(token, form)
		var got []string
		list, _ := a.JSON["scope"].([]any)
		for _, entry := range list {
			rn, _ := entry.(map[string]any)["rn"].(string)
			if len(got) == 0 || got[len(got)-1] != rn {
				got = append(got, rn)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || a.JSON["active"] != true {
			t.Errorf("%s: namespaces (-want +got):\n%s%s", form, diff, a.Body)
		}
	}
	w.change(func(tx *state.Tx) { tx.SetSettings(model.Settings{"validation": "strict"}) })
	if a := w.introspected(token, "&scope_filter[0].rn=backup"); a.JSON["active"] != true {
		t.Errorf("under strict validation: got %d %s, want an active token", a.Status, a.Body)
	}
}

func TestInactiveTokens(t *testing.T) {
	t.Parallel()
	for name, token := range map[string]func(w *world) string{
		"nonsense":    func(*world) string { return "nonsense" },
		"three words": func(*world) string { return "a.b.c" },
		"a code":      func(w *world) string { return w.code(webAsks("")) },
		"an id token": func(w *world) string {
			return w.tokens(api+":secret", "grant_type=client_credentials").text("id_token")
		},
		"a refresh token": func(w *world) string {
			return w.tokens(api+":secret", "grant_type=client_credentials&scope=offline_access").text("refresh_token")
		},
		"expired": func(w *world) string {
			token := w.tokens(api+":secret", "grant_type=client_credentials").text("access_token")
			advance(2 * time.Hour)(w)
			return token
		},
		"revoked": func(w *world) string {
			token := w.tokens(api+":secret", "grant_type=client_credentials").text("access_token")
			w.form("revoke_token", api+":secret", "token="+token)
			return token
		},
		"of a disabled client": func(w *world) string {
			token := w.tokens(api+":secret", "grant_type=client_credentials").text("access_token")
			w.change(func(tx *state.Tx) {
				c, _ := state.Clients.Get(tx, model.ClientID(api))
				off := *c
				off.Disabled = true
				tx.PutClient(&off) // not even a revocation is needed
			})
			return token
		},
		"with another signature": func(w *world) string {
			token := w.tokens(api+":secret", "grant_type=client_credentials").text("access_token")
			other := w.tokens(api+":secret", "grant_type=client_credentials").text("access_token")
			return token[:strings.LastIndexByte(token, '.')] + other[strings.LastIndexByte(other, '.'):]
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startPeople(t)
			a := w.introspected(token(w), "")
			if a.Status != http.StatusOK || a.Body != `{"active":false}` {
				t.Errorf("got %d %s, want 200 and exactly {\"active\":false}", a.Status, a.Body)
			}
		})
	}
}

func TestWhoMayIntrospect(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	own := w.tokens(watcher+":secret", "grant_type=client_credentials").text("access_token")
	other := w.tokens(api+":secret", "grant_type=client_credentials").text("access_token")
	w.failed(w.introspectAs(own, ""), 400, 400)
	w.failed(w.introspectAs(own, "token_type_hint=access_token"), 400, 400)
	w.failed(w.introspectAs("", "token="+own), 401, 401)
	w.failed(w.form("introspect_token", watcher+":secret", "token="+own), 401, 401)
	w.failed(w.introspectAs(other, "token="+own), 403, model.CodeAccessDenied)
}
