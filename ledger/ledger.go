package ledger

import (
	"maps"
	"slices"
	"sync"
)

// A Ledger holds the newest entry of each operation, scenario and kind of endpoint. The zero value is empty. It is safe for
// concurrent use.
type Ledger struct {
	mu      sync.Mutex
	entries map[key]Entry
}

// Record takes entries in, unless there are newer ones.
func (l *Ledger) Record(entries ...Entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.entries == nil {
		l.entries = map[key]Entry{}
	}
	for _, e := range entries {
		if old, ok := l.entries[e.key()]; !ok || !e.Time.Before(old.Time) {
			l.entries[e.key()] = e
		}
	}
}

// Entries are all of them, by operation, endpoint and scenario.
func (l *Ledger) Entries() []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.SortedFunc(maps.Values(l.entries), compare)
}

// A Standing is how an operation stands on one kind of endpoint.
type Standing struct {
	Endpoint  Endpoint
	Proven    []Entry
	Refuted   []Entry
	Statuses  []int  // that were proven, ascending
	LastProof string // day of the newest proof, as in 2026-01-31; "" if there is none
}

// Stand sums up entries of one operation on one kind of endpoint.
func Stand(entries []Entry, endpoint Endpoint) Standing {
	s := Standing{Endpoint: endpoint}
	for _, e := range entries {
		switch {
		case e.Endpoint != endpoint:
		case e.Verdict == Refuted:
			s.Refuted = append(s.Refuted, e)
		default:
			s.Proven = append(s.Proven, e)
			s.Statuses = append(s.Statuses, e.Statuses...)
			s.LastProof = max(s.LastProof, e.Time.UTC().Format("2006-01-02"))
		}
	}
	slices.Sort(s.Statuses)
	s.Statuses = slices.Compact(s.Statuses)
	return s
}
