package contracttest_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest"
	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/ledger"
)

var noon = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

func answered(operation string, verdict report.Verdict, status int) report.Step {
	return report.Step{
		ID: "step", Operation: operation, Verdict: verdict, Response: &report.Response{Status: status},
		Started: noon, Duration: time.Second,
	}
}

func proofsOf(steps ...report.Step) []ledger.Entry {
	r := &report.Report{RunID: "run-1", Target: "https://eu.example/s/x", Scenarios: []report.Scenario{{ID: "life", Steps: steps}}}
	return contracttest.Proofs(r, ledger.Cloud)
}

func TestAnOperationIsProvenByAllOfItsAnswers(t *testing.T) {
	t.Parallel()
	want := []ledger.Entry{
		{Operation: "getUser", Endpoint: ledger.Cloud, Scenario: "life", Verdict: ledger.Proven, Statuses: []int{200, 404}, Target: "https://eu.example", RunID: "run-1", Time: noon.Add(time.Second)},
		{Operation: "getMe", Endpoint: ledger.Cloud, Scenario: "life", Verdict: ledger.Refuted, Statuses: []int{200, 500}, Target: "https://eu.example", RunID: "run-1", Time: noon.Add(time.Second)},
	}
	got := proofsOf(
		answered("getUser", report.Pass, 404), answered("getUser", report.Pass, 200), answered("getUser", report.Pass, 200),
		answered("getMe", report.Fail, 500), answered("getMe", report.Pass, 200),
	)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Proofs (-want +got):\n%s", diff)
	}
}

func TestWhatDoesNotCountProvesNothing(t *testing.T) {
	t.Parallel()
	faulty, cleanup, silent := answered("getMe", report.Pass, 503), answered("getMe", report.Pass, 204), answered("getMe", report.Pass, 200)
	faulty.Faulty, cleanup.Cleanup, silent.Response = true, true, nil
	got := proofsOf(faulty, cleanup, silent, answered("getMe", report.Error, 200), answered("getMe", report.Skipped, 200), answered("", report.Pass, 200))
	if len(got) > 0 {
		t.Errorf("got %+v", got)
	}
}
