package coverage

import (
	"maps"
	"slices"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/openapi"
)

// A Pair is an operation with one of its statuses.
type Pair struct {
	Operation string
	Status    int
}

// A State says what became of a pair.
type State int

// The states. None is the zero value: the status is neither documented nor met.
const (
	None         State = iota
	Exercised          // documented and met
	Missing            // documented, not met
	Unreachable        // documented and not met, which no client could have changed
	Undocumented       // met though it is not documented
)

// A Table is what was met of what is documented. Rows are sorted as in the document.
type Table struct {
	Statuses []int // all that occur in a row, ascending: the columns
	Rows     []Row
}

// A Row is one operation.
type Row struct {
	Operation string
	Method    string // "" of an operation that the document does not have
	Path      string
	Beyond    bool   // the document has the operation, the reference has not; or neither knows it
	Cells     []Cell // one for each of the table's statuses
}

// A Cell is one pair.
type Cell struct {
	Status int
	State  State
	Met    int    // how many answers
	Why    string // why no client can cause it, "" if one can
}

// Of lays what a run has met beside what a document describes. The reasons why no client can cause a pair come from the
// caller; server errors need none.
func Of(met report.Coverage, doc *openapi.Document, unreachable map[Pair]string) *Table {
	t := &Table{}
	known := make(map[string]bool)
	columns := make(map[int]bool)
	for _, o := range doc.Operations() {
		known[o.ID] = true
		t.Rows = append(t.Rows, row(o, met[o.ID], unreachable))
	}
	for _, id := range slices.Sorted(maps.Keys(met)) {
		if !known[id] {
			t.Rows = append(t.Rows, row(&openapi.Operation{ID: id, Undocumented: true}, met[id], nil))
		}
	}
	for _, r := range t.Rows {
		for _, c := range r.Cells {
			columns[c.Status] = true
		}
	}
	t.Statuses = slices.Sorted(maps.Keys(columns))
	for i := range t.Rows {
		t.Rows[i].align(t.Statuses)
	}
	return t
}

// row has a cell for each status that is documented or met.
func row(o *openapi.Operation, met map[int]int, unreachable map[Pair]string) Row {
	r := Row{Operation: o.ID, Method: o.Method, Path: o.Path, Beyond: o.Undocumented}
	for _, status := range o.Statuses {
		c := Cell{Status: status, State: Missing, Met: met[status], Why: why(Pair{o.ID, status}, unreachable)}
		switch {
		case c.Met > 0:
			c.State = Exercised
		case c.Why != "":
			c.State = Unreachable
		}
		r.Cells = append(r.Cells, c)
	}
	for status, n := range met {
		if n > 0 && !slices.Contains(o.Statuses, status) {
			r.Cells = append(r.Cells, Cell{Status: status, State: Undocumented, Met: n})
		}
	}
	return r
}

// why is the reason for which no client can cause a pair, "" if one can.
func why(p Pair, unreachable map[Pair]string) string {
	reason, named := unreachable[p]
	switch {
	case named && reason != "":
		return reason
	case named:
		return "no client can cause it"
	case p.Status >= 500:
		return "a server error"
	}
	return ""
}

// align gives the row one cell for each status, in their order.
func (r *Row) align(statuses []int) {
	cells := make([]Cell, len(statuses))
	for i, status := range statuses {
		cells[i] = Cell{Status: status}
		if at := slices.IndexFunc(r.Cells, func(c Cell) bool { return c.Status == status }); at >= 0 {
			cells[i] = r.Cells[at]
		}
	}
	r.Cells = cells
}

// Exercised tells whether the operation gave a documented answer.
func (r *Row) Exercised() bool {
	return slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.State == Exercised })
}

// Succeeded tells whether the operation gave a documented answer of success: 2xx or 3xx.
func (r *Row) Succeeded() bool {
	return slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.State == Exercised && c.Status < 400 })
}
