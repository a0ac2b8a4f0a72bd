package journal

import (
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/match"
	"github.com/tenantry/tenantry/mock/model"
)

// maxNearest is how many requests a failed verification shows.
const maxNearest = 3

// A survey is what the journal holds at one moment, as one verification sees it.
type survey struct {
	entries  []Entry
	seen     []*match.Request // of entries
	verdicts []certainty      // of entries: whether they match
	count    int              // of those that match surely
	inFlight int              // of those that match surely
	vague    int              // of those of which the body is not all there
	lost     uint64           // evicted
}

func (v *Verification) survey(j *Journal) *survey {
	s := &survey{}
	newest, _ := j.bounds()
	s.lost = j.read(v.After, newest, func(e *Entry) bool {
		r := e.Seen(v.Below)
		c := certain(v.Match, e, r)
		s.entries, s.seen, s.verdicts = append(s.entries, *e), append(s.seen, r), append(s.verdicts, c)
		switch c {
		case impossible:
		case possible:
			s.vague++
		case sure:
			s.count++
			if e.State == InFlight {
				s.inFlight++
			}
		}
		return true
	})
	return s
}

// certain says how sure it is that a request matches: a body that was cut off cannot be asked.
func certain(m *match.Compiled, e *Entry, r *match.Request) certainty {
	if m.Matches(r) {
		return sure
	}
	if !e.Request.Truncated {
		return impossible
	}
	for _, miss := range m.Mismatches(r) {
		if !strings.HasPrefix(miss.Field, "body ") {
			return impossible
		}
	}
	return possible
}

// unknown is how many more requests than those counted may have matched.
func (s *survey) unknown() int {
	const enough = 1 << 30
	return int(min(s.lost, enough)) + s.vague
}

func (s *survey) uncertain() error {
	if s.lost == 0 {
		return model.Errorf(model.Conflict, ReasonEvicted,
			"of %d requests that may match, the journal kept only the beginning of the body, so that this cannot be verified; "+
				"match by something else than the body", s.vague)
	}
	return model.Errorf(model.Conflict, ReasonEvicted,
		"the journal has given up the oldest %d requests of the range, so that this cannot be verified; "+
			"ask for a range after them, clear the journal before the test, or give it more room", s.lost)
}

// order says how sure it is that requests match the matchers one after another, and which matcher found none.
func (s *survey) order(matchers []*match.Compiled) (c certainty, missing int) {
	if missing = s.follow(matchers, 0, sure); missing == len(matchers) {
		return sure, 0
	}
	// What was evicted came before all that is kept: at best it matched as many of the first matchers.
	helped := int(min(s.lost, uint64(len(matchers)))) //nolint:gosec // at most the length of a list
	if s.follow(matchers, helped, possible) == len(matchers) {
		return possible, missing
	}
	return impossible, missing
}

// follow matches one matcher after another, beginning with one of them, and returns the first that found no request.
func (s *survey) follow(matchers []*match.Compiled, from int, least certainty) int {
	for i := range s.entries {
		if from == len(matchers) {
			return from
		}
		if s.verdicts[i] >= least && certain(matchers[from], &s.entries[i], s.seen[i]) >= least {
			from++
		}
	}
	return from
}

// nearest are the requests to show with a failure: the newest that were too many, or those that lack least.
func (s *survey) nearest(v *Verification, times certainty, missing *int) []Near {
	var list []Near
	surplus := times == impossible && v.bounds().over(s.count)
	for i := len(s.entries) - 1; i >= 0; i-- {
		misses := append([]match.Mismatch{}, v.Match.Mismatches(s.seen[i])...) // an empty list in JSON, not null
		switch {
		case surplus && len(misses) > 0, times != sure && !surplus && len(misses) == 0:
			continue
		case times == sure && missing != nil:
			misses = append(misses, v.Order[*missing].Mismatches(s.seen[i])...)
		}
		list = append(list, Near{Entry: s.entries[i], Mismatches: misses})
	}
	slices.SortStableFunc(list, func(a, b Near) int { return len(a.Mismatches) - len(b.Mismatches) })
	return list[:min(len(list), maxNearest)]
}
