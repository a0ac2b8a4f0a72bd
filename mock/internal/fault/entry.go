package fault

import (
	"sync"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/match"
)

// A Hit is one request under one rule.
type Hit struct {
	Rule   *Rule
	Kind   *Kind
	Phase  Phase  // the rule's, or the first of the kind
	Params Params // decoded from the rule's "with"; nil for a kind without parameters
	Index  uint64 // how many requests the rule had counted before, under Per those with the same count
	Drawn  float64
	Wait   time.Duration // world time until the fault is over; only quotas and outages know it
	Level  float64       // how far a degradation has come, 0 to 1

	// Chance is a further number in [0, 1) for this hit: the same one each time for the same purpose.
	Chance func(purpose string) float64
	// Done says that the request is over. Calls after the first have no effect.
	Done func()
}

// An entry is a rule that passed all checks, with its counters.
type entry struct {
	rule    Rule
	kind    *Kind
	phase   Phase
	params  Params
	match   *match.Compiled
	upload  bool      // decided before the body is read
	since   time.Time // world time at which the rule was put
	expires time.Time // wall time; zero: never
	lot     lot

	mu      sync.Mutex
	counts  map[string]*count
	matched uint64
	applied uint64
	active  int
}

// A count is what one client, one resource, or the rule as a whole has met so far.
type count struct {
	matched uint64
	fired   uint64
	gate    gate // nil: the kind looks at no clock
}

// maxCounts bounds the counts of one rule. Clients and paths beyond share one: what a client sends must not grow the
// server.
const maxCounts = 10_000

// A gate is the part of a kind that looks at the world's clock. It is called under the rule's lock, in the order of the
// rule's indexes.
type gate interface {
	admit(m moment) (verdict, bool)
}

// gated parameters bring a gate, one for each count.
type gated interface{ gate() gate }

type moment struct {
	since time.Duration // world time since the rule was put, never negative
	drawn float64
}

// A verdict becomes the Wait and the Level of a hit.
type verdict struct {
	wait  time.Duration
	level float64
}

// meet counts a request that the rule matches and tells whether it meets the fault.
func (e *entry) meet(r *match.Request, clock det.Clock) (Hit, bool) {
	if !e.kind.concerns(r.Operation) || !e.match.Matches(r) {
		return Hit{}, false
	}
	now := clock.Now()
	if !e.rule.When.Window.holds(now) {
		return Hit{}, false
	}
	key := e.rule.When.Per.key(r)
	e.mu.Lock()
	defer e.mu.Unlock()
	c := e.count(key)
	draw := e.lot.at(key, c.matched)
	hit := Hit{
		Rule: &e.rule, Kind: e.kind, Phase: e.phase, Params: e.params, Index: c.matched,
		Drawn: draw.Chance(""), Chance: draw.Chance,
	}
	c.matched++
	e.matched++
	if !e.fires(c, &hit, max(0, now.Sub(e.since))) {
		return Hit{}, false
	}
	e.applied++
	e.active++
	hit.Done = sync.OnceFunc(e.done)
	return hit, true
}

// fires decides by index, chance and clock; only a full house makes it look at other requests. Times are used up by
// the decision, so that which indexes meet the fault does not depend on how long requests take.
func (e *entry) fires(c *count, hit *Hit, since time.Duration) bool {
	w := &e.rule.When
	if !w.chosen(hit.Index, hit.Drawn) {
		return false
	}
	if c.gate != nil {
		v, open := c.gate.admit(moment{since: since, drawn: hit.Drawn})
		if !open {
			return false
		}
		hit.Wait, hit.Level = v.wait, v.level
	}
	if w.Times > 0 && c.fired >= uint64(w.Times) {
		return false
	}
	c.fired++
	return w.MaxActive == 0 || e.active < w.MaxActive
}

func (e *entry) count(key string) *count {
	if len(e.counts) >= maxCounts && e.counts[key] == nil {
		key = ""
	}
	c := e.counts[key]
	if c == nil {
		c = &count{}
		if g, ok := e.params.(gated); ok {
			c.gate = g.gate()
		}
		e.counts[key] = c
	}
	return c
}

func (e *entry) done() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.active--
}

func (e *entry) status() Status {
	e.mu.Lock()
	defer e.mu.Unlock()
	return Status{Rule: e.rule, Matched: e.matched, Applied: e.applied, Active: e.active, ExpiresAt: e.expires}
}

func (e *entry) expired(wall func() time.Time) bool {
	return !e.expires.IsZero() && !wall().Before(e.expires)
}

// key is whose count a request belongs to.
func (p Per) key(r *match.Request) string {
	switch p {
	case PerClient:
		if r.Client != "" {
			return r.Client
		}
		return r.User
	case PerResource:
		return r.Path
	default:
		return ""
	}
}
