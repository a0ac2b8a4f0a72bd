package journal

import (
	"context"
	"fmt"
	"time"

	"github.com/tenantry/tenantry/mock/internal/match"
	"github.com/tenantry/tenantry/mock/model"
)

// A Verification is what a journal is held to.
type Verification struct {
	Match *match.Compiled // the requests that count; nil: all
	Times Times           // how many there must be; nothing: at least one, or any number where there is an Order
	Order []*match.Compiled
	Below func(tenant, root string) bool // the tree of tenants, for matchers of a subtree
	After uint64                         // number of an entry: only later ones are looked at
	Wait  time.Duration                  // how long to wait, in wall time, for the verdict to become true
}

// Times bounds a number of requests.
type Times struct {
	Exactly *int `json:"exactly,omitempty"`
	AtLeast *int `json:"at_least,omitempty"`
	AtMost  *int `json:"at_most,omitempty"`
}

// A Verdict says whether a journal holds what was asked of it.
type Verdict struct {
	OK       bool   `json:"ok"`
	Message  string `json:"message"`           // one sentence
	Count    int    `json:"count"`             // requests that match, those in flight included
	InFlight int    `json:"in_flight"`         // how many of them are not answered yet
	Evicted  uint64 `json:"evicted"`           // requests that were given up and not looked at; the verdict is the same whatever they were
	Missing  *int   `json:"missing,omitempty"` // index of the first matcher of the order that found no request
	Nearest  []Near `json:"nearest,omitempty"` // of a failed verification
}

// Near is a request that almost matches, or one that matches and was too many.
type Near struct {
	Entry      Entry            `json:"entry"`
	Mismatches []match.Mismatch `json:"mismatches"`
}

// Verify holds the journal to the verification, waiting for it if that is asked for. Requests count as soon as they
// arrive: members of a matcher that look at the answer do not hold before there is one.
//
// A refusal, with ReasonEvicted, says that the verdict depends on requests that the journal gave up. The context's error
// comes back if it ends a wait.
func Verify(ctx context.Context, j *Journal, v Verification) (Verdict, error) {
	if err := v.check(); err != nil {
		return Verdict{}, err
	}
	var over <-chan struct{}
	if v.Wait > 0 {
		done, stop := j.timer(v.Wait)
		defer stop()
		over = done
	}
	for {
		changed := j.Changed()
		verdict, final, err := v.judge(j)
		if final || over == nil {
			return verdict, err
		}
		select {
		case <-changed:
		case <-over:
			over = nil // once more, for what came last
		case <-ctx.Done():
			return Verdict{}, ctx.Err()
		}
	}
}

// check refuses bounds that nothing can keep, or that say two things.
func (v *Verification) check() error {
	t := v.Times
	for _, n := range []*int{t.Exactly, t.AtLeast, t.AtMost} {
		if n != nil && *n < 0 {
			return model.Errorf(model.Invalid, "invalid_times", "times cannot be negative: %d", *n)
		}
	}
	switch {
	case t.Exactly != nil && (t.AtLeast != nil || t.AtMost != nil):
		return model.Errorf(model.Invalid, "invalid_times", "exactly says it all: leave at_least and at_most out")
	case t.AtLeast != nil && t.AtMost != nil && *t.AtLeast > *t.AtMost:
		return model.Errorf(model.Invalid, "invalid_times", "at_least %d is more than at_most %d", *t.AtLeast, *t.AtMost)
	case v.Wait < 0:
		return model.Errorf(model.Invalid, "invalid_wait", "wait cannot be negative: %v", v.Wait)
	}
	return nil
}

// judge looks at the journal once. final means that waiting cannot change the verdict for the better.
func (v *Verification) judge(j *Journal) (verdict Verdict, final bool, err error) {
	s := v.survey(j)
	verdict = Verdict{Count: s.count, InFlight: s.inFlight, Evicted: s.lost}
	times, saying := v.bounds().judge(s.count, s.unknown())
	order := sure
	if len(v.Order) > 0 {
		var missing int
		if order, missing = s.order(v.Order); order != sure {
			verdict.Missing = &missing
		}
	}
	switch {
	case times == impossible && v.bounds().over(s.count):
		final = true // requests do not become fewer
	case times == sure && order == sure:
		final, verdict.OK = true, true
	case times != impossible && order != impossible:
		return Verdict{}, false, s.uncertain()
	}
	verdict.Message = saying
	if times == sure && order != sure {
		verdict.Message = fmt.Sprintf("nothing matches number %d of the order after the requests that match those before it", *verdict.Missing+1)
	}
	if s.inFlight > 0 {
		verdict.Message += fmt.Sprintf("; %d of them in flight", s.inFlight)
	}
	if !verdict.OK {
		verdict.Nearest = s.nearest(v, times, verdict.Missing)
	}
	return verdict, final, nil
}

// certainty is what is known of a claim where some requests are not.
type certainty int

const (
	impossible certainty = iota // whatever the unknown requests were
	possible                    // it depends on them
	sure
)

// bounds are the Times with what is meant by nothing.
func (v *Verification) bounds() Times {
	t := v.Times
	if t == (Times{}) && len(v.Order) == 0 {
		one := 1
		t.AtLeast = &one
	}
	return t
}

func (t Times) over(count int) bool {
	return t.Exactly != nil && count > *t.Exactly || t.AtMost != nil && count > *t.AtMost
}

// judge says how sure it is that the number of requests is as wanted, if count match and so many more may have.
func (t Times) judge(count, unknown int) (certainty, string) {
	least, most, want := 0, -1, "any number"
	switch {
	case t.Exactly != nil:
		least, most, want = *t.Exactly, *t.Exactly, fmt.Sprintf("exactly %d", *t.Exactly)
	case t.AtLeast != nil && t.AtMost != nil:
		least, most, want = *t.AtLeast, *t.AtMost, fmt.Sprintf("%d to %d", *t.AtLeast, *t.AtMost)
	case t.AtLeast != nil:
		least, want = *t.AtLeast, fmt.Sprintf("at least %d", *t.AtLeast)
	case t.AtMost != nil:
		most, want = *t.AtMost, fmt.Sprintf("at most %d", *t.AtMost)
	}
	saying := fmt.Sprintf("%d requests match, %s wanted", count, want)
	if count == 1 {
		saying = "1 request matches, " + want + " wanted"
	}
	switch {
	case count+unknown < least, most >= 0 && count > most:
		return impossible, saying
	case count >= least && (most < 0 || count+unknown <= most):
		return sure, saying
	}
	return possible, saying
}
