package mock_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock"
	"github.com/tenantry/tenantry/mock/internal/det"
)

// call sends a request and returns status and body.
func send(t testing.TB, c *http.Client, method, address string, body string, credentials ...string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if len(credentials) == 2 {
		req.SetBasicAuth(credentials[0], credentials[1])
	}
	resp, err := c.Do(req)
	if err != nil {
		t.Fatalf("%s %s: %v", method, address, err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatalf("%s %s: read the answer: %v", method, address, err)
	}
	return resp.StatusCode, string(answer)
}

func newUser(login string) string {
	return fmt.Sprintf(`{"tenant_id":%q,"login":%q,"contact":{"email":"%s@example.com"}}`, harbor, login, login)
}

// Two hundred tests share one server and use the same logins at the same time; each sees its own world.
func TestParallelSandboxesDoNotMeet(t *testing.T) {
	t.Parallel()
	const tests = 200
	srv := mock.Start(t)
	var wait sync.WaitGroup
	for range tests {
		own := srv.Fork(t)
		wait.Go(func() {
			c := own.Client(t, mock.Partner)
			if status, body := send(t, c, "POST", own.URL+"/api/2/users", newUser("jane.doe")); status != http.StatusOK {
				t.Errorf("sandbox %s: POST /users answers %d: %s", own.ID, status, body)
			}
			if status, body := send(t, c, "POST", own.URL+"/api/2/users", newUser("jane.doe")); status != http.StatusConflict {
				t.Errorf("sandbox %s: the same login again: %d: %s", own.ID, status, body)
			}
			if calls := own.Calls(t, mock.Match{Operation: "createUser"}); len(calls) != 2 {
				t.Errorf("sandbox %s: the journal has %d requests, want its own 2", own.ID, len(calls))
			}
		})
	}
	wait.Wait()
	if status, _ := send(t, srv.Client(t, mock.Partner), "GET", srv.URL+"/api/2/users/check_login?username=jane.doe", ""); status != http.StatusNoContent {
		t.Errorf("the default world knows the login: %d", status)
	}
}

func TestAForkGoesItsOwnWay(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t, mock.WithClock(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)))
	c := srv.Client(t, mock.Partner)
	send(t, c, "POST", srv.URL+"/api/2/users", newUser("before"))
	fork := srv.Fork(t)
	send(t, c, "POST", srv.URL+"/api/2/users", newUser("after"))
	fork.Advance(time.Hour)
	taken := func(s *mock.Sandbox, login string) bool {
		status, _ := send(t, s.Client(t, mock.Partner), "GET", s.URL+"/api/2/users/check_login?username="+login, "")
		return status == http.StatusConflict
	}
	want := map[string]bool{"before here": true, "after here": true, "before there": true, "after there": false}
	got := map[string]bool{
		"before here": taken(srv, "before"), "after here": taken(srv, "after"),
		"before there": taken(fork, "before"), "after there": taken(fork, "after"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("logins (-want +got):\n%s", diff)
	}
	if ahead := fork.Now().Sub(srv.Now()); ahead != time.Hour {
		t.Errorf("the fork's clock is %v ahead, want an hour", ahead)
	}
	fork.Reset(t)
	if !taken(fork, "before") || fork.Now().Sub(srv.Now()) != 0 {
		t.Error("a reset fork is not what it was when it was made")
	}
}

// An unchanged client with nothing but its client id swapped lands in its own world.
func TestASandboxIsChosenByTheCredential(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	fork := srv.Fork(t)
	minted := fork.Clients()
	if len(minted) == 0 || minted[0].Secret == "" {
		t.Fatalf("the fork has no client of its own: %+v", minted)
	}
	var id, secret string
	for _, c := range minted {
		if c.TwinOf == partnerClient {
			id, secret = string(c.ID), c.Secret
		}
	}
	api := srv.URL + "/api/2"
	if status, body := send(t, srv.HTTP(), "POST", api+"/users", newUser("jane.doe"), id, secret); status != http.StatusOK {
		t.Fatalf("by Basic: %d: %s", status, body)
	}
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {id}, "client_secret": {secret}}
	resp, err := srv.HTTP().PostForm(api+"/idp/token", form) //nolint:noctx // bounded by the test
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var token struct {
		Access string `json:"access_token"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&token); err != nil {
		t.Fatal(err)
	}
	check := api + "/users/check_login?username=jane.doe&access_token=" + token.Access
	if status, body := send(t, srv.HTTP(), "GET", check, ""); status != http.StatusConflict {
		t.Errorf("by token: %d: %s, want the login to be taken", status, body)
	}
	if status, _ := send(t, srv.HTTP(), "GET", api+"/users/check_login?username=jane.doe", "", partnerClient, partnerSecret); status != http.StatusNoContent {
		t.Errorf("the default world: %d, want the login to be free", status)
	}
	other := srv.Fork(t)
	for name, tt := range map[string]struct {
		address     string
		credentials []string
	}{
		"Basic of another sandbox":            {other.URL + "/api/2/users/me", []string{id, secret}},
		"a token of another sandbox":          {other.URL + "/api/2/users/me?access_token=" + token.Access, nil},
		"a token of another sandbox, default": {srv.URL + "/s/default/api/2/users/me?access_token=" + token.Access, nil},
	} {
		if status, body := send(t, srv.HTTP(), "GET", tt.address, "", tt.credentials...); status != http.StatusUnauthorized {
			t.Errorf("%s: %d: %s, want 401", name, status, body)
		}
	}
}

func TestFaultsCallsAndVerification(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	srv.Fault(t, mock.Rule{Kind: "error", Match: mock.Match{Operation: "getTenant"}, When: mock.When{Times: 2}, With: []byte(`{"status":503}`)})
	c := srv.Client(t, mock.Partner)
	var statuses []int
	for range 3 {
		status, _ := send(t, c, "GET", srv.URL+"/api/2/tenants/"+harbor, "")
		statuses = append(statuses, status)
	}
	if diff := cmp.Diff([]int{503, 503, 200}, statuses); diff != "" {
		t.Errorf("statuses (-want +got):\n%s", diff)
	}
	three, none := 3, 0
	srv.Verify(t, mock.Expected{Match: mock.Match{Operation: "getTenant"}, Times: mock.Times{Exactly: &three}})
	srv.Verify(t, mock.Expected{Match: mock.Match{Cause: "spec"}, Times: mock.Times{Exactly: &none}})
	injected := srv.Calls(t, mock.Match{Cause: "injected"})
	if len(injected) != 2 || len(injected[0].Faults) != 1 || injected[0].Faults[0].Kind != "error" {
		t.Errorf("the journal shows %d injected answers: %+v", len(injected), injected)
	}
}

// A fakeT notes what would have happened to a test.
type fakeT struct {
	testing.TB
	failed bool
	log    bytes.Buffer
	ended  []func()
}

func (f *fakeT) Cleanup(fn func())                 { f.ended = append(f.ended, fn) }
func (f *fakeT) Failed() bool                      { return f.failed }
func (f *fakeT) Logf(format string, args ...any)   { fmt.Fprintf(&f.log, format+"\n", args...) }
func (f *fakeT) Errorf(format string, args ...any) { f.failed = true; f.Logf(format, args...) }

func (f *fakeT) end() {
	for i := len(f.ended) - 1; i >= 0; i-- {
		f.ended[i]()
	}
}

func TestAFailedTestShowsTheLastRequests(t *testing.T) {
	t.Parallel()
	f := &fakeT{TB: t}
	srv := mock.Start(f)
	c := srv.Client(f, mock.Partner)
	send(t, c, "GET", srv.URL+"/api/2/tenants/nobody", "")
	one := 1
	srv.Verify(f, mock.Expected{Match: mock.Match{Operation: "createUser"}, Times: mock.Times{Exactly: &one}})
	f.end()
	for _, want := range []string{"not verified", "#1 GET /api/2/tenants/nobody: 404"} {
		if !strings.Contains(f.log.String(), want) {
			t.Errorf("the log of the failed test lacks %q:\n%s", want, f.log.String())
		}
	}
}

// Without a listener the server works in a bubble, where its delays cost no time.
func TestAServerInABubble(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := mock.Start(t, mock.WithoutListener())
		srv.FaultJSON(t, `{"id":"slow","kind":"delay","match":{"operation":"getTenant"},"with":{"fixed":"10m"}}`)
		c := srv.Client(t, mock.Partner)
		start := det.Wall()
		if status, body := send(t, c, "GET", srv.URL+"/api/2/tenants/"+harbor, ""); status != http.StatusOK {
			t.Errorf("%d: %s", status, body)
		}
		if took := det.Since(start); took != 10*time.Minute {
			t.Errorf("the request took %v of the bubble's time, want ten minutes", took)
		}
	})
}
