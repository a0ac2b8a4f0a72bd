package console

import (
	"fmt"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/internal/show"
)

// longest is how many characters of a text are shown: several lines of a terminal.
const longest = 400

func short(s string) string { return show.Cut(show.Line(s), longest) }

// problems shows the steps of a scenario that did not pass, in their order.
func (s *summary) problems(sc *report.Scenario) {
	if !show.Bad(sc.Verdict) {
		return
	}
	s.line("")
	s.line("%s  %s  %s", s.label(sc.Verdict), s.paint(bold, short(sc.ID)), short(sc.Title))
	if !show.Explained(sc) {
		s.line("  %s: %s", short(sc.File), short(sc.Reason))
	}
	for i := range sc.Steps {
		if show.Bad(sc.Steps[i].Verdict) {
			s.step(sc, &sc.Steps[i])
		}
	}
}

func (s *summary) step(sc *report.Scenario, t *report.Step) {
	s.line("  %s %s %s%s", show.Where(sc, t.Line), s.paint(bold, show.Step(t)), short(t.Operation), remark(t))
	if t.Request != nil {
		s.line("    %s", short(t.Request.Method+" "+t.Request.URL))
		s.line("    %s", answered(t))
	}
	if t.Reason != "" {
		s.line("    %s", short(t.Reason))
	}
	for i := range t.Findings {
		s.finding(sc, &t.Findings[i])
	}
}

// remark says what is special about a step.
func remark(t *report.Step) string {
	text := ""
	if t.Cleanup {
		text += ", cleanup"
	}
	if t.Faulty {
		text += ", a fault was active"
	}
	return text
}

func answered(t *report.Step) string {
	text := "no answer"
	if t.Response != nil {
		text = fmt.Sprintf("answered %d after %s", t.Response.Status, show.Duration(t.Response.Duration))
	}
	if t.Attempts > 1 {
		text += fmt.Sprintf(", at the last of %d attempts", t.Attempts)
	}
	return text
}

func (s *summary) finding(sc *report.Scenario, f *report.Finding) {
	text := show.Cut(show.Finding(f), longest)
	if report.Judge([]report.Finding{*f}) != report.Pass {
		text = s.paint(red, text)
	}
	s.line("    - %s", text)
	if f.Line > 0 {
		s.line("        at       %s", show.Where(sc, f.Line))
	}
	if f.Expected != "" {
		s.line("        expected %s", short(f.Expected))
	}
	if f.Actual != "" {
		s.line("        actual   %s", short(f.Actual))
	}
}
