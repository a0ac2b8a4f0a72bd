package mock

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/tenantry/tenantry/mock/internal/memnet"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
)

// T is what Start needs of a test: *testing.T, *testing.B and *testing.F have it.
type T interface {
	Helper()
	Cleanup(f func())
	Context() context.Context
	Failed() bool
	Name() string
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// A StartOption changes what Start starts.
type StartOption func(*starting)

type starting struct {
	cfg    Config
	memory bool
}

// WithConfig begins with a configuration in place of the zero one.
func WithConfig(cfg Config) StartOption { return func(s *starting) { s.cfg = cfg } }

// WithFixture names the world to start with: demo, empty, or the path of a YAML file.
func WithFixture(name string) StartOption { return func(s *starting) { s.cfg.Fixture = name } }

// WithSeed changes the seed of all identifiers.
func WithSeed(seed int64) StartOption { return func(s *starting) { s.cfg.Seed = &seed } }

// WithSettings sets switches of the world, such as validation=strict.
func WithSettings(settings map[string]string) StartOption {
	return func(s *starting) { s.cfg.Settings = settings }
}

// WithClock stops the world's clock at a time, from which the dates of the fixture are reckoned.
func WithClock(at time.Time) StartOption { return func(s *starting) { s.cfg.At = at } }

// WithoutListener serves in memory: no port is taken, and only the clients of the sandbox reach it. It works inside a
// testing/synctest bubble.
func WithoutListener() StartOption { return func(s *starting) { s.memory = true } }

// memoryHost is the host of a server without a listener.
const memoryHost = "tenantry.test"

// stopTime bounds how long a stopping server waits for requests that still run.
const stopTime = 5 * time.Second

// Start runs a server until the test ends, and returns its default world. Without options it is the demo world on a free
// port of the loopback, with a world of its own for each call: tests that start one each may run in parallel. A test that
// fails shows the last requests of the journal. Whatever keeps the server from starting ends the test.
func Start(t T, opts ...StartOption) *Sandbox {
	t.Helper()
	s := starting{cfg: Config{CheckResponses: true}}
	for _, opt := range opts {
		opt(&s)
	}
	srv, err := New(t.Context(), s.cfg)
	if err != nil {
		t.Fatalf("start the server: %v", err)
	}
	listener, dial, err := s.listen(t.Context())
	if err != nil {
		t.Fatalf("start the server: %v", errors.Join(err, srv.Close()))
	}
	host := &host{srv: srv, url: "http://" + listener.Addr().String(), transport: &http.Transport{DialContext: dial}}
	host.serve(t, listener)
	return host.sandbox(t, srv.defaultWorld())
}

func (s *starting) listen(ctx context.Context) (net.Listener, func(context.Context, string, string) (net.Conn, error), error) {
	if s.memory {
		n := memnet.New(memoryHost)
		return n, n.Dial, nil
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	return l, nil, err
}

// A host is one running server; several sandboxes may be on it.
type host struct {
	srv       *Server
	url       string
	transport *http.Transport
}

func (h *host) serve(t T, l net.Listener) {
	web := &http.Server{Handler: h.srv, ReadHeaderTimeout: stopTime}
	h.srv.SetURL(h.url)
	done := make(chan error, 1)
	go func() { done <- web.Serve(l) }()
	t.Cleanup(func() {
		h.srv.Interrupt()
		h.transport.CloseIdleConnections()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), stopTime)
		defer cancel()
		err := web.Shutdown(ctx)
		if err != nil { // a client holds its connection
			err = web.Close()
		}
		if served := <-done; !errors.Is(served, http.ErrServerClosed) {
			err = errors.Join(err, served)
		}
		if err := errors.Join(err, h.srv.Close()); err != nil {
			t.Errorf("stop the server: %v", err)
		}
	})
}

func (h *host) sandbox(t T, w *sandbox.World) *Sandbox {
	prefix := ""
	if w.ID != sandbox.Default {
		prefix = sandboxPrefix + w.ID
	}
	s := &Sandbox{URL: h.url + prefix, ID: w.ID, host: h, world: w}
	t.Cleanup(func() { s.show(t) })
	return s
}
