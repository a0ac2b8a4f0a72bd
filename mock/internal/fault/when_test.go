package fault_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/match"
)

func TestWhichRequestsMeetARule(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		when string
		want []int // of ten requests
	}{
		"all without conditions":         {`{}`, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
		"the first ones by times":        {`{"times":2}`, []int{0, 1}},
		"not the first ones by after":    {`{"after":7}`, []int{7, 8, 9}},
		"each third by every":            {`{"every":3}`, []int{2, 5, 8}},
		"times count what after let by":  {`{"after":3,"times":2}`, []int{3, 4}},
		"every begins behind after":      {`{"after":3,"every":2}`, []int{4, 6, 8}},
		"times count every":              {`{"every":2,"times":2}`, []int{1, 3}},
		"none by probability 0":          {`{"probability":0}`, []int{}},
		"all by probability 1":           {`{"probability":1}`, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
		"none before the window":         {`{"window":{"from":"2027-01-01T00:00:00Z"}}`, []int{}},
		"none after the window":          {`{"window":{"to":"2026-01-01T00:00:00Z"}}`, []int{}},
		"all within the window":          {`{"window":{"from":"2026-01-01T00:00:00Z","to":"2027-01-01T00:00:00Z"}}`, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
		"the end of a window is outside": {`{"window":{"to":"2026-01-02T03:04:05Z"}}`, []int{}},
		"the beginning is inside":        {`{"window":{"from":"2026-01-02T03:04:05Z"},"times":1}`, []int{0}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.put(`{"id":"a","kind":"error","when":` + tt.when + `}`)
			if diff := cmp.Diff(tt.want, w.indexes(10, "a")); diff != "" {
				t.Errorf("requests that met the rule (-want +got):\n%s", diff)
			}
		})
	}
}

const half = `{"id":%q,"kind":"error","seed":%d,"when":{"probability":0.5}}`

func TestDecisionsDependOnSeedRuleAndIndexAlone(t *testing.T) {
	t.Parallel()
	decide := func(worldSeed int64, id, rule string, seed int, others bool) []int {
		w := seeded(t, worldSeed, id)
		w.put(fmt.Sprintf(half, rule, seed))
		if others {
			w.put(`{"id":"aa","kind":"error","when":{"probability":0.5,"priority":5}}`)
			w.put(`{"id":"zz","kind":"delay","with":{"fixed":"1ms"}}`)
		}
		return w.indexes(64, rule)
	}
	base := decide(1, "default", "a", 0, false)
	if n := len(base); n < 16 || n > 48 {
		t.Errorf("%d of 64 requests met a rule with probability 0.5", n)
	}
	if diff := cmp.Diff(base, decide(1, "default", "a", 0, true)); diff != "" {
		t.Errorf("other rules shift the decisions (-alone +among others):\n%s", diff)
	}
	for name, other := range map[string][]int{
		"world's seed": decide(2, "default", "a", 0, false),
		"world":        decide(1, "other", "a", 0, false),
		"rule":         decide(1, "default", "b", 0, false),
		"rule's seed":  decide(1, "default", "a", 1, false),
	} {
		if cmp.Equal(base, other) {
			t.Errorf("another %s makes the same decisions", name)
		}
	}
}

func TestRequestsThatARuleDoesNotMatchShiftNothing(t *testing.T) {
	t.Parallel()
	alone, among := newWorld(t), newWorld(t)
	rule := `{"id":"a","kind":"error","match":{"operation":"listUsers"},"when":{"probability":0.5}}`
	alone.put(rule)
	among.put(rule)
	var got []int
	for i := range 64 {
		among.meet(&match.Request{Operation: "getMe", Method: "GET", Path: "/api/2/users/me"})
		if len(among.meet(request())) > 0 {
			got = append(got, i)
		}
	}
	if diff := cmp.Diff(alone.indexes(64, "a"), got); diff != "" {
		t.Errorf("requests that met the rule (-alone +among others):\n%s", diff)
	}
}

func TestEvidenceOfAHit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.put(`{"id":"a","kind":"error","when":{"after":2,"probability":0.9}}`)
	w.indexes(2, "a")
	hit := w.meet(request())[0]
	if hit.Index != 2 || hit.Drawn < 0 || hit.Drawn >= 0.9 {
		t.Errorf("hit has index %d and drew %v", hit.Index, hit.Drawn)
	}
	if a, b := hit.Chance("x"), hit.Chance("x"); a != b || a == hit.Chance("y") || a == hit.Drawn {
		t.Errorf("chance for one purpose is %v and %v, for another %v", a, b, hit.Chance("y"))
	}
}

func TestCountsOfOneRule(t *testing.T) {
	t.Parallel()
	of := func(client, user, path string) *match.Request {
		r := request()
		r.Client, r.User, r.Path = client, user, path
		return r
	}
	for name, tt := range map[string]struct {
		per      string
		requests []*match.Request
		want     []int // of the requests that meet a rule with times 1
	}{
		"rule":     {"rule", []*match.Request{of("a", "", "/1"), of("b", "", "/2"), of("", "u", "/1")}, []int{0}},
		"client":   {"client", []*match.Request{of("a", "", "/1"), of("b", "", "/1"), of("a", "", "/2"), of("", "u", "/1"), of("", "u", "/1")}, []int{0, 1, 3}},
		"resource": {"resource", []*match.Request{of("a", "", "/1"), of("b", "", "/1"), of("a", "", "/2")}, []int{0, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.put(`{"id":"a","kind":"error","when":{"times":1,"per":"` + tt.per + `"}}`)
			var got []int
			for i, r := range tt.requests {
				if len(w.meet(r)) > 0 {
					got = append(got, i)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("requests that met the rule (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAFullHouseLetsRequestsPass(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.put(`{"id":"a","kind":"error","when":{"max_active":2}}`)
	hits := func() int { return len(w.Hits(request)) }
	first := w.Hits(request)
	if hits() != 1 || hits() != 0 {
		t.Error("two requests may be under the fault, not one and not three")
	}
	first[0].Done()
	first[0].Done() // counts once
	if hits() != 1 || hits() != 0 {
		t.Error("a request that is over makes room for one")
	}
	if s := w.Rules()[0]; s.Matched != 5 || s.Applied != 3 || s.Active != 2 {
		t.Errorf("matched %d, applied %d, active %d", s.Matched, s.Applied, s.Active)
	}
}

func TestARuleIsGoneAfterItsTTL(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.put(`{"id":"a","kind":"error","when":{"ttl":"30s"}}`)
	w.clock.advance(time.Hour) // of the world, which does not count
	if got := w.Rules()[0].ExpiresAt; !got.Equal(epoch.Add(30 * time.Second)) {
		t.Errorf("the rule expires at %v", got)
	}
	w.wall.advance(30*time.Second - 1)
	if len(w.meet(request())) != 1 {
		t.Error("the rule is gone too early")
	}
	w.wall.advance(1)
	if len(w.Rules()) != 0 || len(w.meet(request())) != 0 || !w.Empty() {
		t.Error("the rule is still there")
	}
}

func TestAWindowFollowsTheWorldsClock(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.put(`{"id":"a","kind":"error","when":{"times":1,"window":{"from":"2026-01-02T04:00:00Z"}}}`)
	if len(w.indexes(3, "a")) != 0 {
		t.Error("the window is open too early")
	}
	w.wall.advance(24 * time.Hour)
	if len(w.indexes(3, "a")) != 0 {
		t.Error("the window follows the wall")
	}
	w.clock.advance(time.Hour)
	if diff := cmp.Diff([]int{0}, w.indexes(3, "a")); diff != "" {
		t.Errorf("requests before the window were counted (-want +got):\n%s", diff)
	}
}
