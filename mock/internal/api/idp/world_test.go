package idp_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/api/idp"
	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/valid"
	"github.com/tenantry/tenantry/mock/model"
	"github.com/tenantry/tenantry/openapi"
)

// A world is a server with the identity provider alone and a state that tests may change behind its back, because
// some of what matters here (an enrolled second factor) cannot be reached through the API yet.
type world struct {
	t        testing.TB
	url      string
	box      *sandbox.World
	doc      *openapi.Document
	auth     *auth.Auth
	handlers map[string]op.Handler
	base     string // what the server believes was dialled; a path is put behind the host
}

// start runs a world whose clock stands still.
func start(t testing.TB) *world {
	t.Helper()
	w := assemble(t)
	web := httptest.NewServer(w)
	t.Cleanup(web.Close)
	w.url = web.URL
	return w
}

// assemble makes the world without a server.
func assemble(t testing.TB) *world {
	t.Helper()
	doc, err := openapi.Load()
	if err != nil {
		t.Fatalf("load the document: %v", err)
	}
	keys, err := auth.DevelopmentKeys()
	if err != nil {
		t.Fatalf("development keys: %v", err)
	}
	ops := idp.Ops(keys)
	handlers, err := op.Mount(doc, ops, others(doc, ops))
	if err != nil {
		t.Fatalf("mount: %v", err)
	}
	clock := det.NewVirtual(nil)
	clock.Freeze()
	cfg := state.Config{ID: sandbox.Default, Clock: clock, Source: det.NewSource(1, sandbox.Default)}
	s, err := state.NewMemory(cfg, populate)
	if err != nil {
		t.Fatalf("make the world: %v", err)
	}
	return &world{t: t, box: &sandbox.World{ID: sandbox.Default, State: s, Clock: clock}, doc: doc, auth: auth.New(keys), handlers: handlers}
}

// of is the same world for a part of the test.
func (w *world) of(t testing.TB) *world {
	t.Helper()
	part := *w
	part.t = t
	return &part
}

// others are the operations of the document that are not among ops.
func others(doc *openapi.Document, ops []op.Op) []string {
	var ids []string
	for _, o := range doc.Operations() {
		if !slices.ContainsFunc(ops, func(built op.Op) bool { return built.ID == o.ID }) {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// ServeHTTP answers the operations, and /whoami with the id of the caller.
func (w *world) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.t.Errorf("read a request: %v", err)
	}
	ex := &op.Exchange{World: w.box, Base: "http://" + r.Host + w.base, Request: r, Body: body}
	if strings.HasPrefix(w.base, "https:") {
		ex.Base = w.base
	}
	chain := op.Chain(whoami, w.auth.Identify)
	if ex.Operation = w.operation(r); ex.Operation != nil {
		chain = op.Chain(w.handlers[ex.Operation.ID], valid.Responses, w.auth.Identify, auth.Require, valid.Requests)
	}
	if err := chain(op.With(r.Context(), ex), ex); err != nil {
		ex.Fail(err)
	}
	for name, values := range ex.Reply.Header {
		rw.Header()[name] = values
	}
	rw.WriteHeader(ex.Reply.Status)
	_, _ = rw.Write(ex.Reply.Body)
}

func (w *world) operation(r *http.Request) *openapi.Operation {
	for _, o := range w.doc.Operations() {
		for _, base := range o.Bases {
			if o.Method == r.Method && base+o.Path == r.URL.Path {
				return o
			}
		}
	}
	return nil
}

func whoami(_ context.Context, ex *op.Exchange) error {
	if ex.Refused != nil || ex.Actor == nil {
		return model.Errorf(model.Unauthenticated, "unauthorized", "nobody: %v", ex.Refused)
	}
	ex.Reply = op.Reply{Status: http.StatusOK, Body: []byte(ex.Actor.ID())}
	return nil
}

// change changes the state behind the server's back.
func (w *world) change(f func(tx *state.Tx)) {
	w.t.Helper()
	err := w.box.State.Update(w.t.Context(), func(tx *state.Tx) error {
		f(tx)
		return nil
	})
	if err != nil {
		w.t.Fatalf("change the world: %v", err)
	}
}

type answer struct {
	Status int
	Header http.Header
	Body   string
	JSON   map[string]any // nil if the body is none
}

// form posts a form below /api/2/idp, with Basic credentials as id:secret unless they are "".
func (w *world) form(path, basic, form string) *answer {
	w.t.Helper()
	r := w.request(http.MethodPost, w.url+"/api/2/idp/"+path, form)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if id, secret, ok := strings.Cut(basic, ":"); ok {
		r.SetBasicAuth(id, secret)
	}
	return w.do(r)
}

func (w *world) get(path string) *answer {
	w.t.Helper()
	return w.do(w.request(http.MethodGet, w.url+path, ""))
}

func (w *world) request(method, url, body string) *http.Request {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		w.t.Fatalf("make a request: %v", err)
	}
	return r
}

func (w *world) do(r *http.Request) *answer {
	w.t.Helper()
	return w.send(http.DefaultClient, r)
}

func (w *world) send(c *http.Client, r *http.Request) *answer {
	w.t.Helper()
	resp, err := c.Do(r)
	if err != nil {
		w.t.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatalf("%s %s: read the answer: %v", r.Method, r.URL, err)
	}
	a := &answer{Status: resp.StatusCode, Header: resp.Header, Body: string(body)}
	_ = json.Unmarshal(body, &a.JSON)
	return a
}

// tokens asks for tokens and fails the test if there are none.
func (w *world) tokens(basic, form string) *answer {
	w.t.Helper()
	a := w.form("token", basic, form)
	if a.Status != http.StatusOK {
		w.t.Fatalf("token %s: got %d, want 200: %s", form, a.Status, a.Body)
	}
	return a
}

func (a *answer) text(name string) string {
	s, _ := a.JSON[name].(string)
	return s
}

// caller is whom the bearer of an access token is, "" when the token is refused.
func (w *world) caller(token string) string {
	w.t.Helper()
	r := w.request(http.MethodGet, w.url+"/whoami", "")
	r.Header.Set("Authorization", "Bearer "+token)
	a := w.do(r)
	if a.Status != http.StatusOK {
		return ""
	}
	return a.Body
}

// refused fails the test unless the answer is the flat refusal.
func (w *world) refused(a *answer, status int, code string) {
	w.t.Helper()
	if a.Status != status || a.text("error") != code || a.text("error_description") == "" || a.text("domain") != "Access" {
		w.t.Fatalf("got %d %s, want %d %s", a.Status, a.Body, status, code)
	}
	if status == http.StatusUnauthorized && !strings.HasPrefix(a.Header.Get("WWW-Authenticate"), "Basic ") {
		w.t.Errorf("a 401 came with WWW-Authenticate %q, want Basic", a.Header.Get("WWW-Authenticate"))
	}
}

func refreshForm(token string) string {
	return "grant_type=refresh_token&refresh_token=" + url.QueryEscape(token)
}

func uuid(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n) }
