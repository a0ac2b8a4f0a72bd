package drift_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/drift"
	"github.com/tenantry/tenantry/contracttest/report"
)

func run(id, target string, steps ...report.Step) *report.Report {
	return &report.Report{RunID: id, Target: target, Scenarios: []report.Scenario{{ID: "s", Verdict: report.Pass, Steps: steps}}}
}

func step(id string, status int, body string) report.Step {
	return report.Step{
		ID: id, Workflow: "w", Operation: "getUser", Verdict: report.Pass,
		Response: &report.Response{Status: status, Body: report.Body{Text: body}},
	}
}

const (
	one   = "11111111-1111-4111-8111-111111111111"
	two   = "22222222-2222-4222-8222-222222222222"
	three = "33333333-3333-4333-8333-333333333333"
)

func TestWhatMustDifferIsNoDrift(t *testing.T) {
	t.Parallel()
	a := run("run-a", "http://a.test",
		step("create", 200, `{"id":"`+one+`","name":"tenantry-run-a-x","created_at":"2026-01-01T00:00:00Z","version":1,"access_token":"***","n":5}`),
		step("get", 200, `{"id":"`+one+`","parent_id":"`+two+`","url":"http://a.test/x","expires_in":7200,"items":[{"n":1},{"n":2}]}`))
	b := run("run-b", "https://b.test",
		step("create", 200, `{"id":"`+two+`","name":"tenantry-run-b-x","created_at":"2020-12-31T23:59:59.123+00:00","version":1700,"access_token":"eyJhbGciOiJub25lIn0.e30.abc","n":5}`),
		step("get", 200, `{"id":"`+two+`","parent_id":"`+three+`","url":"https://b.test/x","expires_in":3600,"items":[{"n":2},{"n":1}]}`))
	if diff := cmp.Diff([]drift.Difference(nil), drift.Compare(a, b)); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
}

func TestDriftIsFound(t *testing.T) {
	t.Parallel()
	at := func(kind, pointer, a, b string) []drift.Difference {
		return []drift.Difference{{Kind: kind, Scenario: "s", Step: "w/x", Operation: "getUser", Pointer: pointer, A: a, B: b}}
	}
	for name, tt := range map[string]struct {
		a, b report.Step
		want []drift.Difference
	}{
		"another status":         {step("x", 200, `{}`), step("x", 404, `{"error":1}`), at(drift.Status, "", "200", "404")},
		"a member is absent":     {step("x", 200, `{"a":{"b/c":1}}`), step("x", 200, `{"a":{}}`), at(drift.Absent, "/a/b~1c", "there", "absent")},
		"a member is new":        {step("x", 200, `{}`), step("x", 200, `{"a":null}`), at(drift.Absent, "/a", "absent", "there")},
		"another type":           {step("x", 200, `{"a":[{"n":1}]}`), step("x", 200, `{"a":[{"n":"1"}]}`), at(drift.Type, "/a/0/n", "number", "text")},
		"null for a text":        {step("x", 200, `{"a":null}`), step("x", 200, `{"a":""}`), at(drift.Type, "/a", "null", "text")},
		"another value":          {step("x", 200, `{"kind":"partner"}`), step("x", 200, `{"kind":"customer"}`), at(drift.Value, "/kind", "partner", "customer")},
		"another precision":      {step("x", 200, `{"n":1}`), step("x", 200, `{"n":1.5}`), at(drift.Value, "/n", "1", "1.5")},
		"a list of plain values": {step("x", 200, `["a","b"]`), step("x", 200, `["b","a"]`), append(at(drift.Value, "/0", "a", "b"), at(drift.Value, "/1", "b", "a")...)},
		"a step not run":         {step("x", 200, `{}`), report.Step{ID: "x", Workflow: "w"}, at(drift.Missing, "", "200", "not run")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, drift.Compare(run("run-a", "", tt.a), run("run-b", "", tt.b))); diff != "" {
				t.Errorf("differences (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatSaysNothingIsLeftOut(t *testing.T) {
	t.Parallel()
	faulty, cleanup, cut := step("f", 503, `{}`), step("c", 404, `{}`), step("t", 200, `{"a":1`)
	faulty.Faulty, cleanup.Cleanup, cut.Response.Body.Truncated = true, true, true
	a := run("run-a", "", faulty, cleanup, cut, step("l", 200, `{"items":[1]}`), step("b", 200, "<html>"))
	b := run("run-b", "", step("t", 200, `{"a":2}`), step("l", 200, `{"items":[1,2]}`), step("b", 200, `{}`))
	if diff := cmp.Diff([]drift.Difference(nil), drift.Compare(a, b)); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
	b.Scenarios[0].Verdict = report.Skipped
	if got := drift.Compare(run("run-a", "", step("x", 200, `{}`)), b); got != nil {
		t.Errorf("a scenario that was skipped: %v", got)
	}
}

func TestStepsThatComeAgainAreComparedInTheirOrder(t *testing.T) {
	t.Parallel()
	a := run("run-a", "", step("x", 200, `{"n":1}`), step("x", 200, `{"n":2}`))
	b := run("run-b", "", step("x", 200, `{"n":1}`), step("x", 200, `{"n":3}`))
	want := []drift.Difference{{Kind: drift.Value, Scenario: "s", Step: "w/x#2", Operation: "getUser", Pointer: "/n", A: "2", B: "3"}}
	if diff := cmp.Diff(want, drift.Compare(a, b)); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
}

func TestADifferenceMovesNoCursor(t *testing.T) {
	t.Parallel()
	d := drift.Difference{Kind: drift.Value, Scenario: "s", Step: "w/x", Pointer: "/a", A: "\x1b[2J", B: "b\nc"}
	if got := d.String(); got != `s w/x: /a: value: \x1b[2J | b\nc` {
		t.Errorf("the line is %q", got)
	}
}

// An endpoint that may not be written to, or has no control plane, runs less of a scenario: that is no drift.
func TestWhatWasSkippedOnOneSideIsLeftOut(t *testing.T) {
	t.Parallel()
	other := step("y", 200, `{}`)
	other.Workflow = "writes"
	a := run("run-a", "", step("x", 200, `{"n":1}`), step("z", 200, `{}`), other)
	b := run("run-b", "", step("x", 200, `{"n":2}`), report.Step{Workflow: "w", ID: "z", Verdict: report.Skipped},
		report.Step{Workflow: "writes", Verdict: report.Skipped})
	want := []drift.Difference{{Kind: drift.Value, Scenario: "s", Step: "w/x", Operation: "getUser", Pointer: "/n", A: "1", B: "2"}}
	if diff := cmp.Diff(want, drift.Compare(a, b)); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
}

func TestTheURLOfASandboxIsNoDrift(t *testing.T) {
	t.Parallel()
	a := run("run-a", "http://a.test/s/run-a", step("x", 200, `{"issuer":"http://a.test/s/run-a"}`))
	b := run("run-b", "https://b.test", step("x", 200, `{"issuer":"https://b.test"}`))
	if diff := cmp.Diff([]drift.Difference(nil), drift.Compare(a, b)); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
}
