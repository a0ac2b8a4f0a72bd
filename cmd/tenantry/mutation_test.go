package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/tenantry/tenantry/contracttest"
	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/mock"
	"github.com/tenantry/tenantry/scenarios"
)

// A defect is a mistake that a server could have: it stands before a right one and changes what it says or does.
type defect struct {
	method string // "": any
	path   string // a part of the path, below /api/2
	ends   string // the end of the path; "": any
	before func(r *http.Request, body []byte) (changed []byte, answer *reply)
	after  func(r *http.Request, a *reply)
}

// A reply is what the client gets.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func (d *defect) meets(r *http.Request) bool {
	return (d.method == "" || d.method == r.Method) && strings.Contains(r.URL.Path, d.path) && strings.HasSuffix(r.URL.Path, d.ends)
}

// spoiled is the right server behind the defect.
func spoiled(d *defect, right http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		meets := d.meets(r)
		var a *reply
		if meets && d.before != nil {
			body, a = d.before(r, body)
		}
		if a == nil {
			a = answerOf(right, r, body)
		}
		if meets && d.after != nil {
			d.after(r, a)
		}
		for name, values := range a.header {
			w.Header()[name] = values
		}
		w.Header().Del("Content-Length")
		w.WriteHeader(a.status)
		_, _ = w.Write(a.body)
	})
}

func answerOf(h http.Handler, r *http.Request, body []byte) *reply {
	inner := r.Clone(r.Context())
	inner.Body, inner.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	if len(body) == 0 {
		inner.Body = http.NoBody
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, inner)
	return &reply{rec.Code, rec.Header(), rec.Body.Bytes()}
}

// altered changes the members of a JSON object in a success.
func altered(change func(m map[string]any)) func(*http.Request, *reply) {
	return func(_ *http.Request, a *reply) {
		d := json.NewDecoder(bytes.NewReader(a.body))
		d.UseNumber()
		var m map[string]any
		if a.status >= http.StatusMultipleChoices || d.Decode(&m) != nil {
			return
		}
		change(m)
		a.body, _ = json.Marshal(m) // it was JSON before
	}
}

// instead answers without asking the server.
func instead(status int) func(*http.Request, []byte) ([]byte, *reply) {
	return func(_ *http.Request, sent []byte) ([]byte, *reply) {
		return sent, &reply{status, http.Header{"Content-Type": {"application/json"}}, nil}
	}
}

// becomes replaces a status by another one.
func becomes(from, to int) func(*http.Request, *reply) {
	return func(_ *http.Request, a *reply) {
		if a.status == from {
			a.status = to
		}
	}
}

// without takes a member out of what is sent.
func without(name string) func(*http.Request, []byte) ([]byte, *reply) {
	return func(_ *http.Request, body []byte) ([]byte, *reply) {
		d := json.NewDecoder(bytes.NewReader(body))
		d.UseNumber()
		var m map[string]any
		if d.Decode(&m) != nil {
			return body, nil
		}
		delete(m, name)
		changed, _ := json.Marshal(m) // it was JSON before
		return changed, nil
	}
}

// query changes the parameters of the address.
func query(change func(q url.Values)) func(*http.Request, []byte) ([]byte, *reply) {
	return func(r *http.Request, body []byte) ([]byte, *reply) {
		q := r.URL.Query()
		change(q)
		r.URL.RawQuery = q.Encode()
		return body, nil
	}
}

// forgiven takes a refusal back: the refused change is answered with what is there.
func forgiven(status int) func(*http.Request, *reply) {
	return func(_ *http.Request, a *reply) {
		if a.status == status {
			a.status, a.body = http.StatusOK, []byte(`{}`)
		}
	}
}

// defects are the deliberate mistakes. Most are ones that servers of this API, or clients' fakes of it, have had.
var defects = map[string]*defect{
	"a created tenant is 200":                 {method: "POST", path: "/tenants", ends: "/tenants", after: becomes(201, 200)},
	"a user has no login":                     {method: "GET", path: "/users/", after: altered(func(m map[string]any) { delete(m, "login") })},
	"a version is a text":                     {method: "GET", path: "/tenants/", after: altered(func(m map[string]any) { stringify(m, "version") })},
	"a stale version is accepted":             {method: "PUT", path: "/tenants/", after: forgiven(409)},
	"a login is taken twice":                  {method: "POST", path: "/users", ends: "/users", after: forgiven(409)},
	"a cursor repeats the first page":         {method: "GET", path: "/api/2/", before: query(func(q url.Values) { q.Del("after") })},
	"a token is not revoked":                  {method: "POST", path: "/idp/revoke_token", before: instead(200)},
	"a deleted user stays":                    {method: "DELETE", path: "/users/", before: instead(204)},
	"a tenant cannot be disabled":             {method: "PUT", path: "/tenants/", before: without("enabled")},
	"missing credentials are 403":             {path: "/api/2/", after: becomes(401, 403)},
	"foreign tenants are 404":                 {path: "/api/2/", after: becomes(403, 404)},
	"an error has another envelope":           {path: "/users", after: otherEnvelope},
	"JSON is called text":                     {method: "GET", path: "/tenants", after: func(_ *http.Request, a *reply) { a.header.Set("Content-Type", "text/plain") }},
	"a search finds nothing":                  {method: "GET", path: "/search", after: altered(func(m map[string]any) { m["items"] = []any{} })},
	"times are numbers":                       {method: "GET", path: "/users/", after: altered(func(m map[string]any) { numberTimes(m) })},
	"every login is free":                     {method: "GET", path: "/users/check_login", before: instead(204)},
	"a tenant is not restored":                {method: "POST", path: "/tenants/", ends: "/restore", before: instead(204)},
	"quotas are not kept":                     {method: "PUT", path: "/offering_items", ends: "/offering_items", before: echoed},
	"roles are not kept":                      {method: "PUT", path: "/access_policies", before: echoed},
	"a token lives for a text":                {method: "POST", path: "/idp/token", after: altered(func(m map[string]any) { stringify(m, "expires_in") })},
	"an unknown grant is 200":                 {method: "POST", path: "/idp/token", after: forgiven(400)},
	"a one-time token works again and again":  {method: "POST", path: "/idp/ott/login", after: again()},
	"deleting without a version is a success": {method: "DELETE", path: "/tenants/", after: becomes(400, 204)},
}

func stringify(m map[string]any, name string) {
	if v, ok := m[name]; ok {
		m[name] = fmt.Sprint(v)
	}
}

func numberTimes(m map[string]any) {
	if _, ok := m["created_at"]; ok {
		m["created_at"] = 1700000000
	}
}

func otherEnvelope(_ *http.Request, a *reply) {
	if a.status >= http.StatusBadRequest {
		a.body = []byte(`{"message":"no"}`)
	}
}

// echoed answers a change with what was sent, as if it had been made.
func echoed(_ *http.Request, body []byte) ([]byte, *reply) {
	return body, &reply{http.StatusOK, http.Header{"Content-Type": {"application/json"}}, body}
}

// again answers as the first success did.
func again() func(*http.Request, *reply) {
	var mu sync.Mutex
	var first *reply
	return func(_ *http.Request, a *reply) {
		mu.Lock()
		defer mu.Unlock()
		if a.status == http.StatusOK {
			kept := *a
			first = &kept
		} else if first != nil {
			*a = *first
		}
	}
}

// judged replays the embedded scenarios against a server with the defect.
func judged(t *testing.T, d *defect) *report.Report {
	t.Helper()
	srv, err := mock.New(t.Context(), mock.Config{})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(spoiled(d, srv))
	t.Cleanup(func() {
		web.Close()
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
	})
	const secret, rootSecret = "5ec2e75ec2e75ec2e75ec2e75ec2e75e", "5ec2e85ec2e85ec2e85ec2e85ec2e85e"
	r, err := contracttest.Execute(t.Context(), contracttest.Config{
		Target: web.URL, Scenarios: scenarios.FS(), RunID: "mutation", AllowWrites: true, Parallel: 4,
		ClientID: "c11e0000-0000-4000-8000-000000000001", ClientSecret: secret, Capabilities: []string{"root"},
		Inputs: map[string]any{
			"client_id": "c11e0000-0000-4000-8000-000000000001", "client_secret": secret,
			"root_client_id": "c11e0000-0000-4000-8000-000000000002", "root_client_secret": rootSecret,
			"tenant_id":  "a0000000-0000-4000-8000-000000000001",
			"user_login": "admin@acme-msp.example", "user_password": "Passw0rd!",
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The scenarios find deliberate defects: all but one at most.
func TestTheScenariosFindDefects(t *testing.T) {
	t.Parallel()
	if r := judged(t, &defect{path: "\x00"}); r.Verdict != report.Pass {
		t.Fatalf("without a defect the verdict is %s", r.Verdict)
	}
	var mu sync.Mutex
	var missed []string
	t.Run("defects", func(t *testing.T) {
		for name, d := range defects {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				if r := judged(t, d); r.Verdict == report.Pass {
					mu.Lock()
					missed = append(missed, name)
					mu.Unlock()
				}
			})
		}
	})
	if len(missed) > 1 {
		t.Errorf("%d of %d defects were missed: %q", len(missed), len(defects), missed)
	}
}
