package model

import "math"

// MixedEditions is the edition of a usage that several editions have a part in (wire facts, core 9).
const MixedEditions = "mixed"

// Spent is what a tenant and those below it use of one item.
type Spent struct {
	Edition    string
	Production Figures
	Trial      Figures // of customers that are on trial

	parts int
}

// Add counts a usage in.
func (s *Spent) Add(edition string, trial bool, f Figures) {
	switch {
	case s.parts == 0:
		s.Edition = edition
	case s.Edition != edition:
		s.Edition = MixedEditions
	}
	s.parts++
	if trial {
		s.Trial = s.Trial.Plus(f)
		return
	}
	s.Production = s.Production.Plus(f)
}

// Total is what is used in production and on trial.
func (s *Spent) Total() Figures { return s.Production.Plus(s.Trial) }

// Plus is the sum.
func (f Figures) Plus(g Figures) Figures {
	return Figures{
		Absolute:  Sum(f.Absolute, g.Absolute),
		Delta:     Sum(f.Delta, g.Delta),
		Effective: Sum(f.Effective, g.Effective),
	}
}

// Sum adds; a sum that no number holds is the greatest or the smallest number.
func Sum(a, b int64) int64 {
	switch {
	case b > 0 && a > math.MaxInt64-b:
		return math.MaxInt64
	case b < 0 && a < math.MinInt64-b:
		return math.MinInt64
	}
	return a + b
}

// Zero reports whether nothing is used and nothing came.
func (f Figures) Zero() bool { return f == Figures{} }
