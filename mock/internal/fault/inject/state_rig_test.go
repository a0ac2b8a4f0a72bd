package inject_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tenantry/tenantry/fixtures"
	"github.com/tenantry/tenantry/mock/internal/api/idp"
	"github.com/tenantry/tenantry/mock/internal/api/reports"
	"github.com/tenantry/tenantry/mock/internal/api/tenants"
	"github.com/tenantry/tenantry/mock/internal/api/users"
	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/fault/inject"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/valid"
	"github.com/tenantry/tenantry/openapi"
)

// Of the demo world.
const (
	acme   = "a0000000-0000-4000-8000-000000000001"
	harbor = "a0000000-0000-4000-8000-000000000002"
	client = "c11e0000-0000-4000-8000-000000000001"
	secret = "5ec2e75ec2e75ec2e75ec2e75ec2e75e"
	login  = "admin@acme-msp.example"

	grant = "grant_type=client_credentials&client_id=" + client + "&client_secret=" + secret
)

// A rig is the demo world with its operations, whose requests meet the faults of its rules.
type rig struct {
	t        testing.TB
	doc      *openapi.Document
	keys     *auth.Keys
	auth     *auth.Auth
	handlers map[string]op.Handler
	box      *sandbox.World
	token    string // that requests present; "" for Basic
}

// newRig has a clock that stands still at noon and the rules that are written as JSON.
func newRig(t testing.TB, rules ...string) *rig {
	t.Helper()
	doc, err := openapi.Load()
	noErr(t, err)
	keys, err := auth.DevelopmentKeys()
	noErr(t, err)
	ops := slices.Concat(tenants.Ops, users.Ops, reports.Ops, idp.Ops(keys))
	var pending []string
	for _, o := range doc.Operations() {
		if !slices.ContainsFunc(ops, func(built op.Op) bool { return built.ID == o.ID }) {
			pending = append(pending, o.ID)
		}
	}
	handlers, err := op.Mount(doc, ops, pending)
	noErr(t, err)
	noon := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	clock := det.NewVirtual(func() time.Time { return noon })
	w, err := state.NewMemory(state.Config{ID: "rig", Clock: clock, Source: det.NewSource(1, "rig")}, demo)
	noErr(t, err)
	box := &sandbox.World{ID: "rig", State: w, Clock: clock}
	box.Faults = fault.NewSet(fault.Config{Doc: doc, Seed: 1, World: "rig", Clock: clock})
	r := &rig{t: t, doc: doc, keys: keys, auth: auth.New(keys), handlers: handlers, box: box}
	r.put(rules...)
	return r
}

func noErr(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func demo(tx *state.Tx) error {
	text, err := fixtures.Source("demo")
	if err != nil {
		return err
	}
	env := fixtures.Env{Now: tx.Now(), NewID: tx.UUID}
	return fixtures.Stream(bytes.NewReader(text), "demo.yaml", env, tx.Fill)
}

// put puts rules in force in place of all others.
func (r *rig) put(rules ...string) {
	r.t.Helper()
	parsed, problems := fault.ParseRules([]byte("[" + strings.Join(rules, ",") + "]"))
	if len(problems) == 0 {
		problems = r.box.Faults.Replace(parsed)
	}
	if len(problems) > 0 {
		r.t.Fatalf("the rules are refused: %v", problems)
	}
}

// get, post and the like send a request below /api/2; a body that begins with { is JSON, any other one a form.
func (r *rig) get(path string) *op.Exchange { r.t.Helper(); return r.send(http.MethodGet, path, "") }

func (r *rig) post(path, body string) *op.Exchange {
	r.t.Helper()
	return r.send(http.MethodPost, path, body)
}

func (r *rig) send(method, path, body string) *op.Exchange {
	r.t.Helper()
	req := httptest.NewRequestWithContext(r.t.Context(), method, "/api/2"+path, strings.NewReader(body))
	switch {
	case strings.HasPrefix(body, "{"):
		req.Header.Set("Content-Type", "application/json")
	case body != "":
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
	} else if !strings.HasPrefix(path, "/idp/") {
		req.SetBasicAuth(client, secret)
	}
	ex := &op.Exchange{World: r.box, Base: "http://mock.example", Request: req, Body: []byte(body)}
	ex.Operation, ex.Path = r.route(method, req.URL.Path)
	r.serve(op.With(req.Context(), ex), ex)
	return ex
}

func (r *rig) route(method, path string) (*openapi.Operation, map[string]string) {
	r.t.Helper()
	for _, o := range r.doc.Operations() {
		for _, base := range o.Bases {
			if vars, ok := matchPath(base+o.Path, path); ok && o.Method == method {
				return o, vars
			}
		}
	}
	r.t.Fatalf("no operation is %s %s", method, path)
	return nil, nil
}

func matchPath(template, path string) (map[string]string, bool) {
	want, got := strings.Split(template, "/"), strings.Split(path, "/")
	vars := map[string]string{}
	for i := range want {
		switch {
		case len(want) != len(got):
			return nil, false
		case strings.HasPrefix(want[i], "{"):
			vars[strings.Trim(want[i], "{}")] = got[i]
		case want[i] != got[i]:
			return nil, false
		}
	}
	return vars, true
}

// serve is the part of the chain in which faults act.
func (r *rig) serve(ctx context.Context, ex *op.Exchange) {
	chain := op.Chain(r.handlers[ex.Operation.ID], r.auth.Identify, inject.New(r.keys).Faults, auth.Require, valid.Requests)
	if err := chain(ctx, ex); err != nil {
		ex.Fail(err)
	}
}

// want ends the test unless the exchange has the status and the cause, and says by both marks whether a fault answered.
func (r *rig) want(ex *op.Exchange, status int, cause op.Cause) *op.Exchange {
	r.t.Helper()
	if ex.Reply.Status != status || ex.Cause != cause || ex.Injected != (cause == op.CauseInjected) {
		r.t.Fatalf("%s: got %d, cause %q, injected %v; want %d, %q: %s",
			ex.Operation.ID, ex.Reply.Status, ex.Cause, ex.Injected, status, cause, ex.Reply.Body)
	}
	return ex
}

// fine ends the test unless the exchange went as without a fault.
func (r *rig) fine(ex *op.Exchange) *op.Exchange {
	r.t.Helper()
	return r.want(ex, ex.Operation.Success, op.CauseNone)
}

// into decodes an answer.
func (r *rig) into(ex *op.Exchange, v any) {
	r.t.Helper()
	if err := json.Unmarshal(ex.Reply.Body, v); err != nil {
		r.t.Fatalf("%s: decode %s: %v", ex.Operation.ID, ex.Reply.Body, err)
	}
}

// text is a text of an answer, at a path of members.
func (r *rig) text(ex *op.Exchange, path ...string) string {
	r.t.Helper()
	var v any
	r.into(ex, &v)
	for _, name := range path {
		m, _ := v.(map[string]any)
		v = m[name]
	}
	s, _ := v.(string)
	return s
}

// newUser creates a user and returns its id.
func (r *rig) newUser(name string) string {
	r.t.Helper()
	ex := r.post("/users", `{"tenant_id":"`+harbor+`","login":"`+name+`","contact":{"email":"`+name+`@example.com"}}`)
	if ex.Reply.Status != http.StatusOK {
		r.t.Fatalf("create a user: %d %s", ex.Reply.Status, ex.Reply.Body)
	}
	return r.text(ex, "id")
}
