package show

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/report"
)

// Verdicts are all of them in the order in which they are counted for readers.
func Verdicts() []report.Verdict {
	return []report.Verdict{report.Pass, report.Fail, report.Error, report.Skipped}
}

// Word is a verdict in a sentence: 3 passed.
func Word(v report.Verdict) string {
	switch v {
	case report.Pass:
		return "passed"
	case report.Fail:
		return "failed"
	case report.Error:
		return "could not be run"
	case report.Skipped:
		return "skipped"
	}
	return Line(string(v))
}

// Conclusion is the verdict of a whole run.
func Conclusion(v report.Verdict) string {
	switch v {
	case report.Pass:
		return "Passed"
	case report.Fail:
		return "Failed"
	case report.Error:
		return "Error: not everything could be run"
	case report.Skipped:
		return "Nothing was run"
	}
	return Line(string(v))
}

// Bad tells whether a verdict is one that somebody must look at.
func Bad(v report.Verdict) bool { return v == report.Fail || v == report.Error }

// A Tally counts verdicts.
type Tally map[report.Verdict]int

// Scenarios counts the verdicts of a run's scenarios.
func Scenarios(r *report.Report) Tally {
	t := make(Tally)
	for i := range r.Scenarios {
		t[r.Scenarios[i].Verdict]++
	}
	return t
}

// Steps is how many steps a run has, skipped ones among them.
func Steps(r *report.Report) int {
	n := 0
	for i := range r.Scenarios {
		n += len(r.Scenarios[i].Steps)
	}
	return n
}

// String names the verdicts that occur: 3 passed, 1 failed.
func (t Tally) String() string {
	var parts []string
	for _, v := range Verdicts() {
		if t[v] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", t[v], Word(v)))
		}
	}
	if parts == nil {
		return "none"
	}
	return strings.Join(parts, ", ")
}

// Step names a step within its scenario: main/create, main/create[2], main.
func Step(s *report.Step) string {
	name := s.Workflow
	if s.ID != "" {
		name += "/" + s.ID
	}
	if s.Item != nil {
		name += fmt.Sprintf("[%d]", *s.Item)
	}
	return Line(strings.TrimPrefix(name, "/"))
}

// Where is the file and line of something in a scenario; the file alone where no line is known.
func Where(s *report.Scenario, line int) string {
	if line <= 0 {
		return Line(s.File)
	}
	return fmt.Sprintf("%s:%d", Line(s.File), line)
}

// Explained tells whether one of a scenario's steps shows why its verdict is what it is. Otherwise the scenario's own
// reason must be shown.
func Explained(s *report.Scenario) bool {
	return slices.ContainsFunc(s.Steps, func(step report.Step) bool { return step.Verdict == s.Verdict })
}

// Finding is what was found, in one line without expected and actual: criterion: $statusCode == 201.
func Finding(f *report.Finding) string {
	text := f.Kind
	if f.Severity == report.SeverityDeviation || f.Severity == report.SeverityNote {
		text += " (" + f.Severity + ")"
	}
	if f.Pointer != "" {
		text += " " + f.Pointer
	}
	return Line(text + ": " + f.Message)
}
