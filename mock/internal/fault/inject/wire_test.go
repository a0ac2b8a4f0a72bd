package inject_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/fault/inject"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/openapi"
)

// A wire is a server of one small operation, under faults, with a client at its other end.
type wire struct {
	t      testing.TB
	doc    *openapi.Document
	world  *sandbox.World
	chain  op.Handler
	url    string
	client *http.Client

	runs atomic.Int64      // of the operation
	last chan *op.Exchange // those that were delivered
	sent chan error        // what Deliver said of them
}

// text is what the operation answers.
const text = `{"name":"Acme","count":12,"list":[1,2,3]}`

// newWire has the rules, written as JSON, and serves nobody yet. The world's clock stands still at noon.
func newWire(t testing.TB, rules ...string) *wire {
	t.Helper()
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	noon := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	clock := det.NewVirtual(func() time.Time { return noon })
	s := &wire{t: t, doc: doc, last: make(chan *op.Exchange, 100), sent: make(chan error, 100)}
	s.world = &sandbox.World{ID: "wire", Clock: clock, Faults: fault.NewSet(fault.Config{Doc: doc, Seed: 1, World: "wire", Clock: clock})}
	s.chain = inject.New(nil).Faults(s.answer)
	parsed, problems := fault.ParseRules([]byte("[" + strings.Join(rules, ",") + "]"))
	if problems = append(problems, s.world.Faults.Replace(parsed)...); len(problems) > 0 {
		t.Fatalf("the rules are refused: %v", problems)
	}
	return s
}

// answer is the operation.
func (s *wire) answer(_ context.Context, ex *op.Exchange) error {
	s.runs.Add(1)
	switch ex.Request.Header.Get("X-Answer") {
	case "error":
		return errors.New("the operation broke")
	case "nothing":
		ex.Reply = op.Reply{Status: http.StatusNoContent, Header: http.Header{}}
	default:
		header := http.Header{"Content-Type": {"application/json; charset=utf-8"}}
		ex.Reply = op.Reply{Status: http.StatusOK, Header: header, Body: []byte(text)}
	}
	return nil
}

func (s *wire) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ex := &op.Exchange{World: s.world, Base: "http://" + r.Host}
	ex.Operation, _ = s.doc.Operation(r.Header.Get("X-Operation"))
	ctx := op.With(r.Context(), ex)
	ex.Request = r.WithContext(ctx)
	ex.Body, _ = io.ReadAll(inject.SlowBody(ex, r.Body))
	if err := s.chain(ctx, ex); err != nil {
		ex.Fail(err)
	}
	s.last <- ex
	s.sent <- inject.Deliver(w, ex.Request, ex)
}

// overTCP serves real connections until the test ends.
func (s *wire) overTCP() *wire {
	web := httptest.NewServer(s)
	s.t.Cleanup(web.Close)
	s.url, s.client = web.URL, web.Client()
	return s
}

// overTLS does so encrypted.
func (s *wire) overTLS(http2 bool) *wire {
	web := httptest.NewUnstartedServer(s)
	web.EnableHTTP2 = http2
	web.StartTLS()
	s.t.Cleanup(web.Close)
	s.url, s.client = web.URL, web.Client()
	return s
}

// overPipes serves connections without a network, so that a bubble of testing/synctest holds both ends.
func (s *wire) overPipes() *wire {
	conns := pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
	web := &http.Server{Handler: s, ReadHeaderTimeout: time.Hour}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = web.Serve(conns) // until it is closed
	}()
	transport := &http.Transport{DialContext: conns.dial}
	s.t.Cleanup(func() {
		transport.CloseIdleConnections()
		_ = web.Close()
		<-served
	})
	s.url, s.client = "http://pipe", &http.Client{Transport: transport}
	return s
}

type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (p pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case p.conns <- far:
		return near, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p pipes) Close() error {
	close(p.closed)
	return nil
}

func (p pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

// get makes a request for the operation; headers are name and value in turn.
func (s *wire) get(ctx context.Context, header ...string) (*http.Response, error) {
	s.t.Helper()
	return s.send(ctx, http.MethodGet, nil, header...)
}

func (s *wire) send(ctx context.Context, method string, body io.Reader, header ...string) (*http.Response, error) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(ctx, method, s.url+"/api/2/thing", body)
	if err != nil {
		s.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return s.client.Do(r)
}

// read makes a request and reads its answer to the end.
func (s *wire) read(header ...string) (status int, head http.Header, body string, err error) {
	s.t.Helper()
	resp, err := s.get(s.t.Context(), header...)
	if err != nil {
		return 0, nil, "", err
	}
	defer func() { _ = resp.Body.Close() }()
	all, err := io.ReadAll(resp.Body)
	return resp.StatusCode, resp.Header, string(all), err
}
