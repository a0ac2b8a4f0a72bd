package coverage

import (
	"fmt"
	"math"
	"slices"
)

// A Ratio is how many of how many.
type Ratio struct{ Met, Of int }

// Percent is the share in percent; 100 of nothing.
func (r Ratio) Percent() float64 {
	if r.Of == 0 {
		return 100
	}
	return 100 * float64(r.Met) / float64(r.Of)
}

// String rounds down, so that only all of it is 100 percent.
func (r Ratio) String() string {
	return fmt.Sprintf("%d of %d (%.1f %%)", r.Met, r.Of, math.Floor(10*r.Percent())/10)
}

// add counts one more.
func (r *Ratio) add(met bool) {
	r.Of++
	if met {
		r.Met++
	}
}

// Numbers are what a table comes to.
type Numbers struct {
	Operations  Ratio // of the reference, with any documented answer
	Successes   Ratio // of the reference, with an answer of success
	Pairs       Ratio // of the reference, documented, that a client can cause
	Beyond      Ratio // operations beyond the reference, with any documented answer
	Unreachable int   // documented pairs of the reference that no client can cause
}

// Numbers counts.
func (t *Table) Numbers() Numbers {
	var n Numbers
	for i := range t.Rows {
		r := &t.Rows[i]
		if r.Method == "" {
			continue // not of the document: there is nothing to reach
		}
		if r.Beyond {
			n.Beyond.add(r.Exercised())
			continue
		}
		n.Operations.add(r.Exercised())
		n.Successes.add(r.Succeeded())
		for _, c := range r.Cells {
			switch {
			case c.State == None || c.State == Undocumented:
			case c.Why != "":
				n.Unreachable++
			default:
				n.Pairs.add(c.State == Exercised)
			}
		}
	}
	return n
}

// String is the numbers in one line.
func (n Numbers) String() string {
	return fmt.Sprintf("%s operations, %s operation x status pairs", n.Operations, n.Pairs)
}

// Missing are the pairs of the reference that a client can cause and the run did not.
func (t *Table) Missing() []Pair {
	return t.pairs(func(r *Row, c Cell) bool { return c.State == Missing && !r.Beyond })
}

// Undocumented are the pairs that were met though the document does not know them.
func (t *Table) Undocumented() []Pair {
	return t.pairs(func(_ *Row, c Cell) bool { return c.State == Undocumented })
}

// Mistaken are the pairs that were met though the caller said that no client can cause them.
func (t *Table) Mistaken() []Pair {
	return t.pairs(func(_ *Row, c Cell) bool { return c.State == Exercised && c.Why != "" && c.Status < 500 })
}

func (t *Table) pairs(which func(*Row, Cell) bool) []Pair {
	var out []Pair
	for i := range t.Rows {
		for _, c := range t.Rows[i].Cells {
			if r := &t.Rows[i]; which(r, c) {
				out = append(out, Pair{r.Operation, c.Status})
			}
		}
	}
	return slices.Clip(out)
}
