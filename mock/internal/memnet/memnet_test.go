package memnet_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/memnet"
)

// serve runs a handler on a new network until the test ends.
func serve(t *testing.T, h http.HandlerFunc) *http.Client {
	t.Helper()
	n := memnet.New("server.test")
	web := &http.Server{Handler: h}
	done := make(chan error, 1)
	go func() { done <- web.Serve(n) }()
	transport := &http.Transport{DialContext: n.Dial}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		if err := errors.Join(web.Close(), n.Close()); err != nil {
			t.Errorf("close: %v", err)
		}
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			t.Errorf("serve: %v", err)
		}
	})
	return &http.Client{Transport: transport}
}

func get(t *testing.T, c *http.Client) (string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://server.test/", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := c.Do(req)
	if err != nil {
		return "", err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	return string(body), err
}

func TestRequestsAreAnsweredInMemory(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 1<<20)
	c := serve(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.Host+long) })
	for range 3 {
		if body, err := get(t, c); err != nil || body != "server.test"+long {
			t.Fatalf("got %d bytes, %v", len(body), err)
		}
	}
}

func TestAResetIsAReset(t *testing.T) {
	t.Parallel()
	hijack := func(abrupt bool) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				t.Errorf("hijack: %v", err)
				return
			}
			if l, ok := conn.(interface{ SetLinger(sec int) error }); ok && abrupt {
				_ = l.SetLinger(0) // it has no way to fail
			}
			_ = conn.Close()
		}
	}
	if _, err := get(t, serve(t, hijack(true))); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("a reset: got %v, want ECONNRESET", err)
	}
	if _, err := get(t, serve(t, hijack(false))); !errors.Is(err, io.EOF) {
		t.Errorf("an end: got %v, want EOF", err)
	}
}

func TestAClosedNetworkRefuses(t *testing.T) {
	t.Parallel()
	n := memnet.New("server.test")
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := n.Dial(t.Context(), "tcp", "x"); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("dial: got %v, want ECONNREFUSED", err)
	}
	if _, err := n.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("accept: got %v, want ErrClosed", err)
	}
}

func TestTimePassesInABubble(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := serve(t, func(_ http.ResponseWriter, r *http.Request) {
			select {
			case <-time.After(time.Hour):
			case <-r.Context().Done():
			}
		})
		start := det.Wall()
		if _, err := get(t, c); err != nil {
			t.Fatal(err)
		}
		if took := det.Since(start); took != time.Hour {
			t.Errorf("the answer took %v of the bubble's time, want an hour", took)
		}
	})
}
