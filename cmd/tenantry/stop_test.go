package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// A request that is under way when the server is asked to stop is answered; new ones are not taken.
func TestAStopLetsRunningRequestsFinish(t *testing.T) {
	t.Parallel()
	p := startServer(t)
	body, rest := io.Pipe()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.url()+"/api/2/users", body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Expect", "100-continue") // the server says so when it begins to read the body
	authorize(req, "partner")
	reading, answered := make(chan struct{}), make(chan error, 1)
	trace := &httptrace.ClientTrace{Got100Continue: func() { close(reading) }}
	req = req.WithContext(httptrace.WithClientTrace(req.Context(), trace))
	go func() { answered <- expect(req, http.StatusOK) }()

	<-reading
	write(t, rest, `{"tenant_id": "a0000000-0000-4000-8000-000000000002", `)
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	waitUntilRefused(t, address(p.url()))
	write(t, rest, `"login": "last", "contact": {"email": "last@example.com"}}`)
	if err := rest.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-answered; err != nil {
		t.Errorf("the request that was under way: %v", err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the server ended with %v: %s", err, p.stderr.String())
	}
}

func expect(req *http.Request, status int) error {
	resp, err := client().Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != status {
		return fmt.Errorf("got %s, want %d", resp.Status, status)
	}
	return nil
}

func write(t *testing.T, w io.Writer, text string) {
	t.Helper()
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
}

// waitUntilRefused returns once nobody listens any more; each attempt takes as long as a dial takes.
func waitUntilRefused(t *testing.T, address string) {
	t.Helper()
	for {
		c, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
		switch {
		case errors.Is(err, syscall.ECONNREFUSED):
			return
		case err == nil:
			_ = c.Close()
		case t.Context().Err() != nil:
			t.Fatal(err)
		}
	}
}

// Who follows the journal ends it with Ctrl-C, which is no failure.
func TestFollowingTheJournalEndsWithCtrlC(t *testing.T) {
	t.Parallel()
	p := startServer(t)
	if err := expect(getMe(t, p), http.StatusOK); err != nil {
		t.Fatal(err)
	}
	follow := exec.CommandContext(t.Context(), "tenantry", "journal", "follow", "--after", "0", "--control", p.control())
	out, err := follow.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := follow.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.Contains(line, "/api/2/users/me") {
		t.Errorf("the first line: %q, %v", line, err)
	}
	if err := follow.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := follow.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
}

// Neither who follows the journal nor a request that a fault holds keeps the server from stopping.
func TestAStopEndsWhatWouldWaitWithoutEnd(t *testing.T) {
	t.Parallel()
	p := startServer(t)
	rule := `{"kind": "delay", "match": {"operation": "getMe"}, "with": {"fixed": "30m"}}`
	if out, err := exec.CommandContext(t.Context(), "tenantry", "fault", "add", rule, "--control", p.control()).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	held := make(chan error, 1)
	req := getMe(t, p)
	go func() { held <- expect(req, http.StatusOK) }()
	follow := exec.CommandContext(t.Context(), "tenantry", "journal", "follow", "--after", "0", "--control", p.control())
	out, err := follow.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := follow.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || !strings.Contains(line, "  …  ") {
		t.Errorf("of a request in flight: %q, %v", line, err)
	}
	if err := p.end(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	if err := <-held; err == nil {
		t.Error("the request that was held is answered")
	}
	if err := follow.Wait(); err == nil {
		t.Error("who follows is not told that the server has stopped")
	}
}

func getMe(t *testing.T, p *process) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.url()+"/api/2/users/me", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	authorize(req, "partner")
	return req
}
