package coverage

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/tenantry/tenantry/contracttest/report/internal/show"
)

// A list is pairs under a title; they are gathered by operation.
type list struct {
	title string
	pairs []Pair
}

// lists are what a reader may want to do something about, without those that are empty.
func (t *Table) lists() []list {
	var out []list
	for _, l := range []list{
		{"Not exercised", t.Missing()},
		{"Met, but not documented", t.Undocumented()},
		{"Met, but given as unreachable", t.Mistaken()},
	} {
		if len(l.pairs) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// A gathering is an operation with some of its statuses.
type gathering struct {
	operation string
	statuses  []string
}

func (l list) gathered() []gathering {
	var out []gathering
	for _, p := range l.pairs {
		if n := len(out); n == 0 || out[n-1].operation != p.Operation {
			out = append(out, gathering{operation: p.Operation})
		}
		g := &out[len(out)-1]
		g.statuses = append(g.statuses, strconv.Itoa(p.Status))
	}
	return out
}

// A line is a number with its name.
type line struct{ name, value string }

func (n Numbers) lines() []line {
	lines := []line{
		{"Operations exercised", n.Operations.String()},
		{"Operations with a success", n.Successes.String()},
		{"Operation x status pairs exercised", n.Pairs.String()},
		{"Pairs that no client can cause", strconv.Itoa(n.Unreachable)},
	}
	if n.Beyond.Of > 0 {
		lines = append(lines, line{"Operations beyond the reference", n.Beyond.String()})
	}
	return lines
}

// Write writes the numbers and what is missing as text.
func Write(w io.Writer, t *Table) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	var b strings.Builder
	for _, l := range t.Numbers().lines() {
		fmt.Fprintf(&b, "%s\t%s\n", l.name, l.value)
	}
	for _, l := range t.lists() {
		fmt.Fprintf(&b, "\n%s (%d)\n", l.title, len(l.pairs))
		for _, g := range l.gathered() {
			fmt.Fprintf(&b, "  %s\t%s\n", show.Line(g.operation), strings.Join(g.statuses, " "))
		}
	}
	if _, err := io.WriteString(out, b.String()); err != nil {
		return fmt.Errorf("write coverage as text: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write coverage as text: %w", err)
	}
	return nil
}

// WriteMarkdown writes the numbers, the whole table and what is missing as Markdown, for the summary of a CI job.
func WriteMarkdown(w io.Writer, t *Table) error {
	var b strings.Builder
	b.WriteString("## Coverage\n\n| | |\n|---|---|\n")
	for _, l := range t.Numbers().lines() {
		fmt.Fprintf(&b, "| %s | %s |\n", l.name, l.value)
	}
	for _, l := range t.lists() {
		fmt.Fprintf(&b, "\n### %s (%d)\n\n", l.title, len(l.pairs))
		for _, g := range l.gathered() {
			fmt.Fprintf(&b, "- %s: %s\n", code(g.operation), strings.Join(g.statuses, ", "))
		}
	}
	t.grid(&b)
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write coverage as Markdown: %w", err)
	}
	return nil
}

// grid is operation x status: how often each was met, 0 if never, a dash where no client can cause it.
func (t *Table) grid(b *strings.Builder) {
	b.WriteString("\n### Answers by operation and status\n\nA number is how many answers there were, 0 none, – that no client can cause it, ! that it is not documented.\n\n| Operation |")
	for _, s := range t.Statuses {
		fmt.Fprintf(b, " %d |", s)
	}
	b.WriteString("\n|---|" + strings.Repeat("---:|", len(t.Statuses)) + "\n")
	for _, r := range t.Rows {
		fmt.Fprintf(b, "| %s |", code(r.Operation))
		for _, c := range r.Cells {
			fmt.Fprintf(b, " %s |", c)
		}
		b.WriteString("\n")
	}
}

// String is a cell in few characters, as the grid in Markdown shows it.
func (c Cell) String() string {
	switch c.State {
	case Exercised, Missing:
		return strconv.Itoa(c.Met)
	case Unreachable:
		return "–"
	case Undocumented:
		return strconv.Itoa(c.Met) + "!"
	case None:
	}
	return ""
}

// code is a name as code. Operations that a report names come from the document, but a report may be anybody's.
func code(name string) string {
	return "`" + strings.NewReplacer("`", "'", "|", "/").Replace(show.Line(name)) + "`"
}
