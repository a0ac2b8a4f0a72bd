package html

import (
	"cmp"
	"fmt"
	"html/template"
	"strings"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/coverage"
	"github.com/tenantry/tenantry/contracttest/report/internal/show"
)

// What the page shows.
type (
	page struct {
		Report    *report.Report
		Policy    string
		Style     template.CSS
		Script    template.JS
		Outcome   string
		Counts    []count
		Steps     int
		Problems  []problem
		Scenarios []scenario
		Grid      *coverage.Table
	}
	count struct {
		Verdict report.Verdict
		Number  int
	}
	// A problem leads to a step or scenario that did not pass.
	problem struct {
		Verdict           report.Verdict
		Anchor, Name, Why string
	}
	scenario struct {
		*report.Scenario
		Anchor string
		Bad    bool
		Words  string // what the filter looks at, in lower case
		Steps  []step
	}
	step struct {
		*report.Step
		Anchor, Name, Where string
		Bad                 bool
		Exchange            string // POST /api/2/users → 201
		Remarks             []string
	}
)

func view(r *report.Report, grid *coverage.Table) *page {
	p := &page{
		Report: r, Policy: policy(), Grid: grid, Outcome: outcome(r), Steps: show.Steps(r),
		Style:  template.CSS(style), //nolint:gosec // G203: it is a file of this package
		Script: template.JS(script), //nolint:gosec // G203: it is a file of this package
	}
	tally := show.Scenarios(r)
	for _, v := range show.Verdicts() {
		p.Counts = append(p.Counts, count{v, tally[v]})
	}
	for i := range r.Scenarios {
		s := newScenario(r, &r.Scenarios[i], fmt.Sprintf("s%d", i+1))
		p.Scenarios = append(p.Scenarios, s)
		p.Problems = append(p.Problems, s.problems()...)
	}
	return p
}

func outcome(r *report.Report) string {
	text := show.Scenarios(r).String()
	if r.Interrupted {
		text += "; the run was interrupted, and what is not shown did not run"
	}
	return text
}

func newScenario(r *report.Report, s *report.Scenario, anchor string) scenario {
	out := scenario{Scenario: s, Anchor: anchor, Bad: show.Bad(s.Verdict)}
	words := append([]string{s.ID, s.Title, s.File}, s.Tags...)
	for i := range s.Steps {
		t := newStep(r, s, &s.Steps[i], fmt.Sprintf("%s-%d", anchor, i+1))
		out.Steps = append(out.Steps, t)
		words = append(words, t.Name, t.Operation)
	}
	out.Words = show.Line(strings.ToLower(strings.Join(words, " ")))
	return out
}

func newStep(r *report.Report, s *report.Scenario, t *report.Step, anchor string) step {
	out := step{Step: t, Anchor: anchor, Name: show.Step(t), Where: show.Where(s, t.Line), Bad: show.Bad(t.Verdict)}
	if t.Request != nil {
		out.Exchange = show.Cut(show.Line(t.Request.Method+" "+strings.TrimPrefix(t.Request.URL, r.Target)), 200) + " → no answer"
		if t.Response != nil {
			out.Exchange = fmt.Sprintf("%s%d", strings.TrimSuffix(out.Exchange, "no answer"), t.Response.Status)
		}
	}
	if t.Attempts > 1 {
		out.Remarks = append(out.Remarks, fmt.Sprintf("the last of %d attempts", t.Attempts))
	}
	if t.Cleanup {
		out.Remarks = append(out.Remarks, "cleanup")
	}
	if t.Faulty {
		out.Remarks = append(out.Remarks, "a fault was active: the answer does not count as covered")
	}
	return out
}

// problems are the steps that did not pass, or the scenario where none shows why.
func (s *scenario) problems() []problem {
	if !s.Bad {
		return nil
	}
	var out []problem
	if !show.Explained(s.Scenario) {
		out = append(out, problem{s.Verdict, s.Anchor, show.Line(s.ID), show.Line(s.Reason)})
	}
	for _, t := range s.Steps {
		if t.Bad {
			out = append(out, problem{t.Verdict, t.Anchor, show.Line(s.ID) + ": " + t.Name, t.why()})
		}
	}
	return out
}

// why is the first finding that made the verdict.
func (t *step) why() string {
	for i := range t.Findings {
		if f := &t.Findings[i]; report.Judge([]report.Finding{*f}) == t.Verdict {
			text := show.Finding(f)
			if f.Actual != "" {
				text += ", actual " + show.Line(f.Actual)
			}
			return show.Cut(text, 300)
		}
	}
	return show.Cut(show.Line(cmp.Or(t.Reason, show.Word(t.Verdict))), 300)
}
