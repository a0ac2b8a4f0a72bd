package fault

import (
	"sync"
	"time"
)

// Bounds of how far a read may lag: the states in between are kept.
const (
	maxLagReads = 100
	maxLag      = Duration(time.Hour)
)

// StaleRead are the parameters of stale_read. Just one of them is given.
type StaleRead struct {
	Reads int      `json:"reads"` // how many of the rule's reads a change stays out of sight
	For   Duration `json:"for"`   // or how long, in wall time

	once   sync.Once
	memory any
}

// Check wants one of the two, within bounds.
func (p *StaleRead) Check() []Problem {
	switch {
	case (p.Reads == 0) == (p.For == 0):
		return []Problem{{"", `needs either "reads" or "for"`}}
	case p.Reads < 0 || p.Reads > maxLagReads:
		return []Problem{{"/reads", "must be from 1 to 100"}}
	case p.For < 0 || p.For > maxLag:
		return []Problem{{"/for", `must be more than 0 and at most "1h"`}}
	}
	return nil
}

// Memory is what the effect keeps for the rule, made at the first call. It lives as long as the rule does: one that is
// written anew has forgotten everything.
func (p *StaleRead) Memory(first func() any) any {
	p.once.Do(func() { p.memory = first() })
	return p.memory
}

// StaleReads are the parameters of the rules of the kind, which have to see every change of the world, whatever they match.
func (s *Set) StaleReads() []*StaleRead {
	var found []*StaleRead
	for _, e := range s.entries() {
		if p, ok := e.params.(*StaleRead); ok {
			found = append(found, p)
		}
	}
	return found
}
