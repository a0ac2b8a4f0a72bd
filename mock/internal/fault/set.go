package fault

import (
	"cmp"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/match"
	"github.com/tenantry/tenantry/openapi"
)

// Config is what the rules of one world stand on.
type Config struct {
	Doc   *openapi.Document // that operationIds and tags are looked up in
	Seed  int64             // of the world
	World string            // its id
	Clock det.Clock         // the world's: windows, quotas and outages follow it
	Wall  func() time.Time  // lifetimes of rules follow it; nil: the machine's
}

// A Set is the rules of one world. Requests read it without waiting for writers; its methods may be called at any time
// from any goroutine. A nil Set is empty.
type Set struct {
	cfg     Config
	writing sync.Mutex // one writer at a time; readers hold the pointer
	rules   atomic.Pointer[[]*entry]
}

// NewSet makes a set without rules.
func NewSet(cfg Config) *Set {
	if cfg.Wall == nil {
		cfg.Wall = det.Wall
	}
	return &Set{cfg: cfg}
}

// A Status is a rule as it was written, and what became of it since.
type Status struct {
	Rule
	Matched   uint64    `json:"matched"`             // requests that it was counted for
	Applied   uint64    `json:"applied"`             // those of them that met the fault
	Active    int       `json:"active"`              // those that are under it at this moment
	ExpiresAt time.Time `json:"expires_at,omitzero"` // wall time, by the rule's ttl
}

// Empty tells whether there are no rules. It is one atomic load.
func (s *Set) Empty() bool { return s == nil || s.rules.Load() == nil }

// Replace puts these rules in place of all others, or says what is wrong with them and changes nothing. Pointers start
// with the index of the rule. Counters begin anew.
func (s *Set) Replace(rules []Rule) []Problem {
	var problems []Problem
	seen := map[string]int{}
	entries := make([]*entry, 0, len(rules))
	for i := range rules {
		at := "/" + strconv.Itoa(i)
		e, wrong := s.entry(rules[i])
		problems = append(problems, under(at, wrong)...)
		if first, twice := seen[rules[i].ID]; twice && rules[i].ID != "" {
			problems = append(problems, Problem{at + "/id", "is the id of the rule at /" + strconv.Itoa(first) + " too"})
		}
		seen[rules[i].ID] = i
		entries = append(entries, e)
	}
	if len(problems) > 0 {
		return problems
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	s.publish(entries)
	return nil
}

// Put adds a rule, or replaces the one with its id, whose counters begin anew. It says what is wrong with the rule and
// changes nothing then.
func (s *Set) Put(r Rule) []Problem {
	e, problems := s.entry(r)
	if len(problems) > 0 {
		return problems
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	s.publish(append(s.without(r.ID), e))
	return nil
}

// Delete removes a rule and tells whether there was one. Requests that are under its fault are not set free.
func (s *Set) Delete(id string) bool {
	s.writing.Lock()
	defer s.writing.Unlock()
	rest := s.without(id)
	found := len(rest) < len(s.entries())
	s.publish(rest)
	return found
}

// Clear removes all rules.
func (s *Set) Clear() {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.publish(nil)
}

// Rules are those that are alive, in the order in which they act: by priority, the highest first, then by id.
func (s *Set) Rules() []Status {
	list := []Status{}
	for _, e := range s.entries() {
		if !e.expired(s.cfg.Wall) {
			list = append(list, e.status())
		}
	}
	return list
}

// Hits are the faults that a request meets, in the order in which they act. The request is asked for only if there are
// rules. Each hit is to be Done.
func (s *Set) Hits(request func() *match.Request) []Hit {
	return s.hits(request, func(e *entry) bool { return !e.upload })
}

// Uploads are the faults that slow down the reading of a request's body. They are decided before the body is read, so
// the request that they are shown has neither body nor actor.
func (s *Set) Uploads(request func() *match.Request) []Hit {
	return s.hits(request, func(e *entry) bool { return e.upload })
}

func (s *Set) hits(request func() *match.Request, concerns func(*entry) bool) []Hit {
	var r *match.Request
	var hits []Hit
	for _, e := range s.entries() {
		if !concerns(e) {
			continue
		}
		if e.expired(s.cfg.Wall) {
			s.drop(e)
			continue
		}
		if r == nil {
			r = request()
		}
		if hit, ok := e.meet(r, s.cfg.Clock); ok {
			hits = append(hits, hit)
		}
	}
	return hits
}

// drop removes a rule whose time is over, unless it has been replaced.
func (s *Set) drop(e *entry) {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.publish(slices.DeleteFunc(slices.Clone(s.entries()), func(o *entry) bool { return o == e }))
}

func (s *Set) entries() []*entry {
	if s.Empty() {
		return nil
	}
	return *s.rules.Load()
}

// without is a copy that lacks a rule.
func (s *Set) without(id string) []*entry {
	return slices.DeleteFunc(slices.Clone(s.entries()), func(e *entry) bool { return e.rule.ID == id })
}

// publish makes the entries, which nobody else holds, those that requests see.
func (s *Set) publish(entries []*entry) {
	if len(entries) == 0 {
		s.rules.Store(nil)
		return
	}
	slices.SortFunc(entries, func(a, b *entry) int {
		return cmp.Or(cmp.Compare(b.rule.When.Priority, a.rule.When.Priority), cmp.Compare(a.rule.ID, b.rule.ID))
	})
	s.rules.Store(&entries)
}
