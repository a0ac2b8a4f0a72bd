package contracttest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest"
	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/run"
)

const file = `arazzo: 1.0.1
info: {title: Check logins, version: 1.0.0}
sourceDescriptions: [{name: api, url: account-management.yaml}]
workflows:
  - workflowId: free
    inputs: {type: object, required: [token], properties: {token: {type: string}}}
    steps:
      - stepId: check
        operationId: checkLogin
        parameters:
          - {name: Authorization, in: header, value: 'Bearer {$inputs.token}'}
          - {name: username, in: query, value: nobody}
        successCriteria: [{condition: $statusCode == 204}]
  - workflowId: taken
    steps:
      - stepId: check
        operationId: checkLogin
        parameters: [{name: username, in: query, value: somebody}]
        successCriteria: [{condition: $statusCode == 204}]
  - workflowId: change
    steps:
      - {stepId: create, operationId: createTenant, requestBody: {payload: {}}}
`

var files = fstest.MapFS{"logins.yaml": {Data: []byte(file)}, "README.md": {Data: []byte("text")}}

// A target issues tokens and knows one login.
type target struct {
	*httptest.Server
	mu     sync.Mutex
	issued int
	answer string
	status int
	bearer []string
	basic  string
}

func open(t testing.TB) *target {
	t.Helper()
	s := &target{answer: `{"access_token":"tok-%d","expires_in":7200}`, status: 200}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *target) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.URL.Path == "/api/2/idp/token" {
		s.issued++
		id, secret, _ := r.BasicAuth()
		s.basic = id + ":" + secret + " " + r.FormValue("grant_type")
		w.WriteHeader(s.status)
		_, _ = io.WriteString(w, strings.ReplaceAll(s.answer, "%d", fmt.Sprint(s.issued)))
		return
	}
	s.bearer = append(s.bearer, r.Header.Get("Authorization"))
	if r.FormValue("username") == "nobody" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusConflict)
	_, _ = io.WriteString(w, `{"error":{"code":409,"message":"taken","domain":"PlatformAccountServer","details":{}}}`)
}

func TestExecuteReportsWhatBecameOfEachScenario(t *testing.T) {
	t.Parallel()
	s := open(t)
	rep, err := contracttest.Execute(t.Context(), contracttest.Config{
		Target: s.URL, Scenarios: files, ClientID: "me", ClientSecret: "very-secret", Parallel: 2,
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, sc := range rep.Scenarios {
		got = append(got, sc.ID+" "+string(sc.Verdict))
	}
	if diff := cmp.Diff([]string{"logins/free pass", "logins/taken fail", "logins/change skipped"}, got); diff != "" {
		t.Errorf("scenarios (-want +got):\n%s", diff)
	}
	text, err := json.Marshal(rep)
	if err != nil || strings.Contains(string(text), "very-secret") || strings.Contains(string(text), "tok-1") {
		t.Errorf("error %v, the report is %s", err, text)
	}
	if s.basic != "me:very-secret client_credentials" || rep.RunID == "" || rep.Verdict != report.Fail {
		t.Errorf("asked for a token with %s; the run %q is %s", s.basic, rep.RunID, rep.Verdict)
	}
}

func TestAWrongConfigurationSendsNothing(t *testing.T) {
	t.Parallel()
	broken := fstest.MapFS{"a.yaml": {Data: []byte("arazzo: 1")}, "b.yml": {Data: []byte("x: 1")}}
	for name, tt := range map[string]struct {
		cfg  contracttest.Config
		want string
	}{
		"no target":            {contracttest.Config{Scenarios: files}, "no target is given"},
		"a target without URL": {contracttest.Config{Target: "localhost:80", Scenarios: files}, "is no URL of http or https"},
		"credentials in it":    {contracttest.Config{Target: "http://a:b@h", Scenarios: files}, "without credentials"},
		"no scenarios":         {contracttest.Config{Target: "http://h"}, "no scenarios are given"},
		"no files":             {contracttest.Config{Target: "http://h", Scenarios: fstest.MapFS{}}, "there are no scenario files"},
		"a tag of nobody":      {contracttest.Config{Target: "http://h", Scenarios: files, Tags: []string{"chnge"}}, `no scenario has the name or tag "chnge"; did you mean "change"?`},
		"nothing in common":    {contracttest.Config{Target: "http://h", Scenarios: files, Tags: []string{"x"}, Only: []string{"free"}}, "no scenario has the names and tags free, x"},
		"a file is wrong":      {contracttest.Config{Target: "http://h", Scenarios: broken}, "a.yaml:1:1: the file lacks info"},
		"another is wrong":     {contracttest.Config{Target: "http://h", Scenarios: broken}, `b.yml:1:1: the file has no key "x"`},
	} {
		_, err := contracttest.Execute(t.Context(), tt.cfg)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: Execute() = %v, want an error with %q", name, err, tt.want)
		}
	}
}

// A tick is a clock that tests turn.
type tick struct {
	mu  sync.Mutex
	now time.Time
}

func (c *tick) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *tick) Sleep(context.Context, time.Duration) error { return nil }

func (c *tick) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func TestATokenIsRenewedBeforeItExpires(t *testing.T) {
	t.Parallel()
	s, c := open(t), &tick{now: time.Unix(1_000_000, 0)}
	source := &contracttest.ClientCredentials{Target: s.URL + "/api/2", ID: "me", Secret: "s", Client: s.Client(), Clock: c}
	token := func(want string) {
		t.Helper()
		if got, err := source.Token(t.Context()); got != want || err != nil {
			t.Errorf("Token() = %s, %v, want %s", got, err, want)
		}
	}
	token("tok-1")
	c.advance(7138 * time.Second)
	token("tok-1")
	c.advance(3 * time.Second)
	token("tok-2")
	source.Forget()
	token("tok-3")
	s.answer = `{"access_token":"tok-%d","expires_on":1007241}` // 100 seconds from now
	source.Forget()
	token("tok-4")
	c.advance(89 * time.Second)
	token("tok-4")
	c.advance(2 * time.Second)
	token("tok-5")
}

func TestOneTokenServesAllWhoAskAtOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	source := &contracttest.ClientCredentials{Target: s.URL, ID: "me", Client: s.Client(), Clock: &tick{}}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := source.Token(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if s.issued != 1 {
		t.Errorf("%d tokens were issued, want 1", s.issued)
	}
}

func TestATokenThatCannotBeHadSaysWhy(t *testing.T) {
	t.Parallel()
	for want, give := range map[string]struct {
		status int
		answer string
	}{
		`the answer is 401: "invalid_client" no such client`: {401, `{"error":"invalid_client","error_description":"no such client"}`},
		`the answer is 502`:               {502, `<html>`},
		`the answer is no JSON`:           {200, `<html>`},
		`the answer has no access_token`:  {200, `{}`},
		`get a token for client me: the `: {500, `{}`},
	} {
		s := open(t)
		s.status, s.answer = give.status, give.answer
		source := &contracttest.ClientCredentials{Target: s.URL, ID: "me", Client: s.Client(), Clock: &tick{}}
		if _, err := source.Token(t.Context()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Token() = %v, want an error with %q", err, want)
		}
	}
}

// The answer is shown to people as it may come from anywhere: with the secret, and with what a terminal would act on.
func TestARefusedTokenIsToldWithoutHarm(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.status, s.answer = 401, `{"error":"no \"my-secret\"","error_description":"\u001b[31m my-secret `+strings.Repeat("y", 1000)+`"}`
	source := &contracttest.ClientCredentials{Target: s.URL, ID: "me", Secret: "my-secret", Client: s.Client(), Clock: &tick{}}
	_, err := source.Token(t.Context())
	if err == nil || strings.ContainsAny(err.Error(), "\x1b\n") || strings.Contains(err.Error(), "my-secret") || len(err.Error()) > 600 {
		t.Errorf("Token() = %v", err)
	}
}

// A token endpoint that is busy is waited for as one of any other operation.
func TestABusyTokenEndpointIsWaitedFor(t *testing.T) {
	t.Parallel()
	asked := 0
	busy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked++; asked < 3 || r.FormValue("grant_type") != "client_credentials" {
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		_, _ = io.WriteString(w, `{"access_token":"at last"}`)
	}))
	t.Cleanup(busy.Close)
	source := &contracttest.ClientCredentials{Target: busy.URL, ID: "me", Client: busy.Client(), Clock: &tick{}}
	if got, err := source.Token(t.Context()); got != "at last" || err != nil || asked != 3 {
		t.Errorf("Token() = %s, %v after %d requests", got, err, asked)
	}
}

// A token endpoint that does not answer ends the wait, in the midst of a run too.
func TestATokenEndpointThatHangsIsGivenUp(t *testing.T) {
	t.Parallel()
	end := make(chan struct{})
	hung := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-end }))
	t.Cleanup(hung.Close)
	defer close(end)
	source := &contracttest.ClientCredentials{
		Target: hung.URL, ID: "me", Client: hung.Client(), Clock: contracttest.WallClock{}, Timeout: 20 * time.Millisecond,
	}
	if _, err := source.Token(t.Context()); err == nil || !strings.HasSuffix(err.Error(), "POST /api/2/idp/token: no answer within 20ms") {
		t.Errorf("Token() = %v", err)
	}
}

// A sheet is a test that notes what it is told.
type sheet struct {
	name string
	log  *[]string
	ctx  context.Context
}

func (s *sheet) note(format string, args ...any) {
	*s.log = append(*s.log, s.name+": "+fmt.Sprintf(format, args...))
}

func (s *sheet) Helper()                           {}
func (s *sheet) Context() context.Context          { return s.ctx }
func (s *sheet) Parallel()                         { s.note("parallel") }
func (s *sheet) Log(args ...any)                   { s.note("%s", fmt.Sprint(args...)) }
func (s *sheet) Errorf(format string, args ...any) { s.note("ERROR "+format, args...) }
func (s *sheet) Fatalf(format string, args ...any) { s.note("FATAL "+format, args...) }
func (s *sheet) Skip(args ...any)                  { s.note("SKIP %s", fmt.Sprint(args...)) }
func (s *sheet) Run(name string, test func(*sheet)) bool {
	test(&sheet{name: name, log: s.log, ctx: s.ctx})
	return true
}

func TestRunTurnsScenariosIntoSubtests(t *testing.T) {
	t.Parallel()
	s := open(t)
	var log []string
	paper := &sheet{name: "root", log: &log, ctx: t.Context()}
	contracttest.Run(paper, contracttest.Config{Target: s.URL, Scenarios: files, Token: given("t"), Parallel: 2})
	want := []string{
		"logins/free: parallel",
		"logins/taken: parallel",
		"logins/taken: ERROR logins.yaml:19: step check (checkLogin): expected $statusCode == 204, actual 409",
		"logins/change: parallel",
		"logins/change: logins.yaml:20: workflow change: skipped: workflow change changes the target, and writes are not allowed",
		"logins/change: SKIP workflow change changes the target, and writes are not allowed",
	}
	if diff := cmp.Diff(want, log); diff != "" {
		t.Errorf("the tests (-want +got):\n%s", diff)
	}
	log = nil
	contracttest.Run(paper, contracttest.Config{Scenarios: files})
	if len(log) != 1 || !strings.HasPrefix(log[0], "root: FATAL contract test: no target") {
		t.Errorf("without a target: %v", log)
	}
}

type given string

func (g given) Token(context.Context) (string, error) { return string(g), nil }
func (given) Forget()                                 {}

var _ run.TokenSource = given("")

// The face of the package is that of testing.T.
func TestRunTakesARealTest(t *testing.T) {
	t.Parallel()
	s := open(t)
	contracttest.Run(t, contracttest.Config{Target: s.URL, Scenarios: files, Only: []string{"free"}, Token: given("t")})
}
