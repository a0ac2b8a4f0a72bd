package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
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
	authorize(req, "partner")
	answered := make(chan error, 1)
	go func() { answered <- expect(req, http.StatusOK) }()

	write(t, rest, `{"tenant_id": "a0000000-0000-4000-8000-000000000002", `)
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	waitUntilRefused(t, p.address())
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
