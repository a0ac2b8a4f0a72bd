package console

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/coverage"
	"github.com/tenantry/tenantry/contracttest/report/internal/show"
)

// Options say how a report is shown.
type Options struct {
	Colour   bool            // only for a terminal whose user wants it
	Coverage *coverage.Table // nil: coverage is not mentioned
}

// Write writes the summary of a run.
func Write(w io.Writer, r *report.Report, o Options) error {
	s := summary{painter: painter(o.Colour)}
	s.scenarios(r)
	for i := range r.Scenarios {
		s.problems(&r.Scenarios[i])
	}
	s.totals(r, o.Coverage)
	if _, err := io.WriteString(w, s.String()); err != nil {
		return fmt.Errorf("write the summary: %w", err)
	}
	return nil
}

// A summary grows line by line.
type summary struct {
	strings.Builder
	painter
}

func (s *summary) line(format string, args ...any) {
	fmt.Fprintf(&s.Builder, format+"\n", args...)
}

// scenarios has a line for each.
func (s *summary) scenarios(r *report.Report) {
	width := 0
	for i := range r.Scenarios {
		width = max(width, min(40, utf8.RuneCountInString(show.Line(r.Scenarios[i].ID))))
	}
	for i := range r.Scenarios {
		s.line("%s", s.scenario(&r.Scenarios[i], width))
	}
}

// scenario is the line of one: verdict, id, time, steps, title.
func (p painter) scenario(s *report.Scenario, width int) string {
	text := fmt.Sprintf("%s  %-*s  %7s  %9s  %s", p.label(s.Verdict), width, short(s.ID), show.Duration(s.Duration),
		show.Count(len(s.Steps), "step"), short(s.Title))
	if s.Verdict == report.Skipped && s.Reason != "" {
		text += p.paint(faint, " ("+short(s.Reason)+")")
	}
	return strings.TrimRight(text, " ")
}

// totals are the end of the summary, with the verdict in the last place, where people look first.
func (s *summary) totals(r *report.Report, t *coverage.Table) {
	n := show.Scenarios(r)
	s.line("")
	s.line("Run %s against %s took %s", show.Line(r.RunID), show.Line(r.Target), show.Duration(r.Duration))
	s.line("%s, %s: %s", show.Count(len(r.Scenarios), "scenario"), show.Count(show.Steps(r), "step"), n)
	if notes := remarks(r); notes > 0 {
		s.line("%s that changed no verdict, such as undocumented members", show.Count(notes, "remark"))
	}
	if t != nil {
		s.line("Coverage: %s", t.Numbers())
	}
	if r.Interrupted {
		s.line("%s", s.paint(bold, "The run was interrupted: what is not shown did not run"))
	}
	s.line("%s", s.conclusion(r.Verdict))
}

func (p painter) conclusion(v report.Verdict) string {
	text := show.Conclusion(v)
	if show.Bad(v) {
		return p.paint(bold, p.paint(red, text))
	}
	return p.paint(bold, text)
}

// remarks counts the findings that change no verdict.
func remarks(r *report.Report) int {
	n := 0
	for i := range r.Scenarios {
		for j := range r.Scenarios[i].Steps {
			for _, f := range r.Scenarios[i].Steps[j].Findings {
				if f.Severity == report.SeverityNote || f.Severity == report.SeverityDeviation {
					n++
				}
			}
		}
	}
	return n
}
