package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A said is what a command writes and exits with.
type said struct {
	out, err string
	status   int
}

// against runs a command against a server that gives one answer.
func against(t *testing.T, answer http.HandlerFunc, args ...string) said {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	var out, notes bytes.Buffer
	root := newRoot()
	root.SetOut(&out)
	root.SetErr(&notes)
	root.SetArgs(append(args, "--control", server.URL))
	err := root.ExecuteContext(t.Context())
	if err != nil {
		notes.WriteString(strings.ReplaceAll(err.Error(), server.URL, "URL"))
	}
	return said{out.String(), notes.String(), status(err)}
}

func answers(status int, kind, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body)) // the command says when it is not whole
	}
}

func TestARefusalIsOneLine(t *testing.T) {
	t.Parallel()
	const kind = "application/problem+json; charset=utf-8"
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"the detail":                         {answers(404, kind, `{"detail": "there is none"}`), "there is none"},
		"the title where there is no detail": {answers(500, kind, `{"title": "Broken"}`), "Broken"},
		"the problems where the detail does not say them": {
			answers(400, kind, `{"detail": "2 mistakes", "problems": [{"pointer": "/a", "detail": "is wrong"}, {"pointer": "/b", "detail": "too"}]}`),
			"2 mistakes: /a is wrong; /b too",
		},
		"the problem once": {
			answers(400, kind, `{"detail": "body /a is wrong", "problems": [{"pointer": "/a", "detail": "is wrong"}]}`),
			"body /a is wrong",
		},
		"lines become one": {answers(400, kind, `{"detail": "first\nsecond"}`), "first second"},
		"an answer of somebody else": {
			answers(404, "text/html", "<h1>"),
			`URL/_mock/v1/sandboxes/default/clock answers 404 Not Found, which is no control plane; give the URL that "tenantry serve" announces as such with --control`,
		},
		"a success of somebody else": {
			answers(200, "text/html", "<h1>"),
			`URL/_mock/v1/sandboxes/default/clock answers 200 OK, which is no control plane; give the URL that "tenantry serve" announces as such with --control`,
		},
		"an answer that breaks off": {
			func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Length", "100")
				_, _ = w.Write([]byte("{"))
			},
			"the answer broke off: unexpected EOF",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := against(t, tt.answer, "clock")
			if diff := cmp.Diff(said{"", tt.want, 1}, got, cmp.AllowUnexported(said{})); diff != "" {
				t.Errorf("tenantry clock (-want +got):\n%s", diff)
			}
		})
	}
}

// A command that only asks for something to be done is not done by any success.
func TestOnlyNoContentMeansDone(t *testing.T) {
	t.Parallel()
	got := against(t, answers(200, "text/html", "<h1>"), "fault", "clear")
	if got.status != 1 || got.out != "" || !strings.Contains(got.err, "which is no control plane") {
		t.Errorf("fault clear: %+v", got)
	}
	got = against(t, answers(204, "", ""), "fault", "clear", "--json")
	if diff := cmp.Diff(said{}, got, cmp.AllowUnexported(said{})); diff != "" {
		t.Errorf("fault clear --json (-want +got):\n%s", diff)
	}
}

// Names become one step of the path each, whatever is in them.
func TestNamesAreEscaped(t *testing.T) {
	t.Parallel()
	var asked string
	got := against(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r.Method + " " + r.RequestURI
		w.WriteHeader(http.StatusNoContent)
	}, "sandbox", "drop", "a/b?c", "--sandbox", "../x")
	if want := "DELETE /_mock/v1/sandboxes/..%2Fx/snapshots/a%2Fb%3Fc"; asked != want || got.status != 0 {
		t.Errorf("got %s, %+v, want %s", asked, got, want)
	}
}
