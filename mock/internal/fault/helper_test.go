package fault_test

import (
	"encoding/json"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/match"
	"github.com/tenantry/tenantry/openapi"
)

var epoch = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// fakeClock is a clock that the test moves.
type fakeClock struct {
	mu sync.Mutex
	at time.Time
}

func (c *fakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *fakeClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// world is a set of rules with the clocks that it follows.
type world struct {
	*fault.Set
	clock, wall *fakeClock
	t           testing.TB
}

func newWorld(t testing.TB) *world {
	t.Helper()
	return seeded(t, 1, "default")
}

func seeded(t testing.TB, seed int64, id string) *world {
	t.Helper()
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{clock: &fakeClock{at: epoch}, wall: &fakeClock{at: epoch}, t: t}
	w.Set = fault.NewSet(fault.Config{Doc: doc, Seed: seed, World: id, Clock: w.clock, Wall: w.wall.Now})
	return w
}

// put adds a rule, which must be sound.
func (w *world) put(text string) {
	w.t.Helper()
	if problems := w.try(text); len(problems) > 0 {
		w.t.Fatalf("Put(%s) = %v", text, problems)
	}
}

func (w *world) try(text string) []fault.Problem {
	rule, problems := fault.ParseRule([]byte(text))
	if len(problems) > 0 {
		return problems
	}
	return w.Put(rule)
}

// request is one that rules without a match meet.
func request() *match.Request {
	return &match.Request{Operation: "listUsers", Tags: []string{"users"}, Method: http.MethodGet, Path: "/api/2/users"}
}

// meet makes a request and returns the faults that it met; they are over.
func (w *world) meet(r *match.Request) []fault.Hit {
	hits := w.Hits(func() *match.Request { return r })
	for _, hit := range hits {
		hit.Done()
	}
	return hits
}

// indexes makes n requests and returns the numbers of those that met the rule.
func (w *world) indexes(n int, rule string) []int {
	met := []int{}
	for i := range n {
		for _, hit := range w.meet(request()) {
			if hit.Rule.ID == rule {
				met = append(met, i)
			}
		}
	}
	return met
}

func marshal(t testing.TB, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
