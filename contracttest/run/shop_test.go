package run_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tenantry/tenantry/contracttest/arazzo"
	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/run"
	"github.com/tenantry/tenantry/openapi"
)

const shopAPI = `{
"openapi": "3.0.3", "info": {"title": "Shop", "version": "1"}, "servers": [{"url": "/api/2"}],
"components": {"schemas": {
	"Thing": {"type": "object", "required": ["id", "name"], "properties": {"id": {"type": "string"}, "name": {"type": "string"}, "version": {"type": "integer"}}},
	"Things": {"type": "object", "required": ["items"], "properties": {"items": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}},
	"Token": {"type": "object", "properties": {"access_token": {"type": "string"}}},
	"Error": {"type": "object", "required": ["error"], "properties": {"error": {"type": "object", "properties": {"code": {"type": "integer"}}}}}
}},
"paths": {
	"/things": {
		"get": {"operationId": "listThings", "parameters": [{"in": "query", "name": "ids", "schema": {"type": "string"}}, {"in": "query", "name": "limit", "schema": {"type": "integer"}}],
			"responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Things"}}}}, "503": {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}, "429": {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}}},
		"post": {"operationId": "createThing", "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object"}}}},
			"responses": {"201": {"description": "ok", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}, "400": {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}}}},
	"/things/{id}": {
		"get": {"operationId": "getThing", "parameters": [{"in": "path", "name": "id", "required": true, "schema": {"type": "string"}}],
			"responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}, "404": {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}}},
		"delete": {"operationId": "deleteThing", "parameters": [{"in": "path", "name": "id", "required": true, "schema": {"type": "string"}}],
			"responses": {"204": {"description": "gone"}, "404": {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}}}},
	"/token": {
		"post": {"operationId": "issueToken", "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}}},
			"responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Token"}}}}}}}
}}`

// A shop is a target that keeps things, and does to a request what is asked for in its place.
type shop struct {
	*httptest.Server
	mu       sync.Mutex
	things   map[string]string // names by id
	made     int
	requests []string // method and path with query, in the order of arrival
	bodies   []string // of POST
	headers  []http.Header
	instead  func(w http.ResponseWriter, r *http.Request, n int) bool // answers the n-th request, or says false
}

func open(t testing.TB) *shop {
	t.Helper()
	s := &shop{things: map[string]string{}}
	s.Server = httptest.NewServer(s)
	s.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	t.Cleanup(s.Close)
	return s
}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	path := strings.TrimPrefix(r.URL.RequestURI(), "/api/2")
	s.mu.Lock()
	s.requests = append(s.requests, r.Method+" "+path)
	s.headers = append(s.headers, r.Header)
	if r.Method == http.MethodPost {
		s.bodies = append(s.bodies, string(body))
	}
	n := len(s.requests)
	s.mu.Unlock()
	if s.instead != nil && s.instead(w, r, n) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	id := strings.TrimPrefix(r.URL.Path, "/api/2/things/")
	name, has := s.things[id]
	switch {
	case r.URL.Path == "/api/2/token":
		answer(w, 200, `{"access_token":"tok-secret-1"}`)
	case r.Method == http.MethodPost:
		s.create(w, body)
	case r.URL.Path == "/api/2/things":
		s.list(w)
	case !has:
		answer(w, 404, `{"error":{"code":404}}`)
	case r.Method == http.MethodDelete:
		delete(s.things, id)
		w.WriteHeader(204)
	default:
		answer(w, 200, fmt.Sprintf(`{"id":%q,"name":%q}`, id, name))
	}
}

func (s *shop) create(w http.ResponseWriter, body []byte) {
	var in struct{ Name string }
	if json.Unmarshal(body, &in) != nil || in.Name == "" {
		answer(w, 400, `{"error":{"code":1}}`)
		return
	}
	s.made++
	id := fmt.Sprintf("t%d", s.made)
	s.things[id] = in.Name
	answer(w, 201, fmt.Sprintf(`{"id":%q,"name":%q,"version":1}`, id, in.Name))
}

func (s *shop) list(w http.ResponseWriter) {
	items := []string{}
	for id, name := range s.things {
		items = append(items, fmt.Sprintf(`{"id":%q,"name":%q}`, id, name))
	}
	slices.Sort(items)
	answer(w, 200, `{"items":[`+strings.Join(items, ",")+`]}`)
}

func answer(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

// left tells what is still in the shop.
func (s *shop) left() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.things)
}

// A clock moves only when somebody sleeps.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	c.slept = append(c.slept, d)
	return ctx.Err()
}

const head = `arazzo: 1.0.1
info: {title: Tests, version: 1.0.0}
sourceDescriptions: [{name: api, url: shop.json}]
workflows:
`

// config is a run of one file, given without its head, against a shop; writes are allowed.
func config(t testing.TB, s *shop, file string) run.Config {
	t.Helper()
	doc, err := openapi.Parse([]byte(shopAPI))
	if err != nil {
		t.Fatal(err)
	}
	scenario, err := arazzo.Read("dir/file.arazzo.yaml", []byte(head+file), doc)
	if err != nil {
		t.Fatal(err)
	}
	return run.Config{
		RunID: "run-1", Operations: doc, Documents: []*arazzo.Document{scenario}, AllowWrites: true,
		Target: run.Target{BaseURL: s.URL, Client: s.Client()},
		Clock:  &clock{now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)},
	}
}

// steps runs a workflow of some steps.
func steps(t testing.TB, s *shop, lines string) *report.Report {
	t.Helper()
	return run.Run(t.Context(), config(t, s, oneFlow(lines)))
}

// oneFlow is a workflow of some steps, written as a list.
func oneFlow(lines string) string {
	var b strings.Builder
	b.WriteString("  - workflowId: w\n    steps:\n")
	for line := range strings.Lines(strings.Trim(lines, "\n") + "\n") {
		b.WriteString("      " + line)
	}
	return b.String()
}

// told is the verdict of a report and of its steps, with what was found, for people.
func told(rep *report.Report) string {
	var b strings.Builder
	for _, s := range rep.Scenarios {
		fmt.Fprintf(&b, "%s %s\n", s.ID, s.Verdict)
		for _, step := range s.Steps {
			fmt.Fprintf(&b, "  %s %s", step.ID, step.Verdict)
			if step.Reason != "" {
				fmt.Fprintf(&b, " (%s)", step.Reason)
			}
			b.WriteString("\n")
			for _, f := range step.Findings {
				fmt.Fprintf(&b, "    %s %s: %s\n", f.Severity, f.Kind, f.Message)
			}
		}
	}
	return b.String()
}
