package control

import (
	"slices"

	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/mock/internal/match"
)

// A follower turns what happens to a journal into events. It looks at entries again that were in flight, so that a filter
// that asks for a status misses none.
type follower struct {
	journal *journal.Journal
	match   *match.Compiled
	below   func(tenant, root string) bool

	seen uint64   // everything up to here was looked at
	open []flying // what was in flight then, ascending
}

// flying is an entry that was in flight when it was looked at.
type flying struct {
	n    uint64
	sent bool // as a request event
}

// evicted is the data of an evicted event.
type evicted struct {
	Evicted    uint64 `json:"evicted"`
	OldestKept uint64 `json:"oldest_kept"`
}

// Names of events.
const (
	eventRequest  = "request"
	eventComplete = "complete"
	eventEvicted  = "evicted"
)

// send sends what is new since the last time.
func (f *follower) send(out *events) error {
	if err := f.settle(out); err != nil {
		return err
	}
	for {
		page, err := f.journal.Page(journal.Query{After: f.seen})
		if err != nil || page.Next == f.seen {
			return err
		}
		f.seen = page.Next
		if err := f.miss(out, &page); err != nil {
			return err
		}
		for i := range page.Items {
			if err := f.arrive(out, &page.Items[i]); err != nil {
				return err
			}
		}
	}
}

// miss tells of entries that were given up before the first of the page.
func (f *follower) miss(out *events, page *journal.Page) error {
	if page.Evicted == 0 {
		return nil
	}
	before := page.Next
	if len(page.Items) > 0 {
		before = page.Items[0].N - 1
	}
	return out.event(f.upTo(before), eventEvicted, evicted{page.Evicted, page.OldestKept})
}

func (f *follower) arrive(out *events, e *journal.Entry) error {
	matches := f.match.Matches(e.Seen(f.below))
	if e.State == journal.InFlight {
		f.open = append(f.open, flying{e.N, matches})
	}
	if !matches {
		return nil
	}
	return out.event(f.upTo(e.N), eventRequest, e)
}

// settle sends those again that are answered now. One that was forgotten in the meantime is left out.
func (f *follower) settle(out *events) error {
	for i := 0; i < len(f.open); {
		one := f.open[i]
		e, err := f.journal.Get(one.n)
		if err == nil && e.State == journal.InFlight {
			i++
			continue
		}
		f.open = slices.Delete(f.open, i, i+1)
		if err != nil {
			continue // it was evicted or cleared
		}
		if err := f.complete(out, one, &e); err != nil {
			return err
		}
	}
	return nil
}

func (f *follower) complete(out *events, one flying, e *journal.Entry) error {
	switch {
	case one.sent:
		return out.event(f.upTo(f.seen), eventComplete, e)
	case f.match.Matches(e.Seen(f.below)):
		return out.event(f.upTo(f.seen), eventRequest, e)
	}
	return nil
}

// upTo is the number up to which every entry was sent complete, when all up to n were looked at.
func (f *follower) upTo(n uint64) uint64 {
	i := slices.IndexFunc(f.open, func(o flying) bool { return o.n <= n })
	if i < 0 {
		return n
	}
	return f.open[i].n - 1
}
