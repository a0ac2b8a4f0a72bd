package record_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tenantry/tenantry/contracttest/arazzo"
	"github.com/tenantry/tenantry/contracttest/record"
	"github.com/tenantry/tenantry/openapi"
)

const (
	tenant = "a0000000-0000-4000-8000-000000000001"
	user   = "b0000000-0000-4000-8000-000000000002"
)

// A stage is an upstream and the recorder before it.
type stage struct {
	*testing.T
	url      string // of the recorder
	upstream string
	recorder *record.Recorder
	out      *output
}

// output collects what the recorder says.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

// lines are what was said, once the recorder is closed.
func (o *output) lines() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return strings.Split(strings.TrimSuffix(o.b.String(), "\n"), "\n")
}

// noon is the time of all recordings.
func noon() time.Time { return time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC) }

func setUp(t *testing.T, upstream http.Handler, change func(*record.Config)) *stage {
	t.Helper()
	up := httptest.NewServer(upstream)
	t.Cleanup(up.Close)
	s := &stage{T: t, upstream: up.URL, out: &output{}}
	cfg := record.Config{
		Upstream: parsed(t, up.URL), Operations: document(t), Transport: &http.Transport{DisableCompression: true}, Now: noon, Out: s.out,
	}
	if change != nil {
		change(&cfg)
	}
	s.recorder = record.New(cfg)
	front := httptest.NewServer(s.recorder)
	t.Cleanup(front.Close)
	s.url = front.URL
	return s
}

func parsed(t testing.TB, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func document(t testing.TB) *openapi.Document {
	t.Helper()
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// A reply is what the client of the recorder gets.
type reply struct {
	status int
	header http.Header
	body   string
}

// send sends a request through the recorder; headers are pairs of name and value.
func (s *stage) send(method, path, body string, headers ...string) reply {
	s.Helper()
	req, err := http.NewRequestWithContext(s.Context(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Add(headers[i], headers[i+1])
	}
	client := http.Client{
		Transport:     &http.Transport{DisableCompression: true, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	resp, err := client.Do(req)
	if err != nil {
		s.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		s.Fatal(err)
	}
	return reply{resp.StatusCode, resp.Header, string(answer)}
}

// json sends a JSON body with a bearer token.
func (s *stage) json(method, path, body string) {
	s.Helper()
	s.send(method, path, body, "Content-Type", "application/json", "Authorization", "Bearer "+token)
}

const token = "the-access-token-of-the-session"

// draft is the draft, which a reader must understand.
func (s *stage) draft() (record.Draft, *arazzo.Document) {
	s.Helper()
	d := s.recorder.Draft()
	doc, err := arazzo.Read("recorded.yaml", d.Text, document(s))
	if err != nil {
		s.Fatalf("%v\n%s", err, d.Text)
	}
	return d, doc
}

// replies answers by method and path, with JSON and the status 200 unless the text begins with another one.
func replies(by map[string]string) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		text, ok := by[req.Method+" "+req.URL.Path]
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		if text == "" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, text)
	}
}
