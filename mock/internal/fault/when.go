package fault

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// When picks among the requests that a rule matches. Requests outside the window, or after the ttl, are not matched at
// all. The others are counted from zero: the first After are let pass, of the rest each Every-th counts, Probability
// decides, and the rule ends after Times.
type When struct {
	Times       int64    `json:"times,omitempty"`       // this often at most; 0: without end
	After       int64    `json:"after,omitempty"`       // the first ones that are let pass
	Every       int64    `json:"every,omitempty"`       // of the rest the n-th, the 2n-th, …; 0 and 1: all
	Probability *float64 `json:"probability,omitempty"` // 0 to 1; nil: always
	Window      *Window  `json:"window,omitempty"`
	MaxActive   int      `json:"max_active,omitempty"` // requests under the fault at one time; 0: any number
	TTL         Duration `json:"ttl,omitempty"`        // wall time after which the rule is gone; 0: it stays
	Priority    int      `json:"priority,omitempty"`   // the higher acts first, and around the others
	Per         Per      `json:"per,omitempty"`        // who has a count of its own; "": the rule
}

// A Window is a time of the world's clock. From is inside, To is not; zero leaves that side open.
type Window struct {
	From time.Time `json:"from,omitzero"`
	To   time.Time `json:"to,omitzero"`
}

// holds tells whether the time is inside; a nil window holds every time.
func (w *Window) holds(now time.Time) bool {
	return w == nil || !now.Before(w.From) && (w.To.IsZero() || now.Before(w.To))
}

// Per says whose requests are counted together.
type Per string

// What a count may belong to.
const (
	PerRule     Per = "rule"
	PerClient   Per = "client"   // the API client, else the user, that asks; those that are unknown share one count
	PerResource Per = "resource" // the path
)

// Duration is a length of time, in JSON a text such as "250ms" or "1m30s".
type Duration time.Duration

// UnmarshalJSON reads the text.
func (d *Duration) UnmarshalJSON(raw []byte) error {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return errors.New(`must be a text such as "250ms" or "1m30s"`)
	}
	v, err := time.ParseDuration(text)
	if err != nil {
		return fmt.Errorf(`%q is no length of time; write it as "250ms", "30s" or "1m30s"`, text)
	}
	*d = Duration(v)
	return nil
}

// MarshalJSON writes the text.
func (d Duration) MarshalJSON() ([]byte, error) { return json.Marshal(time.Duration(d).String()) }

// check says what is wrong with the conditions, at their pointers.
func (w *When) check() []Problem {
	var found problems
	found.add(w.Times < 0, "/times", "must not be negative; leave it out for a rule without end")
	found.add(w.After < 0, "/after", "must not be negative")
	found.add(w.Every < 0, "/every", "must not be negative; 2 is every second request")
	found.add(w.MaxActive < 0, "/max_active", "must not be negative; leave it out for any number")
	found.add(w.TTL < 0, "/ttl", "must not be negative; leave it out for a rule that stays")
	found.add(w.Probability != nil && !(*w.Probability >= 0 && *w.Probability <= 1), "/probability", "must be between 0 and 1")
	found.add(w.Every > 1 && w.Probability != nil && *w.Probability == 0, "/every", "has no effect under probability 0")
	found.add(w.Window != nil && w.Window.From.IsZero() && w.Window.To.IsZero(), "/window", "needs from, to, or both")
	found.add(w.Window != nil && !w.Window.To.IsZero() && !w.Window.From.Before(w.Window.To), "/window/to", "must be later than from")
	return append(found, w.Per.check()...)
}

func (p Per) check() []Problem {
	switch p {
	case "", PerRule, PerClient, PerResource:
		return nil
	}
	return []Problem{{"/per", "must be rule, client or resource"}}
}

// chosen tells whether the conditions but Times let a match with that index and number be a fault.
func (w *When) chosen(index uint64, drawn float64) bool {
	after := uint64(max(w.After, 0))
	if index < after {
		return false
	}
	if every := uint64(max(w.Every, 1)); (index-after+1)%every != 0 {
		return false
	}
	return w.Probability == nil || drawn < *w.Probability
}
