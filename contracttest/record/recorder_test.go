package record_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/record"
)

func TestRequestsAndAnswersPassUnchanged(t *testing.T) {
	t.Parallel()
	var asked *http.Request
	var body []byte
	s := setUp(t, http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		asked = req
		body, _ = io.ReadAll(req.Body)
		w.Header().Set("X-Answer", "yes")
		w.Header().Set("Keep-Alive", "timeout=5")
		w.WriteHeader(http.StatusTeapot)
		_, _ = io.WriteString(w, "short and stout")
	}), nil)
	got := s.send("PUT", "/api/2/a%2Fb;c?x=1;y&%zz", "a body", "X-Own", "1", "X-Forwarded-For", "192.0.2.1", "Connection", "X-Hop", "X-Hop", "1")
	if asked.RequestURI != "/api/2/a%2Fb;c?x=1;y&%zz" || string(body) != "a body" || asked.ContentLength != 6 || "http://"+asked.Host != s.upstream {
		t.Errorf("the upstream gets %s of %s with %d bytes: %q", asked.RequestURI, asked.Host, asked.ContentLength, body)
	}
	want := http.Header{
		"X-Own": {"1"}, "X-Forwarded-For": {"192.0.2.1"}, "Content-Length": {"6"}, "User-Agent": {"Go-http-client/1.1"},
	}
	if diff := cmp.Diff(want, asked.Header); diff != "" {
		t.Errorf("the headers differ: %s", diff)
	}
	if got.status != http.StatusTeapot || got.body != "short and stout" || got.header.Get("X-Answer") != "yes" || got.header.Get("Keep-Alive") != "" {
		t.Errorf("the client gets %d %v %q", got.status, got.header, got.body)
	}
}

func TestTheUpstreamMayHaveABasePath(t *testing.T) {
	t.Parallel()
	asked := ""
	s := setUp(t, http.HandlerFunc(func(_ http.ResponseWriter, req *http.Request) { asked = req.URL.Path }), func(c *record.Config) {
		c.Upstream = c.Upstream.JoinPath("/s/mine/api/2/")
	})
	s.send("GET", "/api/2/users/me", "")
	if asked != "/s/mine/api/2/users/me" {
		t.Errorf("the upstream is asked for %s", asked)
	}
}

func TestARedirectLeadsBackToTheProxy(t *testing.T) {
	t.Parallel()
	location := ""
	s := setUp(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", location)
		w.WriteHeader(http.StatusFound)
	}), nil)
	escaped := func(u string) string { return strings.NewReplacer(":", "%3A", "/", "%2F").Replace(u) }
	for given, want := range map[string]string{
		s.upstream + "/login?a=b":   s.url + "/login?a=b",
		s.upstream:                  s.url,
		s.upstream + "1/other-port": s.upstream + "1/other-port",
		"https://client.test/cb?iss=" + s.upstream + "&c":   "https://client.test/cb?iss=" + s.url + "&c",
		"https://client.test/cb?iss=" + escaped(s.upstream): "https://client.test/cb?iss=" + escaped(s.url),
		"/relative": "/relative",
	} {
		location = given
		if got := s.send("GET", "/api/2/idp/authorize", ""); got.header.Get("Location") != want {
			t.Errorf("%s becomes %s, want %s", given, got.header.Get("Location"), want)
		}
	}
}

func TestFindingsOfBothSidesAreTold(t *testing.T) {
	t.Parallel()
	s := setUp(t, replies(map[string]string{
		"POST /api/2/users":           `{"id": 7}`,
		"DELETE /api/2/users/" + user: "",
		"GET /api/2/own/person-name":  "{}",
	}), nil)
	s.json("POST", "/api/2/users", `{"login": 5, "tenant_id": "`+tenant+`"}`)
	s.json("DELETE", "/api/2/users/"+user+"?version=1", "")
	s.json("GET", "/api/2/own/person-name?q=person", "")
	lines := s.out.lines()
	for _, want := range []string{"POST /users 200 createUser: ", "request body /login ", "response body /id "} {
		if !strings.Contains(lines[0], want) {
			t.Errorf("%s\nlacks %q", lines[0], want)
		}
	}
	want := []string{"DELETE /users/{user_id} 204 deleteUser", "GET /api/2/…/… 200: not in the document"}
	if diff := cmp.Diff(want, lines[1:]); diff != "" {
		t.Error(diff)
	}
}

func TestACompressedAnswerIsJudgedAndPassesCompressed(t *testing.T) {
	t.Parallel()
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = io.WriteString(z, `{"items": "none"}`)
	_ = z.Close()
	s := setUp(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(zipped.Bytes())
	}), nil)
	got := s.send("GET", "/api/2/applications", "", "Accept-Encoding", "gzip")
	if got.body != zipped.String() {
		t.Error("the answer was changed")
	}
	if line := s.out.lines()[0]; !strings.Contains(line, "response body /items ") {
		t.Errorf("%s: want a finding about /items", line)
	}
}

func TestAFailingUpstreamIsA502AndAComment(t *testing.T) {
	t.Parallel()
	s := setUp(t, http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if req.Method == http.MethodGet {
			w.WriteHeader(http.StatusOK)
			return
		}
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, "half an ans")
		panic(http.ErrAbortHandler)
	}), nil)
	got := s.send("POST", "/api/2/users", "{}", "Content-Type", "application/json")
	if got.status != http.StatusBadGateway || !strings.HasPrefix(got.body, `{"error":{"code":502,"message":"the upstream gives no answer: `) {
		t.Errorf("got %d %s", got.status, got.body)
	}
	if line := s.out.lines()[0]; !strings.HasPrefix(line, "POST /users createUser: the upstream gives no answer: ") {
		t.Error(line)
	}
	s.send("GET", "/api/2/users/me", "")
	d, _ := s.draft()
	if want := "# POST /users (createUser): there was no answer\n"; !strings.Contains(string(d.Text), want) || d.Comments != 1 || d.Steps != 1 {
		t.Errorf("%d steps, %d comments:\n%s", d.Steps, d.Comments, d.Text)
	}
}

func TestWhatExceedsTheBoundsIsForwardedAndTold(t *testing.T) {
	t.Parallel()
	s := setUp(t, replies(map[string]string{"GET /api/2/users/me": `{}`}), func(c *record.Config) { c.Exchanges = 2 })
	for range 5 {
		if got := s.send("GET", "/api/2/users/me", ""); got.status != http.StatusOK {
			t.Errorf("got %d", got.status)
		}
	}
	told := strings.Count(strings.Join(s.out.lines(), "\n"), "the recording is full (2 exchanges, ")
	d, _ := s.draft()
	if told != 1 || d.Steps != 2 || d.Left != 3 || !strings.Contains(string(d.Text), "3 more exchanges are not here") {
		t.Errorf("told %d times, %d steps, %d left:\n%s", told, d.Steps, d.Left, d.Text)
	}
}

func TestBytesAreBoundedToo(t *testing.T) {
	t.Parallel()
	s := setUp(t, replies(map[string]string{"GET /api/2/users/me": `{}`}), func(c *record.Config) { c.Bytes = 1 })
	s.send("GET", "/api/2/users/me", "")
	if d := s.recorder.Draft(); d.Text != nil || d.Left != 1 {
		t.Errorf("%d left: %s", d.Left, d.Text)
	}
}

func TestALongBodyPassesUnjudged(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 5000)
	s := setUp(t, http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		_, _ = w.Write(body)
	}), func(c *record.Config) { c.Body = 1000 })
	if got := s.send("POST", "/api/2/users", long); got.body != long {
		t.Errorf("the answer has %d bytes, want %d", len(got.body), len(long))
	}
	if line := s.out.lines()[0]; !strings.Contains(line, "request body is too long") || !strings.Contains(line, "response body is too long") {
		t.Error(line)
	}
	if d := s.recorder.Draft(); d.Comments != 1 || d.Steps != 0 {
		t.Errorf("%d steps, %d comments", d.Steps, d.Comments)
	}
}

func TestRequestsAtTheSameTimeAreAllKept(t *testing.T) {
	t.Parallel()
	s := setUp(t, replies(map[string]string{"GET /api/2/users/me": `{}`}), nil)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() { s.send("GET", fmt.Sprintf("/api/2/users/me?access_token=token-number-%d", i), "") })
	}
	all.Wait()
	if d, _ := s.draft(); d.Steps != 20 {
		t.Errorf("%d steps", d.Steps)
	}
}
