package mock_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/tenantry/tenantry/mock"
)

// A plane is a server with its control plane.
type plane struct{ api, control string }

func startPlane(t *testing.T) plane {
	t.Helper()
	srv, err := mock.New(t.Context(), mock.Config{})
	if err != nil {
		t.Fatal(err)
	}
	api := httptest.NewServer(srv)
	srv.SetURL(api.URL)
	handler, err := srv.Control(mock.ControlConfig{Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	control := httptest.NewServer(handler)
	t.Cleanup(func() {
		srv.Interrupt()
		control.Close()
		api.Close()
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
	})
	return plane{api.URL, control.URL + "/_mock/v1"}
}

// ask ends the test unless the answer has the status.
func (p plane) ask(t *testing.T, want int, method, path, body string) map[string]any {
	t.Helper()
	status, text := send(t, http.DefaultClient, method, p.control+path, body)
	if status != want {
		t.Fatalf("%s %s: got %d, want %d: %s", method, path, status, want, text)
	}
	out := map[string]any{}
	if text != "" {
		if err := json.Unmarshal([]byte(text), &out); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// A request that a fault holds belongs to the test before the reset: it does not change the world after it.
func TestAHeldRequestDoesNotOutliveAReset(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := mock.Start(t, mock.WithoutListener())
		srv.FaultJSON(t, `{"id":"hold","kind":"delay","match":{"operation":"createUser"},"with":{"fixed":"1h"}}`)
		c := srv.Client(t, mock.Partner)
		ended := make(chan error, 1)
		go func() {
			resp, err := c.Post(srv.URL+"/api/2/users", "application/json", strings.NewReader(newUser("ghost"))) //nolint:noctx // the reset ends it
			if err == nil {
				_ = resp.Body.Close()
			}
			ended <- err
		}()
		synctest.Wait() // until it is held
		if n := len(srv.Calls(t, mock.Match{Operation: "createUser"})); n != 1 {
			t.Fatalf("%d requests are under way, want 1", n)
		}
		srv.Reset(t)
		if err := <-ended; err == nil {
			t.Error("the held request was answered after the reset")
		}
		if status, _ := send(t, c, "GET", srv.URL+"/api/2/users/check_login?username=ghost", ""); status != http.StatusNoContent {
			t.Errorf("the held request changed the world after the reset: %d", status)
		}
	})
}

// A replacement is whole or not at all: the sandbox's own clients work at every moment.
func TestOwnClientsWorkWhileTheStateIsReplaced(t *testing.T) {
	t.Parallel()
	p := startPlane(t)
	own := p.ask(t, http.StatusCreated, "POST", "/sandboxes", `{"id":"a"}`)["clients"].([]any)[0].(map[string]any)
	_, foreign := send(t, http.DefaultClient, "GET", p.control+"/sandboxes/default/state", "") // has none of a's clients
	var stop atomic.Bool
	var refused atomic.Int64
	done := make(chan struct{}, 4)
	for range cap(done) {
		go func() {
			defer func() { done <- struct{}{} }()
			for !stop.Load() {
				status, _ := send(t, http.DefaultClient, "GET", p.api+"/api/2/users/me", "", own["client_id"].(string), own["client_secret"].(string))
				if status != http.StatusOK {
					refused.Add(1)
				}
			}
		}()
	}
	for range 30 {
		p.ask(t, http.StatusOK, "PUT", "/sandboxes/a/state", foreign)
	}
	stop.Store(true)
	for range cap(done) {
		<-done
	}
	if n := refused.Load(); n > 0 {
		t.Errorf("%d requests of the sandbox's own client were refused", n)
	}
}

// A copied state holds the credentials of the world that it was copied from; they stay that world's.
func TestCredentialsInACopiedStateStayThoseOfTheirSandbox(t *testing.T) {
	t.Parallel()
	p := startPlane(t)
	own := p.ask(t, http.StatusCreated, "POST", "/sandboxes", `{"id":"a"}`)["clients"].([]any)[0].(map[string]any)
	token := p.ask(t, http.StatusCreated, "POST", "/sandboxes/a/tokens", `{"client":"`+partnerClient+`"}`)["access_token"].(string)
	_, state := send(t, http.DefaultClient, "GET", p.control+"/sandboxes/a/state", "")
	p.ask(t, http.StatusCreated, "POST", "/sandboxes", `{"id":"b"}`)
	p.ask(t, http.StatusOK, "PUT", "/sandboxes/b/state", state)
	me := p.api + "/s/b/api/2/users/me"
	if status, _ := send(t, http.DefaultClient, "GET", me, "", own["client_id"].(string), own["client_secret"].(string)); status != http.StatusUnauthorized {
		t.Errorf("a's client in b: %d, want 401", status)
	}
	if status, _ := send(t, http.DefaultClient, "GET", me+"?access_token="+token, ""); status != http.StatusUnauthorized {
		t.Errorf("a's token in b: %d, want 401", status)
	}
	if status, _ := send(t, http.DefaultClient, "GET", p.api+"/s/a/api/2/users/me?access_token="+token, ""); status != http.StatusOK {
		t.Errorf("a's token in a: %d, want 200", status)
	}
}

// The clock does not go where answers cannot follow, nor pass more time than the machine can take.
func TestTheClockHasAnEnd(t *testing.T) {
	t.Parallel()
	p := startPlane(t)
	p.ask(t, http.StatusCreated, "POST", "/sandboxes", `{"id":"a","fixture":"empty"}`)
	for _, change := range []string{`{"set":"9999-12-31T23:59:59Z"}`, `{"set":"2200-01-01T00:00:00Z"}`, `{"advance":"2000000h"}`} {
		p.ask(t, http.StatusBadRequest, "PUT", "/sandboxes/a/clock", change)
	}
	p.ask(t, http.StatusOK, "PUT", "/sandboxes/a/clock", `{"set":"2199-12-31T23:59:59Z","scale":1000000}`)
	p.ask(t, http.StatusOK, "GET", "/sandboxes/a", "")
	p.ask(t, http.StatusOK, "PUT", "/sandboxes/a/snapshots/late", "")
}

// There is one entry for each request, also for methods that no operation has, and in sandboxes that are not there.
func TestEveryRequestIsJournaled(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	for path, want := range map[string]int{
		"/api/2/users/me": http.StatusMethodNotAllowed, "/api/2/nothing": http.StatusNotFound, "/s/nope/api/2/users/me": http.StatusNotFound,
	} {
		if status, body := send(t, srv.HTTP(), "OPTIONS", srv.URL+path, ""); status != want {
			t.Errorf("OPTIONS %s: %d, want %d: %s", path, status, want, body)
		}
	}
	if calls := srv.Calls(t, mock.Match{Method: "OPTIONS"}); len(calls) != 3 {
		t.Errorf("the journal has %d entries, want 3", len(calls))
	}
}

// The answer to every bad token is the same; the journal tells them apart.
func TestTheJournalTellsWhyATokenIsRefused(t *testing.T) {
	t.Parallel()
	p := startPlane(t)
	said := map[string]string{}
	for broken, part := range map[string]string{
		"expired": "expired at", "revoked": "was revoked", "bad_signature": "signature", "wrong_audience": "is meant for",
		"wrong_issuer": "was issued by", "unknown_kid": "a key that GET /idp/keys does not list", "not_yet_valid": "valid only from",
	} {
		minted := p.ask(t, http.StatusCreated, "POST", "/sandboxes/default/tokens", fmt.Sprintf(`{"client":%q,"broken":%q}`, partnerClient, broken))
		token := minted["access_token"].(string)
		status, body := send(t, http.DefaultClient, "GET", p.api+"/api/2/users/me?access_token="+token, "")
		if status != http.StatusUnauthorized {
			t.Errorf("%s: %d", broken, status)
		}
		if said[body] = broken; len(said) > 1 {
			t.Errorf("%s: the answer differs from that to others: %s", broken, body)
		}
		n := p.ask(t, http.StatusOK, "GET", "/sandboxes/default/journal?newest=true&limit=1", "")["next"]
		text := p.ask(t, http.StatusOK, "GET", fmt.Sprintf("/sandboxes/default/journal/%v/explain", n), "")["explanation"].(string)
		if !strings.Contains(text, part) {
			t.Errorf("%s: %q is not in the explanation: %s", broken, part, text)
		}
	}
}

func TestTheJournalTellsWhyBasicIsRefused(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	for name, tt := range map[string]struct{ id, secret, want string }{
		"an unknown client": {"c11e0000-0000-4000-8000-00000000ffff", "x", "a client that this world does not have"},
		"a wrong secret":    {partnerClient, "x", "the client's secret is wrong"},
		"an unknown login":  {"nobody", "x", "a user that this world does not have"},
		"a wrong password":  {"admin@acme-msp.example", "x", "the user's password is wrong"},
		"a disabled client": {"c11e0000-0000-4000-8000-000000000006", "5ec2ec5ec2ec5ec2ec5ec2ec5ec2ec5e", "the client is disabled"},
	} {
		if status, body := send(t, srv.HTTP(), "GET", srv.URL+"/api/2/users/me", "", tt.id, tt.secret); status != http.StatusUnauthorized || strings.Contains(body, "wrong") {
			t.Errorf("%s: %d %s", name, status, body)
		}
		calls := srv.Calls(t, mock.Match{Operation: "getMe"})
		if got := calls[len(calls)-1].Reason; !strings.Contains(got, tt.want) {
			t.Errorf("%s: the journal says %q, want %q in it", name, got, tt.want)
		}
	}
}
