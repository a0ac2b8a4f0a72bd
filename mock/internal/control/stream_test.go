package control_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/control"
	"github.com/tenantry/tenantry/mock/internal/journal"
)

// A stream is a client of server-sent events.
type stream struct {
	t     *testing.T
	lines *bufio.Scanner
	end   context.CancelFunc
}

// An event is what tests look at.
type event struct {
	ID, Name, State string
	N               uint64
}

func (p *plane) follow(t *testing.T, path, last string) *stream {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	res, err := p.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	if got := res.Header.Get("Content-Type"); res.StatusCode != http.StatusOK || got != "text/event-stream" {
		t.Fatalf("GET %s is %d %s", path, res.StatusCode, got)
	}
	return &stream{t: t, lines: bufio.NewScanner(res.Body), end: cancel}
}

// next reads one event and holds its data to the document; ok is false at the end of the stream.
func (s *stream) next() (e event, ok bool) {
	s.t.Helper()
	for s.lines.Scan() {
		name, value, _ := strings.Cut(s.lines.Text(), ": ")
		switch name {
		case "id":
			e.ID = value
		case "event":
			e.Name = value
		case "data":
			s.data(value, &e)
		case "":
			if e.Name == "" && value == "" {
				continue // the end of a comment
			}
			if e.Name != "" {
				return e, true
			}
		}
	}
	return event{}, false
}

func (s *stream) data(text string, e *event) {
	s.t.Helper()
	var entry journal.Entry
	if err := json.Unmarshal([]byte(text), &entry); err != nil {
		s.t.Fatalf("%s: %v", text, err)
	}
	e.N, e.State = entry.N, string(entry.State)
	if e.Name == "evicted" {
		return
	}
	for _, o := range operations(s.t) {
		if o.ID != "getJournalEntry" {
			continue
		}
		for _, f := range o.CheckResponse(http.StatusOK, http.Header{"Content-Type": {"application/json"}}, []byte(text)) {
			s.t.Errorf("an event breaks the document: %s: %s", f, text)
		}
	}
}

// want reads these events. One without a name may be of either sort: whether a request is seen in flight before it is
// answered is a matter of time.
func (s *stream) want(events ...event) {
	s.t.Helper()
	for _, want := range events {
		got, ok := s.next()
		if want.Name == "" && got.N == want.N && got.State == "in_flight" {
			got, ok = s.next()
		}
		if !ok {
			s.t.Fatalf("the stream ended before %+v", want)
		}
		if want.Name == "" {
			got.Name = ""
		}
		if diff := cmp.Diff(want, got); diff != "" {
			s.t.Fatalf("event (-want +got):\n%s", diff)
		}
	}
}

// ended waits for the end.
func (s *stream) ended() {
	s.t.Helper()
	if e, more := s.next(); more {
		s.t.Errorf("the stream goes on with %+v", e)
	}
}

const following = def + "/journal/stream"

func TestAStreamShowsRequestsAsTheyCome(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.world(t, "default")
	asked(w, "listUsers", http.StatusOK) // before: it is not shown
	s := p.follow(t, following, "")
	asked(w, "listUsers", http.StatusOK)
	s.want(event{"2", "", "complete", 2})
}

func TestAStreamShowsRequestsInFlightAndTheirEnd(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.world(t, "default")
	s := p.follow(t, following+"?after=0", "")
	n := begun(w, "getUser")
	s.want(event{"0", "request", "in_flight", 1})
	asked(w, "listUsers", http.StatusOK)
	s.want(event{"0", "", "complete", 2}) // the id stays, so that a client that comes again learns of the first
	w.Journal.Complete(n, func(e *journal.Entry) { e.Response.Status = 200 })
	s.want(event{"2", "complete", "complete", 1})
}

func TestAFilterByStatusWaitsForTheAnswer(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.world(t, "default")
	s := p.follow(t, following+"?status=4xx", "")
	n := begun(w, "getUser")
	other := begun(w, "getUser")
	asked(w, "listUsers", http.StatusNotFound)
	s.want(event{"0", "request", "complete", 3}) // the first was looked at, and is waited for
	w.Journal.Complete(n, func(e *journal.Entry) { e.Response.Status = 404 })
	s.want(event{"1", "request", "complete", 1})
	w.Journal.Complete(other, func(e *journal.Entry) { e.Response.Status = 200 })
	asked(w, "listUsers", http.StatusNotFound)
	s.want(event{"4", "request", "complete", 4})
}

func TestAClientThatComesAgainGoesOnWhereItEnded(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.world(t, "default")
	for range 3 {
		asked(w, "listUsers", http.StatusOK)
	}
	p.follow(t, following+"?after=0", "2").want(event{"3", "request", "complete", 3}) // the header counts before the parameter
	p.follow(t, following+"?after=1", "").want(event{"2", "request", "complete", 2}, event{"3", "request", "complete", 3})
	p.send(t, "GET", following, nil, http.Header{"Last-Event-Id": {"x"}}).refused(400, "Last-Event-ID")
}

func TestAStreamSaysWhatWasEvicted(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.world(t, "default")
	for range 1000 {
		asked(w, "listUsers", http.StatusOK)
	}
	s := p.follow(t, following+"?after=0", "")
	e, _ := s.next()
	first, _ := s.next()
	if e.Name != "evicted" || first.Name != "request" || first.N < 2 {
		t.Errorf("the stream begins with %+v and %+v", e, first)
	}
}

func TestAStreamEndsWithItsSandbox(t *testing.T) {
	t.Parallel()
	p := start(t)
	path := p.sandbox(t, nil)
	s := p.follow(t, path+"/journal/stream", "")
	p.do(t, "DELETE", path, nil).want(204)
	s.ended()
}

func TestAStreamEndsWithTheServer(t *testing.T) {
	t.Parallel()
	p := start(t)
	s := p.follow(t, following, "")
	p.Stop()
	s.ended()
}

func TestAnIdleStreamIsKeptAlive(t *testing.T) {
	t.Parallel()
	p := start(t, func(c *control.Config) { c.Heartbeat = time.Millisecond })
	s := p.follow(t, following, "")
	for range 3 {
		for s.lines.Scan() && s.lines.Text() != ": still here" {
			continue
		}
	}
	if err := s.lines.Err(); err != nil {
		t.Error(err)
	}
}

func TestAStreamGoesOnAfterAReset(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.world(t, "default")
	s := p.follow(t, following+"?after=0", "")
	asked(w, "listUsers", http.StatusOK)
	s.want(event{"1", "", "complete", 1})
	p.do(t, "POST", def+"/reset", nil).want(200)
	asked(w, "listUsers", http.StatusOK)
	s.want(event{"2", "", "complete", 2})
}
