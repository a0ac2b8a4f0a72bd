package control_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/tenantry/tenantry/fixtures"
	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/control"
	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
	"github.com/tenantry/tenantry/openapi"
)

// Identities of the demo world.
const (
	acme   = "a0000000-0000-4000-8000-000000000001"
	client = "c11e0000-0000-4000-8000-000000000001"
	admin  = "admin@acme-msp.example"
)

type object = map[string]any

// A plane is a control plane with worlds of its own, served over HTTP.
type plane struct {
	*control.Control
	url    string // with the base path
	worlds *sandbox.Manager
	http   *http.Client
}

// start serves until the test ends. Every answer is held to the document.
func start(t testing.TB, change ...func(*control.Config)) *plane {
	t.Helper()
	api, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	keys, err := auth.DevelopmentKeys()
	if err != nil {
		t.Fatal(err)
	}
	p := &plane{worlds: sandbox.NewManager(sandbox.Config{
		Document: api, Fixture: fixture, Budget: journal.NewBudget(0), Journal: 64 << 10,
	})}
	if err := p.worlds.OpenDefault(t.Context(), sandbox.DefaultSpec{}); err != nil {
		t.Fatal(err)
	}
	cfg := control.Config{
		Worlds: p.worlds, API: api, Keys: keys, BaseURL: func() string { return "http://127.0.0.1:8080/" },
		Version: "1.2.3", Loopback: true, Load: load, Identities: identities, Metrics: &counted{},
		Logger: slog.New(slog.NewTextHandler(testLog{t}, nil)),
	}
	for _, c := range change {
		c(&cfg)
	}
	if p.Control, err = control.New(cfg); err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(p.Control)
	t.Cleanup(func() {
		p.Stop()
		web.Close()
	})
	served := newPlane(t, web)
	p.url, p.http = served.url, served.http
	return p
}

// newPlane is a control plane that is served already.
func newPlane(t testing.TB, web *httptest.Server) *plane {
	t.Helper()
	return &plane{url: web.URL + "/_mock/v1", http: &http.Client{Transport: newJudge(t, web.Client().Transport)}}
}

func fixture(name string) (func(*state.Tx) error, error) {
	if !slices.Contains(fixtures.Names(), name) {
		return nil, model.Errorf(model.Invalid, "unknown_fixture", "there is no fixture %q", name)
	}
	return func(tx *state.Tx) error {
		text, err := fixtures.Source(name)
		if err != nil {
			return err
		}
		return load(tx, bytes.NewReader(text))
	}, nil
}

func load(tx *state.Tx, from io.Reader) error {
	return fixtures.Stream(from, "fixture.yaml", fixtures.Env{Now: tx.Now(), NewID: tx.UUID}, tx.Fill)
}

func identities(*sandbox.World) control.Identities {
	return control.Identities{
		Clients: []sandbox.Client{{ID: client, Secret: "s", Tenant: acme, TwinOf: client}},
		Users:   []control.User{{Login: admin, Password: "p", ID: "b0000000-0000-4000-8000-000000000001", Tenant: acme}},
	}
}

// counted stands for the metrics.
type counted struct {
	mu        sync.Mutex
	forgotten []string
}

func (c *counted) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4")
	_, _ = io.WriteString(w, "tenantry_sandboxes 1\n")
}

func (c *counted) Forget(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forgotten = append(c.forgotten, id)
}

type testLog struct{ t testing.TB }

func (l testLog) Write(line []byte) (int, error) {
	l.t.Logf("control: %s", line)
	return len(line), nil
}

// A judge holds every answer to the document.
type judge struct {
	t     testing.TB
	next  http.RoundTripper
	mux   *http.ServeMux
	byKey map[string]*openapi.Operation
}

func newJudge(t testing.TB, next http.RoundTripper) *judge {
	t.Helper()
	j := &judge{t: t, next: next, mux: http.NewServeMux(), byKey: map[string]*openapi.Operation{}}
	for _, o := range operations(t) {
		for _, base := range o.Bases {
			pattern := o.Method + " " + base + o.Path
			j.mux.Handle(pattern, http.NotFoundHandler())
			j.byKey[pattern] = o
		}
	}
	return j
}

func operations(t testing.TB) []*openapi.Operation {
	t.Helper()
	doc, err := openapi.Parse([]byte(control.DocumentJSONParsed()))
	if err != nil {
		t.Fatal(err)
	}
	return doc.Operations()
}

func (j *judge) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := j.next.RoundTrip(r)
	if err != nil || strings.HasPrefix(res.Header.Get("Content-Type"), "text/event-stream") {
		return res, err
	}
	body, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	res.Body = io.NopCloser(bytes.NewReader(body))
	if err != nil {
		return res, err
	}
	_, pattern := j.mux.Handler(r)
	o := j.byKey[pattern]
	if o == nil {
		return res, nil
	}
	for _, f := range o.CheckResponse(res.StatusCode, res.Header, body) {
		if f.Severity == openapi.Violation || f.In == openapi.InBody {
			j.t.Errorf("%s answers %d with %s: %s", o.ID, res.StatusCode, f, body)
		}
	}
	return res, nil
}

// An answer is what a request got.
type answer struct {
	t      testing.TB
	asked  string
	Status int
	Header http.Header
	Body   []byte
}

// do sends a request: a text or bytes as they are, anything else as JSON.
func (p *plane) do(t testing.TB, method, path string, body any) *answer {
	t.Helper()
	return p.send(t, method, path, body, http.Header{})
}

func (p *plane) send(t testing.TB, method, path string, body any, header http.Header) *answer {
	t.Helper()
	var content io.Reader = http.NoBody
	if body != nil {
		text, ok := body.(string)
		if !ok {
			encoded, err := json.Marshal(body)
			if err != nil {
				t.Fatal(err)
			}
			text = string(encoded)
		}
		content = strings.NewReader(text)
	}
	r, err := http.NewRequestWithContext(t.Context(), method, p.url+path, content)
	if err != nil {
		t.Fatal(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for name := range header {
		r.Header.Set(name, header.Get(name))
	}
	if host := header.Get("Host"); host != "" {
		r.Host = host
	}
	res, err := p.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	got, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return &answer{t: t, asked: method + " " + path, Status: res.StatusCode, Header: res.Header, Body: got}
}

// want ends the test unless the status is the one.
func (a *answer) want(status int) *answer {
	a.t.Helper()
	if a.Status != status {
		a.t.Fatalf("%s is %d, want %d: %s", a.asked, a.Status, status, a.Body)
	}
	return a
}

// into decodes the body.
func (a *answer) into(v any) {
	a.t.Helper()
	if err := json.Unmarshal(a.Body, v); err != nil {
		a.t.Fatalf("%s: %v: %s", a.asked, err, a.Body)
	}
}

func (a *answer) object() object {
	a.t.Helper()
	var v object
	a.into(&v)
	return v
}

// refused wants a problem with the status, whose detail has every one of the texts in it.
func (a *answer) refused(status int, texts ...string) {
	a.t.Helper()
	p := a.want(status).object()
	if got := a.Header.Get("Content-Type"); got != "application/problem+json" {
		a.t.Errorf("%s is refused as %s", a.asked, got)
	}
	for _, text := range texts {
		if detail, _ := p["detail"].(string); !strings.Contains(detail, text) {
			a.t.Errorf("%s is refused with %q, which does not say %q", a.asked, detail, text)
		}
	}
}

// sandbox makes one and returns its path.
func (p *plane) sandbox(t testing.TB, body object) string {
	t.Helper()
	if body == nil {
		body = object{}
	}
	made := p.do(t, "POST", "/sandboxes", body).want(201).object()
	return "/sandboxes/" + made["id"].(string)
}

// world finds a sandbox.
func (p *plane) world(t testing.TB, id string) *sandbox.World {
	t.Helper()
	w, err := p.worlds.Find(id)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// asked puts an answered request into a world's journal.
func asked(w *sandbox.World, operation string, status int) {
	w.Journal.Complete(begun(w, operation), func(e *journal.Entry) { e.Response.Status = status })
}

// begun puts a request in flight there.
func begun(w *sandbox.World, operation string) uint64 {
	e := &journal.Entry{
		ID: "id", Sandbox: w.ID, Operation: operation, Method: "GET", Path: "/api/2/x",
		Actor: journal.Actor{Kind: journal.ByNobody}, Tenants: []string{acme},
	}
	w.Journal.Begin(e)
	return e.N
}
