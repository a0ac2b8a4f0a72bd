package inject_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock"
)

// A reply is what a client gets.
type reply struct {
	status int
	header http.Header
	body   string
}

// ask sends a request below /api/2 as a client of the API would; a body that begins with { is JSON, any other a form.
func ask(t testing.TB, srv *mock.Sandbox, c *http.Client, method, path, body string) (reply, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, srv.URL+"/api/2"+path, strings.NewReader(body))
	noErr(t, err)
	switch {
	case strings.HasPrefix(body, "{"):
		req.Header.Set("Content-Type", "application/json")
	case body != "":
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := c.Do(req)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	return reply{resp.StatusCode, resp.Header, string(text)}, err
}

// answered is ask for an answer that arrives.
func answered(t testing.TB, srv *mock.Sandbox, c *http.Client, method, path, body string) reply {
	t.Helper()
	got, err := ask(t, srv, c, method, path, body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return got
}

// member is a text of an answer.
func (r reply) member(t testing.TB, name string) string {
	t.Helper()
	var all map[string]any
	if err := json.Unmarshal([]byte(r.body), &all); err != nil {
		t.Fatalf("decode %s: %v", r.body, err)
	}
	text, _ := all[name].(string)
	return text
}

func userNamed(login string) string {
	return `{"tenant_id":"` + harbor + `","login":"` + login + `","contact":{"email":"x@example.com"}}`
}

func TestLostAckOnTheWire(t *testing.T) {
	t.Parallel()
	for mode, want := range map[string]error{"reset": syscall.ECONNRESET, "empty": io.EOF, "timeout": context.DeadlineExceeded} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			srv := mock.Start(t)
			srv.FaultJSON(t, `{"id":"x","kind":"lost_ack","match":{"operation":"createUser"},"when":{"times":1},"with":{"mode":"`+mode+`"}}`)
			c := srv.Client(t, mock.Partner)
			c.Timeout = 300 * time.Millisecond
			if _, err := ask(t, srv, c, "POST", "/users", userNamed("unheard")); !errors.Is(err, want) {
				t.Errorf("got %v, want %v", err, want)
			}
			c.Timeout = 0
			again := answered(t, srv, c, "POST", "/users", userNamed("unheard"))
			if again.status != http.StatusConflict {
				t.Errorf("the same once more: %d %s, want a conflict with what was created", again.status, again.body)
			}
		})
	}
}

func TestAGatewayAnswersOnTheWire(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	srv.FaultJSON(t, `{"id":"x","kind":"lost_ack","match":{"operation":"createUser"},"with":{"mode":"error"}}`)
	c := srv.Client(t, mock.Partner)
	for _, want := range []int{http.StatusGatewayTimeout, http.StatusGatewayTimeout} {
		if got := answered(t, srv, c, "POST", "/users", userNamed("unheard")); got.status != want || !strings.Contains(got.body, `"code":504`) {
			t.Errorf("got %d %s", got.status, got.body)
		}
	}
}

func TestStaleReadOnTheWire(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	srv.FaultJSON(t, `{"id":"x","kind":"stale_read","match":{"operation":"getUser"},"with":{"reads":2}}`)
	c := srv.Client(t, mock.Partner)
	id := answered(t, srv, c, "POST", "/users", userNamed("late")).member(t, "id")
	var got []int
	for range 3 {
		got = append(got, answered(t, srv, c, "GET", "/users/"+id, "").status)
	}
	if diff := cmp.Diff([]int{404, 404, 200}, got); diff != "" {
		t.Errorf("reads after the change (-want +got):\n%s", diff)
	}
}

func TestConflictOnTheWire(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	c := srv.Client(t, mock.Partner)
	for mode, want := range map[string]struct {
		status int
		text   string
	}{"stale_version": {409, `"code":1001`}, "precondition": {412, `"code":412`}, "vanished": {404, `"code":404`}} {
		srv.FaultJSON(t, `{"id":"x","kind":"conflict","match":{"operation":"updateTenant"},"when":{"times":1},"with":{"mode":"`+mode+`"}}`)
		got := answered(t, srv, c, "PUT", "/tenants/"+harbor, `{"version":1,"name":"N"}`)
		if got.status != want.status || !strings.Contains(got.body, want.text) {
			t.Errorf("%s: got %d %s, want %d with %s", mode, got.status, got.body, want.status, want.text)
		}
	}
}

func TestPaginationShiftOnTheWire(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	c := srv.Client(t, mock.Partner)
	page := func(path string) (reply, userPage) {
		t.Helper()
		var p userPage
		got := answered(t, srv, c, "GET", path, "")
		noErr(t, json.Unmarshal([]byte(got.body), &p))
		return got, p
	}
	for _, name := range []string{"page-one", "page-two", "page-three"} {
		answered(t, srv, c, "POST", "/users", userNamed(name))
	}
	first := "/users?limit=1&include_inactive=true&tenant_id=" + harbor
	_, whole := page(first)
	next := "/users?after=" + whole.Paging.Cursors.After

	srv.FaultJSON(t, `{"id":"x","kind":"pagination_shift","match":{"query":{"after":"*"}},"with":{"mode":"expire"}}`)
	if got, _ := page(next); got.status != http.StatusBadRequest {
		t.Errorf("expire: got %d", got.status)
	}
	srv.FaultJSON(t, `{"id":"x","kind":"pagination_shift","with":{"mode":"repeat"}}`)
	if _, p := page(next); p.Paging.Cursors.After != whole.Paging.Cursors.After {
		t.Errorf("repeat: the page leads on to %q", p.Paging.Cursors.After)
	}
	srv.FaultJSON(t, `{"id":"x","kind":"pagination_shift","with":{"mode":"skip"}}`)
	if _, p := page(first); len(p.Items) != 0 || p.Paging.Cursors.After == "" {
		t.Errorf("skip: %+v", p)
	}
}

func TestAsyncStuckOnTheWire(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	for at := srv.Now(); at.UTC().Hour() < 8; at = srv.Now() { // in the small hours there are no reports
		srv.Advance(time.Hour)
	}
	c := srv.Client(t, mock.Partner)
	path := "/reports/" + answered(t, srv, c, "POST", "/reports", oneReport).member(t, "id") + "/stored"
	srv.Advance(time.Minute)
	for mode, want := range map[string]string{"stuck": "in_progress", "failed": "failed", "back": "in_progress"} {
		srv.FaultJSON(t, `{"id":"x","kind":"async_stuck","when":{"times":1},"with":{"mode":"`+mode+`"}}`)
		if got := answered(t, srv, c, "GET", path, ""); !strings.Contains(got.body, `"status":"`+want+`"`) {
			t.Errorf("%s: got %s", mode, got.body)
		}
		if got := answered(t, srv, c, "GET", path, ""); !strings.Contains(got.body, `"status":"saved"`) {
			t.Errorf("after %s: got %s", mode, got.body)
		}
	}
}

func TestReadOnlyOnTheWire(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	srv.FaultJSON(t, `{"id":"x","kind":"read_only","with":{"retry_after":"30s"}}`)
	c := srv.Client(t, mock.Partner)
	if got := answered(t, srv, c, "POST", "/users", userNamed("never")); got.status != 503 || got.header.Get("Retry-After") != "30" {
		t.Errorf("a change: %d, Retry-After %q", got.status, got.header.Get("Retry-After"))
	}
	if got := answered(t, srv, c, "GET", "/tenants/"+harbor, ""); got.status != 200 {
		t.Errorf("a read: %d %s", got.status, got.body)
	}
	if got := answered(t, srv, srv.HTTP(), "POST", "/idp/token", grant); got.status != 200 {
		t.Errorf("a token: %d %s", got.status, got.body)
	}
}
