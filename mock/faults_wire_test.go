package mock_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock"
	"github.com/tenantry/tenantry/mock/internal/fault"
)

// A wire is a real client before a server under one rule.
type wire struct {
	*testing.T
	srv *mock.Sandbox
	c   *http.Client
}

// A response is what the client got: an answer, or an error in place of it or while its body was read.
type response struct {
	status int
	header http.Header
	body   []byte
	err    error
}

func (w *wire) do(method, path string, body any) response {
	w.Helper()
	return w.with(w.Context(), w.c, method, path, body)
}

func (w *wire) with(ctx context.Context, c *http.Client, method, path string, body any) response {
	w.Helper()
	var text []byte
	mediaType := "application/json"
	switch b := body.(type) {
	case nil:
	case url.Values:
		text, mediaType = []byte(b.Encode()), "application/x-www-form-urlencoded"
	case string:
		text = []byte(b)
	default:
		w.Fatalf("a body of type %T", body)
	}
	req, err := http.NewRequestWithContext(ctx, method, w.srv.URL+"/api/2"+path, bytes.NewReader(text))
	if err != nil {
		w.Fatal(err)
	}
	if body != nil {
		req.Header.Set("Content-Type", mediaType)
	}
	resp, err := c.Do(req)
	if err != nil {
		return response{err: err}
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	return response{resp.StatusCode, resp.Header, data, err}
}

func (w *wire) get(path string) response { w.Helper(); return w.do("GET", path, nil) }

// want ends the test unless the answer has the status.
func (w *wire) want(r response, status int) response {
	w.Helper()
	if r.err != nil || r.status != status {
		w.Fatalf("got %d, %v, want %d: %s", r.status, r.err, status, r.body)
	}
	return r
}

func (w *wire) into(r response, v any) {
	w.Helper()
	if err := json.Unmarshal(r.body, v); err != nil {
		w.Fatalf("decode %s: %v", r.body, err)
	}
}

// taken tells whether the state holds a user with the login, which the checks of a lost answer are about.
func (w *wire) taken(login string) bool {
	w.Helper()
	return w.get("/users/check_login?username="+login).status == http.StatusConflict
}

// token is what the token endpoint issues now.
func (w *wire) token() (access string, answer response) {
	w.Helper()
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {partnerClient}, "client_secret": {partnerSecret}}
	answer = w.with(w.Context(), w.srv.HTTP(), "POST", "/idp/token", form)
	var body struct {
		Access string `json:"access_token"`
	}
	if answer.status == http.StatusOK {
		w.into(answer, &body)
	}
	return body.Access, answer
}

// asks is the status of a request that presents the token.
func (w *wire) asks(token string) int {
	w.Helper()
	return w.with(w.Context(), w.srv.HTTP(), "GET", "/users/me?access_token="+token, nil).status
}

func (w *wire) keyIDs() []string {
	w.Helper()
	var set struct{ Keys []struct{ Kid string } }
	w.into(w.want(w.get("/idp/keys"), http.StatusOK), &set)
	var ids []string
	for _, k := range set.Keys {
		ids = append(ids, k.Kid)
	}
	return ids
}

// part decodes a part of a token: 0 is the header, 1 are the claims.
func (w *wire) part(token string, n int) map[string]any {
	w.Helper()
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		w.Fatalf("%q is no token", token)
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[n])
	if err != nil {
		w.Fatal(err)
	}
	var claims map[string]any
	if err := json.Unmarshal(text, &claims); err != nil {
		w.Fatal(err)
	}
	return claims
}

const acmeTenant = "/tenants/a0000000-0000-4000-8000-000000000001"

// took is how long a request took by the wall, or by the bubble's clock.
func took(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}

// A wireCase is one kind of fault as a client sees it. The rule is the one of the docs.
type wireCase struct {
	bubble bool   // in memory, where waiting costs no time
	resets bool   // the case resets the world, and with it the journal
	rule   string // "": the example of the docs
	see    func(w *wire)
}

var httpCases = map[string]wireCase{
	"error": {see: func(w *wire) {
		r := w.want(w.get("/users?tenant_id="+harbor), http.StatusServiceUnavailable)
		if !strings.Contains(string(r.body), `"domain":"PlatformAccountServer"`) || r.header.Get("X-Tenantry-Cause") != "injected" {
			w.Errorf("the error is not in the vendor's envelope, or not marked: %s %v", r.body, r.header)
		}
		w.want(w.get(acmeTenant), http.StatusOK)
	}},
	"retry_after": {see: func(w *wire) {
		r := w.want(w.get("/users/me"), http.StatusTooManyRequests)
		if _, err := http.ParseTime(r.header.Get("Retry-After")); err != nil {
			w.Errorf("Retry-After %q is no date: %v", r.header.Get("Retry-After"), err)
		}
	}},
	"rate_limit": {rule: `{"id":"quota","kind":"rate_limit","when":{"per":"client"},"with":{"limit":2,"window":"1m"}}`, see: func(w *wire) {
		w.srv.Freeze()
		w.want(w.get(acmeTenant), http.StatusOK)
		w.want(w.get(acmeTenant), http.StatusOK)
		r := w.want(w.get(acmeTenant), http.StatusTooManyRequests)
		wait, err := time.ParseDuration(r.header.Get("Retry-After") + "s")
		if err != nil || wait <= 0 || wait > time.Minute {
			w.Fatalf("Retry-After: %q, %v", r.header.Get("Retry-After"), err)
		}
		w.srv.Advance(wait)
		w.want(w.get(acmeTenant), http.StatusOK)
	}},
	"outage": {see: func(w *wire) {
		w.want(w.get(acmeTenant), http.StatusOK)
		w.srv.Advance(2 * time.Minute)
		w.want(w.get(acmeTenant), http.StatusServiceUnavailable)
		w.want(w.get("/users/me"), http.StatusOK)
		w.srv.Advance(10 * time.Minute)
		w.want(w.get(acmeTenant), http.StatusOK)
	}},
	"degradation": {rule: `{"id":"worse","kind":"degradation","with":{"ramp":"10m","probability":1}}`, see: func(w *wire) {
		failed := func() (n int) {
			for range 50 {
				if w.get(acmeTenant).status != http.StatusOK {
					n++
				}
			}
			return n
		}
		w.srv.Freeze()
		fresh := failed()
		w.srv.Advance(5 * time.Minute)
		half := failed()
		w.srv.Advance(5 * time.Minute)
		if all := failed(); fresh != 0 || half < 10 || half > 40 || all != 50 {
			w.Errorf("of 50 requests failed %d at the start, %d half-way, %d at the end", fresh, half, all)
		}
	}},
}

var latencyCases = map[string]wireCase{
	"delay": {bubble: true, see: func(w *wire) {
		late := took(func() { w.want(w.get(acmeTenant), http.StatusOK) })
		if late < 10*time.Millisecond || late > 2*time.Second {
			w.Errorf("the answer took %v, want about 90 ms", late)
		}
	}},
	"slow_response": {bubble: true, see: func(w *wire) {
		var r response
		late := took(func() { r = w.want(w.get("/tenants?parent_id="+harbor), http.StatusOK) })
		if want := time.Duration((len(r.body)-1)/64) * 100 * time.Millisecond; late != want || !json.Valid(r.body) {
			w.Errorf("%d bytes took %v, want %v: %s", len(r.body), late, want, r.body)
		}
	}},
	"slow_request_read": {
		bubble: true,
		rule:   `{"id":"upload","kind":"slow_request_read","match":{"operation":"createUser"},"with":{"chunk":10,"pause":"1s"}}`,
		see: func(w *wire) {
			late := took(func() { w.want(w.do("POST", "/users", newUser("jane.doe")), http.StatusOK) })
			if want := time.Duration(len(newUser("jane.doe"))/10) * time.Second; late < want-time.Second || late > want+time.Second {
				w.Errorf("the upload took %v, want about %v", late, want)
			}
		},
	},
	"stall": {bubble: true, see: func(w *wire) {
		ctx, cancel := context.WithTimeout(w.Context(), time.Hour)
		defer cancel()
		r := w.with(ctx, w.c, "GET", "/users/me", nil)
		if !errors.Is(r.err, context.DeadlineExceeded) || r.status != http.StatusOK || len(r.body) == 0 {
			w.Errorf("got %d, %d bytes, %v, want headers, half a body and silence", r.status, len(r.body), r.err)
		}
	}},
}

// broken is a connection that was reset, however the client's system tells it.
func broken(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

var connectionCases = map[string]wireCase{
	"connection_reset": {see: func(w *wire) {
		if r := w.do("POST", "/users", newUser("jane.doe")); !broken(r.err) {
			w.Errorf("got %d, %v, want a reset connection", r.status, r.err)
		}
		if w.taken("jane.doe") {
			w.Error("the user was made though the fault acts before the change")
		}
	}},
	"empty_response": {see: func(w *wire) {
		if r := w.get(acmeTenant); !errors.Is(r.err, io.EOF) || broken(r.err) {
			w.Errorf("got %d, %v, want EOF", r.status, r.err)
		}
	}},
	"limit_data": {see: func(w *wire) {
		r := w.get("/users?subtree_root_tenant_id=a0000000-0000-4000-8000-000000000001&limit=10")
		if !errors.Is(r.err, io.ErrUnexpectedEOF) || len(r.body) != 100 || r.status != http.StatusOK {
			w.Errorf("got %d, %d bytes, %v, want 200, 100 bytes and an unexpected end", r.status, len(r.body), r.err)
		}
	}},
}

var bodyCases = map[string]wireCase{
	"truncate": {see: func(w *wire) {
		r := w.get("/users?subtree_root_tenant_id=a0000000-0000-4000-8000-000000000001&limit=10")
		if !errors.Is(r.err, io.ErrUnexpectedEOF) || len(r.body) == 0 || json.Valid(r.body) {
			w.Errorf("got %d bytes, %v, want a part and an unexpected end", len(r.body), r.err)
		}
	}},
	"malformed_body": {see: func(w *wire) {
		if r := w.want(w.get("/users/me"), http.StatusOK); json.Valid(r.body) {
			w.Errorf("the body can be read: %s", r.body)
		}
	}},
	"malformed_body: bad_gzip": {rule: `{"id":"gz","kind":"malformed_body","with":{"mode":"bad_gzip"}}`, see: func(w *wire) {
		if r := w.get("/users/me"); !errors.Is(r.err, gzip.ErrHeader) && !errors.Is(r.err, gzip.ErrChecksum) && !errors.Is(r.err, io.ErrUnexpectedEOF) {
			w.Errorf("got %d, %v, want an error of gzip: %s", r.status, r.err, r.body)
		}
	}},
	"wrong_content_type": {see: func(w *wire) {
		r := w.want(w.get(acmeTenant), http.StatusBadGateway)
		if !strings.HasPrefix(r.header.Get("Content-Type"), "text/html") || !strings.Contains(string(r.body), "<html") {
			w.Errorf("got %q: %s", r.header.Get("Content-Type"), r.body)
		}
	}},
	"schema_drift": {resets: true, see: func(w *wire) {
		var plain, drifted map[string]any
		w.into(w.want(w.get("/tenants/"+harbor), http.StatusOK), &drifted)
		w.srv.Reset(w)
		w.into(w.want(w.get("/tenants/"+harbor), http.StatusOK), &plain)
		if cmp.Equal(plain, drifted) {
			w.Errorf("nothing drifted: %v", drifted)
		}
	}},
	"duplicate_header": {see: func(w *wire) {
		r := w.want(w.get("/users/me"), http.StatusOK)
		want := []string{"application/json; charset=utf-8", "text/plain"}
		if diff := cmp.Diff(want, r.header.Values("Content-Type")); diff != "" {
			w.Errorf("Content-Type (-want +got):\n%s", diff)
		}
	}},
	"oversize": {see: func(w *wire) {
		r := w.want(w.get("/users/me"), http.StatusOK)
		if len(r.body) < 10_000_000 || !json.Valid(r.body) {
			w.Errorf("the body has %d bytes and is JSON: %v", len(r.body), json.Valid(r.body))
		}
	}},
}

var stateCases = map[string]wireCase{
	"lost_ack": {see: func(w *wire) {
		if r := w.do("POST", "/users", newUser("jane.doe")); !broken(r.err) {
			w.Errorf("got %d, %v, want a reset connection", r.status, r.err)
		}
		if !w.taken("jane.doe") {
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
		if r.header.Get("Retry-After") != "30" || w.taken("jane.doe") {
			w.Errorf("Retry-After %q; made: %v", r.header.Get("Retry-After"), w.taken("jane.doe"))
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

// Every kind of fault is seen with a real client.
func TestEveryKindOfFaultIsSeenOnTheWire(t *testing.T) {
	t.Parallel()
	examples := map[string]string{}
	for _, k := range fault.Kinds() {
		examples[k.Name] = k.Example
	}
	seen := map[string]bool{}
	for _, family := range []map[string]wireCase{httpCases, latencyCases, connectionCases, bodyCases, stateCases, oauthCases} {
		for name, c := range family {
			kind, _, _ := strings.Cut(name, ":")
			seen[kind] = true
			rule := c.rule
			if rule == "" {
				rule = examples[kind]
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				c.run(t, rule)
			})
		}
	}
	for kind := range examples {
		if !seen[kind] {
			t.Errorf("no case shows %s", kind)
		}
	}
}

func (c wireCase) run(t *testing.T, rule string) {
	t.Helper()
	see := func(t *testing.T, opts ...mock.StartOption) {
		t.Helper()
		srv := mock.Start(t, opts...)
		w := &wire{T: t, srv: srv, c: srv.Client(t, mock.Partner)}
		srv.FaultJSON(t, rule)
		c.see(w)
		journaled := func(e mock.Call) bool { return len(e.Faults) > 0 }
		if !t.Failed() && !c.resets && !slices.ContainsFunc(srv.Calls(t, mock.Match{}), journaled) {
			t.Error("the journal names no fault")
		}
	}
	if !c.bubble {
		see(t)
		return
	}
	synctest.Test(t, func(t *testing.T) { see(t, mock.WithoutListener()) })
}
