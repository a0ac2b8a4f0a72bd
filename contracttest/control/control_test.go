package control_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/control"
)

// A server notes what it was asked and answers from a table; what is not in it is a 404 problem.
type server struct {
	asked   []string
	answers map[string]string
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	line := r.Method + " " + strings.TrimPrefix(r.URL.EscapedPath(), "/_mock/v1")
	s.asked = append(s.asked, strings.TrimSpace(line+" "+string(body)))
	answer, ok := s.answers[line]
	switch {
	case !ok:
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `{"type":"urn:x","status":404,"detail":"there is no such thing"}`)
	case answer == "":
		w.WriteHeader(http.StatusNoContent)
	default:
		_, _ = io.WriteString(w, answer)
	}
}

const version = `{"product":"tenantry","version":"dev","base_url":"http://127.0.0.1:8080"}`

func dial(t *testing.T, answers map[string]string) (*control.Plane, *server) {
	t.Helper()
	s := &server{answers: answers}
	answers["GET /version"] = version
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	p, v, err := control.Dial(t.Context(), web.Client(), web.URL+"/_mock/v1/", "")
	if err != nil || v.BaseURL != "http://127.0.0.1:8080" {
		t.Fatalf("Dial: %+v, %v", v, err)
	}
	return p, s
}

func sandboxOf(t *testing.T, p *control.Plane) *control.Sandbox {
	t.Helper()
	s, err := p.Create(t.Context(), control.Spec{ID: "run", TTL: "1h"})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const made = `{"id":"run","base_url":"http://127.0.0.1:8080/s/run","clients":[
	{"client_id":"a","client_secret":"","roles":["root_admin"]},{"client_id":"b","client_secret":"x","tenant_id":"t","roles":["partner_admin","root_admin"]}]}`

func TestASandboxIsMadeAndDeleted(t *testing.T) {
	t.Parallel()
	p, s := dial(t, map[string]string{"POST /sandboxes": made, "DELETE /sandboxes/run": ""})
	box := sandboxOf(t, p)
	if c, ok := box.ByRole("root_admin"); !ok || c.ID != "b" || c.Tenant != "t" {
		t.Errorf("ByRole: %+v, %v, want the client that has a secret", c, ok)
	}
	if _, ok := box.ByRole("none"); ok {
		t.Error("ByRole finds a role that nobody has")
	}
	if err := box.Delete(t.Context()); err != nil {
		t.Error(err)
	}
	want := []string{"GET /version", `POST /sandboxes {"id":"run","ttl":"1h"}`, "DELETE /sandboxes/run"}
	if diff := cmp.Diff(want, s.asked); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
}

func TestFaultsAreArmedAndTakenAway(t *testing.T) {
	t.Parallel()
	p, s := dial(t, map[string]string{
		"POST /sandboxes": made, "PUT /sandboxes/run/faults/a%2Fb": "{}", "PUT /sandboxes/run/faults/rule-2": "{}",
		"DELETE /sandboxes/run/faults/rule-2": "", "PUT /sandboxes/run/clock": "{}",
	})
	box := sandboxOf(t, p)
	undo, err := box.Fault(t.Context(), []any{map[string]any{"id": "a/b"}, map[string]any{"kind": "delay"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := undo(t.Context()); err != nil { // the first has ended by itself
		t.Errorf("undo: %v", err)
	}
	if err := box.Clock(t.Context(), map[string]any{"advance": "1h"}); err != nil {
		t.Error(err)
	}
	want := []string{
		`PUT /sandboxes/run/faults/a%2Fb {"id":"a/b"}`, `PUT /sandboxes/run/faults/rule-2 {"kind":"delay"}`,
		"DELETE /sandboxes/run/faults/a%2Fb", "DELETE /sandboxes/run/faults/rule-2", `PUT /sandboxes/run/clock {"advance":"1h"}`,
	}
	if diff := cmp.Diff(want, s.asked[2:]); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
}

func TestARuleThatIsRefusedLeavesNoneBehind(t *testing.T) {
	t.Parallel()
	p, s := dial(t, map[string]string{
		"POST /sandboxes": made, "PUT /sandboxes/run/faults/good": "{}", "DELETE /sandboxes/run/faults/good": "",
	})
	_, err := sandboxOf(t, p).Fault(t.Context(), []any{map[string]any{"id": "good"}, map[string]any{"id": "bad"}})
	if err == nil || !strings.Contains(err.Error(), `arm the fault "bad": the control plane refuses: there is no such thing`) {
		t.Errorf("got %v", err)
	}
	if last := s.asked[len(s.asked)-1]; last != "DELETE /sandboxes/run/faults/good" {
		t.Errorf("the last request is %s", last)
	}
}

func TestWhatIsNoControlPlaneIsToldApart(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status int
		body   string
		none   bool
	}{
		"another product":           {200, `{"product":"other"}`, true},
		"a page":                    {200, "<html>", true},
		"an API without it":         {404, `{"error":{}}`, true},
		"one that asks for a token": {401, `{"type":"urn:tenantry:problem:token_required","detail":"send the token"}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.body)
			}))
			t.Cleanup(web.Close)
			_, _, err := control.Dial(t.Context(), web.Client(), web.URL, "")
			if err == nil || errors.Is(err, control.ErrNone) != tt.none {
				t.Errorf("got %v; none: want %v", err, tt.none)
			}
		})
	}
	if _, _, err := control.Dial(t.Context(), http.DefaultClient, "http://127.0.0.1:1", ""); !errors.Is(err, control.ErrNone) {
		t.Errorf("nobody listens: %v", err)
	}
}

func TestTheTokenIsSent(t *testing.T) {
	t.Parallel()
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]string{"product": "tenantry", "version": r.Header.Get("Authorization")})
	}))
	t.Cleanup(web.Close)
	if _, v, err := control.Dial(t.Context(), web.Client(), web.URL, "secret"); err != nil || v.Version != "Bearer secret" {
		t.Errorf("got %+v, %v", v, err)
	}
}
