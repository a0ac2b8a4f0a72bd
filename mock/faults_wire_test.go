package mock_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tenantry/tenantry/mock"
	"github.com/tenantry/tenantry/mock/internal/det"
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

// taken tells whether the state holds the user jane.doe, whom the cases make.
func (w *wire) taken() bool {
	w.Helper()
	return w.get("/users/check_login?username=jane.doe").status == http.StatusConflict
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
	start := det.Wall()
	f()
	return det.Since(start)
}

// A wireCase is one kind of fault as a client sees it. The rule is the one of the docs.
type wireCase struct {
	bubble bool   // in memory, where waiting costs no time
	resets bool   // the case resets the world, and with it the journal
	rule   string // "": the example of the docs
	see    func(w *wire)
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
