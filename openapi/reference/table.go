package reference

import (
	"slices"
	"strconv"
	"strings"
)

// A row is a table row that opens with a quoted name. Its second column goes
// over several lines; lines holds them without the column marks.
type row struct {
	name  string
	lines []line
}

// table reads a table of two columns, the first of them headed first.
func (p *parser) table(first string) ([]row, error) {
	if err := p.expect("| "+first+" | Description |", "|------|-------------|"); err != nil {
		return nil, err
	}
	var rows []row
	for strings.HasPrefix(p.peek(), "| `") {
		r, err := p.row()
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	return rows, nil
}

func (p *parser) row() (row, error) {
	text, _ := p.takeAfter("| `")
	name, rest, ok := strings.Cut(text, "` | ")
	if !ok || name == "" {
		return row{}, p.errorAt(p.last(), "a row needs a quoted name and a second column")
	}
	r := row{name: name}
	for {
		text, closed := strings.CutSuffix(rest, " |")
		r.lines = append(r.lines, line{p.last().number, text})
		if closed {
			return r, nil
		}
		if rest = p.peek(); rest == "" || strings.HasPrefix(rest, "| `") || strings.HasPrefix(rest, "#") {
			return r, p.errorAt(r.lines[0], "row %q is not closed", name)
		}
		p.pos++
	}
}

// statuses reads a response table and returns its codes, ascending.
func (p *parser) statuses() ([]int, error) {
	rows, err := p.table("Code")
	if err != nil {
		return nil, err
	}
	var codes []int
	for _, r := range rows {
		code, err := strconv.Atoi(r.name)
		if err != nil || code < 100 || code > 599 || slices.Contains(codes, code) {
			return nil, p.errorAt(r.lines[0], "unknown or repeated status %q", r.name)
		}
		for _, l := range r.lines {
			if strings.HasPrefix(l.text, "**") {
				return nil, p.errorAt(l, "unknown fact %q about status %d", l.text, code)
			}
		}
		codes = append(codes, code)
	}
	if codes == nil {
		return nil, p.unexpected("a status")
	}
	slices.Sort(codes)
	return codes, nil
}
