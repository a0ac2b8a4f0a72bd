package mock

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/mock/internal/match"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/openapi"
)

// Rule is a fault rule, as docs/faults.md describes it.
type Rule = fault.Rule

// When says which of the matching requests a rule meets.
type When = fault.When

// Match says which requests a rule, or a question to the journal, is about.
type Match = match.Matcher

// Call is a request in the journal.
type Call = journal.Entry

// Times is how often a request is expected.
type Times = journal.Times

// Expected is what Verify holds the journal to.
type Expected struct {
	Match Match         // the requests that count; the zero value is all
	Times Times         // how many there must be; the zero value is at least one, or any number beside an Order
	Order []Match       // must occur in this order, with anything in between
	Wait  time.Duration // how long to wait for it to hold, in wall time
}

// A Sandbox is one isolated world of a running server, in the hands of a test.
type Sandbox struct {
	URL string // what a client dials in place of the cloud's address, without /api/2
	ID  string

	host   *host
	world  *sandbox.World
	resets atomic.Int64 // tokens that were made before one are gone
}

// Fork makes a sandbox with a copy of the present state and clock, until the test ends. It has no fault rules, and a
// journal of its own. Copying is pointer work, whatever the size of the world.
func (s *Sandbox) Fork(t T) *Sandbox {
	t.Helper()
	w, err := s.host.srv.worlds.Create(t.Context(), sandbox.Spec{Fork: s.ID})
	if err != nil {
		t.Fatalf("fork sandbox %q: %v", s.ID, err)
	}
	t.Cleanup(func() {
		if err := s.host.srv.worlds.Delete(context.WithoutCancel(t.Context()), w.ID); err != nil {
			t.Errorf("end sandbox %q: %v", w.ID, err)
		}
	})
	return s.host.sandbox(t, w)
}

// HTTP is a client without credentials. It is the one that reaches a server without a listener.
func (s *Sandbox) HTTP() *http.Client { return &http.Client{Transport: s.host.transport} }

// Fault puts a rule in force, and takes it away when the test ends. A rule without an id is named after its kind. What is
// wrong with the rule ends the test.
func (s *Sandbox) Fault(t T, r Rule) {
	t.Helper()
	if r.ID == "" {
		r.ID = strings.ReplaceAll(r.Kind, "_", "-")
	}
	s.change(t, func(f *fault.Set) []fault.Problem { return f.Put(r) })
	t.Cleanup(func() { s.world.Faults.Delete(r.ID) })
}

// FaultJSON is Fault for a rule as it is written in JSON.
func (s *Sandbox) FaultJSON(t T, rule string) {
	t.Helper()
	r, problems := fault.ParseRule([]byte(rule))
	s.must(t, problems, nil)
	s.Fault(t, r)
}

func (s *Sandbox) change(t T, change func(*fault.Set) []fault.Problem) {
	t.Helper()
	problems, err := s.host.srv.worlds.ChangeFaults(t.Context(), s.world, change)
	s.must(t, problems, err)
}

func (s *Sandbox) must(t T, problems []fault.Problem, err error) {
	t.Helper()
	if err == nil && len(problems) == 0 {
		return
	}
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = strings.TrimSpace(p.Pointer + " " + p.Detail)
	}
	t.Fatalf("fault rule: %s%s", strings.Join(lines, "; "), orEmpty(err))
}

func orEmpty(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// Now is the world's time.
func (s *Sandbox) Now() time.Time { return s.world.Clock.Now() }

// Freeze stops the world's clock.
func (s *Sandbox) Freeze() { s.world.Clock.Freeze() }

// Advance moves the world's clock forward. What has become due by then, such as the end of a trial, happens before the
// next request sees the world. A negative duration is a panic: a clock runs back by Reset alone.
func (s *Sandbox) Advance(d time.Duration) {
	if err := s.world.Clock.Advance(d); err != nil {
		panic(err)
	}
}

// Reset takes the world back to where it began, its clock too; rules and journal are cleared.
func (s *Sandbox) Reset(t T) {
	t.Helper()
	if err := s.host.srv.worlds.Reset(t.Context(), s.world); err != nil {
		t.Fatalf("reset sandbox %q: %v", s.ID, err)
	}
	s.resets.Add(1)
}

// Calls are the requests in the journal that match, in the order of their arrival. A match that makes no sense, and a
// journal that had to give up entries, end the test: a list with holes proves nothing.
func (s *Sandbox) Calls(t T, m Match) []Call {
	t.Helper()
	page, err := s.world.Journal.Page(journal.Query{Match: compile(t, m), Below: s.world.Below, Limit: maxCalls})
	if err != nil {
		t.Fatalf("read the journal: %v", err)
	}
	if page.Evicted > 0 {
		t.Fatalf("the journal of sandbox %q gave up %d requests; raise Config.JournalBytes", s.ID, page.Evicted)
	}
	return page.Items
}

// maxCalls is more than a journal holds.
const maxCalls = 1 << 30

// Verify holds the journal to an expectation, and fails the test with the nearest requests where it does not hold.
func (s *Sandbox) Verify(t T, e Expected) {
	t.Helper()
	v := journal.Verification{Match: compile(t, e.Match), Times: e.Times, Below: s.world.Below, Wait: e.Wait}
	for _, m := range e.Order {
		v.Order = append(v.Order, compile(t, m))
	}
	verdict, err := journal.Verify(t.Context(), s.world.Journal, v)
	if err != nil {
		t.Fatalf("verify: %v", err)
	}
	if !verdict.OK {
		text, _ := json.MarshalIndent(verdict, "", "  ") // plain values always encode
		t.Errorf("not verified: %s", text)
	}
}

func compile(t T, m Match) *match.Compiled {
	t.Helper()
	compiled, problems := m.Compile(document(t))
	if len(problems) > 0 {
		t.Fatalf("match: %s %s", problems[0].Pointer, problems[0].Detail)
	}
	return compiled
}

func document(t T) *openapi.Document {
	t.Helper()
	doc, err := openapi.Load()
	if err != nil {
		t.Fatalf("load the document: %v", err)
	}
	return doc
}

// shown is how many requests a failed test shows.
const shown = 10

// show writes the end of the journal to the log of a test that failed.
func (s *Sandbox) show(t T) {
	if !t.Failed() {
		return
	}
	page, err := s.world.Journal.Page(journal.Query{Limit: shown, Newest: true})
	if err != nil {
		return // the test has failed already
	}
	for i := range page.Items {
		t.Logf("sandbox %s: %s", s.ID, line(document(t), &page.Items[i]))
	}
}

func line(doc *openapi.Document, e *Call) string {
	text := fmt.Sprintf("#%d %s %s", e.N, e.Method, e.Path)
	if e.State == journal.InFlight {
		return text + ": not answered yet"
	}
	text += fmt.Sprintf(": %d", e.Response.Status)
	if e.Cause == "" {
		return text
	}
	return text + ": " + journal.Explain(doc, e)
}

// A MintedClient is an API client that exists in one sandbox alone: a client that presents it reaches the sandbox at the
// server's own URL, without the path prefix.
type MintedClient = sandbox.Client

// Clients are the sandbox's own API clients, each the twin of one of the fixture. The default world has none.
func (s *Sandbox) Clients() []MintedClient { return s.world.Clients }
