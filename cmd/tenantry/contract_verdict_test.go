package main

import (
	"strings"
	"testing"

	"github.com/tenantry/tenantry/contracttest/report"
)

// Whoever reads the last line of an interrupted run must not believe that everything is gone when it is not.
func TestWhatCouldNotBeRemovedIsSaidInTheEnd(t *testing.T) {
	t.Parallel()
	left := report.Step{ID: "remove", Cleanup: true, Verdict: report.Error}
	r := &report.Report{RunID: "mine", Interrupted: true, Verdict: report.Error, Scenarios: []report.Scenario{{Steps: []report.Step{left}}}}
	err := verdictError(r)
	if status(err) != couldNotRun || !strings.Contains(err.Error(), "--sweep --run-id mine") {
		t.Errorf("the run ends with %v", err)
	}
	r.Scenarios[0].Steps[0].Verdict = report.Pass
	if err := verdictError(r); status(err) != couldNotRun || !strings.Contains(err.Error(), "what was created is removed") {
		t.Errorf("a run that left nothing ends with %v", err)
	}
}
