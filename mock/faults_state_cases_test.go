package mock_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock"
)

var stateCases = map[string]wireCase{
	"lost_ack": {see: func(w *wire) {
		if r := w.do("POST", "/users", newUser("jane.doe")); !broken(r.err) {
			w.Errorf("got %d, %v, want a reset connection", r.status, r.err)
		}
		if !w.taken() {
			w.Error("the user was not made, but the acknowledgement alone is to be lost")
		}
		w.want(w.do("POST", "/users", newUser("jane.doe")), http.StatusConflict) // what a naive retry gets
	}},
	"stale_read": {see: func(w *wire) {
		name := func() (row struct{ Name string }) {
			w.into(w.want(w.get("/tenants/"+harbor), http.StatusOK), &row)
			return row
		}
		was := name().Name
		w.want(w.do("PUT", "/tenants/"+harbor, fmt.Sprintf(`{"name":"Changed","version":%d}`, versionNow(w))), http.StatusOK)
		got := []string{name().Name, name().Name, name().Name}
		if diff := cmp.Diff([]string{was, was, "Changed"}, got); diff != "" {
			w.Errorf("reads after the change (-want +got):\n%s", diff)
		}
	}},
	"conflict": {see: func(w *wire) {
		path := "/users/" + createdUser(w)
		r := w.want(w.do("PUT", path, `{"version":1,"language":"de"}`), http.StatusConflict)
		if !strings.Contains(string(r.body), `"code":1001`) {
			w.Errorf("not the vendor's stale version: %s", r.body)
		}
		w.want(w.do("PUT", path, `{"version":1,"language":"de"}`), http.StatusOK)
	}},
	"pagination_shift": {see: func(w *wire) {
		const list = "/users?subtree_root_tenant_id=a0000000-0000-4000-8000-000000000001&limit=1"
		var page struct {
			Paging struct{ Cursors struct{ After string } }
		}
		w.into(w.want(w.get(list), http.StatusOK), &page)
		next := list + "&after=" + url.QueryEscape(page.Paging.Cursors.After)
		w.want(w.get(next), http.StatusBadRequest)
		w.want(w.get(next), http.StatusOK)
	}},
	"async_stuck": {see: func(w *wire) {
		w.c = w.srv.Client(w, mock.Root)
		text, err := json.Marshal(report("once"))
		if err != nil {
			w.Fatal(err)
		}
		var made struct{ ID string }
		w.into(w.want(w.do("POST", "/reports", string(text)), http.StatusOK), &made)
		w.srv.Advance(time.Hour)
		status := func() string {
			var list struct{ Items []struct{ Status string } }
			w.into(w.want(w.get("/reports/"+made.ID+"/stored"), http.StatusOK), &list)
			if len(list.Items) == 0 {
				return "none"
			}
			return list.Items[0].Status
		}
		var seen []string
		for range 11 {
			seen = append(seen, status())
		}
		if seen[0] == "saved" || seen[9] == "saved" || seen[10] != "saved" {
			w.Errorf("the report was shown as %q, want it stuck ten times and then saved", seen)
		}
	}},
	"read_only": {see: func(w *wire) {
		r := w.want(w.do("POST", "/users", newUser("jane.doe")), http.StatusServiceUnavailable)
		if r.header.Get("Retry-After") != "30" || w.taken() {
			w.Errorf("Retry-After %q; made: %v", r.header.Get("Retry-After"), w.taken())
		}
		if _, answer := w.token(); answer.status != http.StatusOK {
			w.Errorf("tokens are not issued: %d %s", answer.status, answer.body)
		}
	}},
}

func versionNow(w *wire) int64 {
	w.Helper()
	var row struct{ Version int64 }
	w.into(w.want(w.get("/tenants/"+harbor), http.StatusOK), &row)
	return row.Version
}

func createdUser(w *wire) string {
	w.Helper()
	var row struct{ ID string }
	w.into(w.want(w.do("POST", "/users", newUser("jane.doe")), http.StatusOK), &row)
	return row.ID
}

// dead is a kind of fault whose tokens the server refuses.
func dead(w *wire) {
	token, answer := w.token()
	w.want(answer, http.StatusOK)
	if got := w.asks(token); got != http.StatusUnauthorized {
		w.Errorf("the token is answered %d, want 401", got)
	}
	token, _ = w.token()
	if got := w.asks(token); got != http.StatusOK {
		w.Errorf("the next token is answered %d, want 200", got)
	}
}

var oauthCases = map[string]wireCase{
	"token_error": {see: func(w *wire) {
		_, answer := w.token()
		w.want(answer, http.StatusServiceUnavailable)
		if !strings.Contains(string(answer.body), `"error":"temporarily_unavailable"`) || answer.header.Get("Retry-After") != "1" {
			w.Errorf("got %s, Retry-After %q", answer.body, answer.header.Get("Retry-After"))
		}
		w.token()
		if token, _ := w.token(); token == "" {
			w.Error("the third request gets no token")
		}
	}},
	"expired_token":  {see: dead},
	"bad_signature":  {see: dead},
	"wrong_issuer":   {see: dead},
	"wrong_audience": {see: dead},
	"early_expiry": {see: func(w *wire) {
		w.srv.Freeze()
		token, answer := w.token()
		w.srv.Advance(29 * time.Second)
		early := w.asks(token)
		w.srv.Advance(2 * time.Second)
		if late := w.asks(token); early != http.StatusOK || late != http.StatusUnauthorized || !strings.Contains(string(answer.body), `"expires_in":7200`) {
			w.Errorf("answered %d before and %d after its end; %s", early, late, answer.body)
		}
	}},
	"revoked": {rule: `{"id":"kicked","kind":"revoked","match":{"operation":"getMe"},"when":{"after":1,"times":1}}`, see: func(w *wire) {
		token, _ := w.token()
		if got := []int{w.asks(token), w.asks(token), w.asks(token)}; !cmp.Equal(got, []int{200, 401, 401}) {
			w.Errorf("answered %v, want 200 and then 401 for good", got)
		}
	}},
	"scope_reduced": {see: func(w *wire) {
		w.want(w.get("/users?tenant_id="+harbor), http.StatusForbidden)
		w.want(w.get("/users?tenant_id="+harbor), http.StatusOK)
	}},
	"role_changed": {see: func(w *wire) {
		w.want(w.do("POST", "/users", newUser("jane.doe")), http.StatusForbidden)
		w.want(w.get(acmeTenant), http.StatusOK)
	}},
	"key_rotation": {see: func(w *wire) {
		token, _ := w.token()
		kid, keys := w.part(token, 0)["kid"], w.keyIDs()
		if len(keys) != 2 || kid != keys[0] || w.asks(token) != http.StatusOK {
			w.Errorf("the token has the key %v, published are %v; it is answered %d", kid, keys, w.asks(token))
		}
	}},
	"jwks_down": {see: func(w *wire) { w.want(w.get("/idp/keys"), http.StatusServiceUnavailable) }},
	"jwks_stale": {see: func(w *wire) {
		token, _ := w.token()
		kid, keys := w.part(token, 0)["kid"], w.keyIDs()
		if len(keys) != 1 || kid == keys[0] || w.asks(token) != http.StatusOK {
			w.Errorf("the token has the key %v, published are %v; it is answered %d", kid, keys, w.asks(token))
		}
	}},
	"clock_skew": {see: func(w *wire) {
		w.srv.Freeze()
		token, _ := w.token()
		issued := time.Unix(int64(w.part(token, 1)["iat"].(float64)), 0)
		if ahead := issued.Sub(w.srv.Now()).Round(time.Minute); ahead != 5*time.Minute || w.asks(token) != http.StatusOK {
			w.Errorf("the token is issued %v ahead and answered %d", ahead, w.asks(token))
		}
	}},
}
