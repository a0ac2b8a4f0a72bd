package run_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/run"
)

const create = `
- stepId: create
  operationId: createThing
  requestBody: {payload: {name: pen}}
  successCriteria: [{condition: $statusCode == 201}]
  outputs: {id: $response.body#/id}
  x-cleanup:
    - stepId: remove
      operationId: deleteThing
      parameters: [{name: id, in: path, value: $steps.create.outputs.id}]
`

func wantTold(t *testing.T, rep *report.Report, want string) {
	t.Helper()
	if diff := cmp.Diff(want, told(rep)); diff != "" {
		t.Errorf("the report (-want +got):\n%s", diff)
	}
}

func TestWorkflowsRunInTheOrderOfTheirDependenciesAndPassOutputsOn(t *testing.T) {
	t.Parallel()
	s := open(t)
	rep := run.Run(t.Context(), config(t, s, `
  - workflowId: second
    dependsOn: [first]
    steps:
      - stepId: get
        operationId: getThing
        parameters: [{name: id, in: path, value: $workflows.first.outputs.id}]
        successCriteria: [{condition: $response.body#/name == 'PEN'}]
  - workflowId: first
    steps:
      - stepId: create
        operationId: $sourceDescriptions.api.createThing
        requestBody: {payload: {name: pen}}
        outputs: {id: $response.body#/id}
    outputs: {id: $steps.create.outputs.id}
  - workflowId: other
    steps:
      - {stepId: list, operationId: listThings}
`))
	wantTold(t, rep, `file/first pass
  create pass
  get pass
file/other pass
  list pass
`)
	if rep.Verdict != report.Pass || rep.Coverage["getThing"][200] != 1 || rep.Coverage["getThing"][404] != 0 {
		t.Errorf("verdict %s, coverage %v", rep.Verdict, rep.Coverage)
	}
	if _, documented := rep.Coverage["deleteThing"][204]; !documented {
		t.Errorf("coverage %v lacks what was not met", rep.Coverage)
	}
}

func TestAFailedCriterionEndsTheWorkflowAndTellsExpectedAndActual(t *testing.T) {
	t.Parallel()
	rep := steps(t, open(t), `
- stepId: get
  operationId: getThing
  parameters: [{name: id, in: path, value: none}]
  successCriteria:
    - condition: $statusCode == 200
    - condition: $response.body#/error/code == 404
- stepId: never
  operationId: listThings
`)
	wantTold(t, rep, `file fail
  get fail
    violation criterion: expected $statusCode == 200, actual 404
`)
	got := rep.Scenarios[0].Steps[0].Findings[0]
	want := report.Finding{
		Kind: "criterion", Severity: "violation", Message: "expected $statusCode == 200, actual 404",
		Expected: "$statusCode == 200", Actual: "404", Line: 11,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the finding (-want +got):\n%s", diff)
	}
}

func TestEveryAnswerIsJudgedByTheDocument(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status     int
		body, want string
	}{
		"a missing member is a violation":     {200, `{"items":[{"id":"a"}]}`, "    violation contract: body /items/0/name is required\n"},
		"an undocumented status is one":       {202, ``, "    violation contract: status 202 is not in the operation's table\n"},
		"an undocumented member is a note":    {200, `{"items":[],"more":1}`, "    note contract: body /more is not documented\n"},
		"what follows the body is seen":       {200, `{"items":[]}}`, "    violation contract: body is not valid JSON: line 1, column 13: expected the end of the body, found '}'\n"},
		"what is documented is found nothing": {200, `{"items":[]}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			s.instead = func(w http.ResponseWriter, _ *http.Request, _ int) bool {
				answer(w, tt.status, tt.body)
				return true
			}
			rep := steps(t, s, `- {stepId: list, operationId: listThings}`)
			verdict := report.Pass
			if tt.want != "" && tt.want[4] == 'v' {
				verdict = report.Fail
			}
			wantTold(t, rep, "file "+string(verdict)+"\n  list "+string(verdict)+"\n"+tt.want)
		})
	}
}

func TestAStepWithoutCriteriaWantsNoError(t *testing.T) {
	t.Parallel()
	rep := steps(t, open(t), `- {stepId: get, operationId: getThing, parameters: [{name: id, in: path, value: x}]}`)
	wantTold(t, rep, `file fail
  get fail
    violation criterion: expected $statusCode < 400, actual 404
`)
}

func TestAnUnreachableTargetIsAnErrorWithOneClearLine(t *testing.T) {
	t.Parallel()
	s := open(t)
	cfg := config(t, s, oneFlow(`- {stepId: list, operationId: listThings}`))
	s.Close()
	rep := run.Run(t.Context(), cfg)
	if rep.Verdict != report.Error || rep.Scenarios[0].Steps[0].Findings[0].Kind != report.Transport {
		t.Errorf("the report is\n%s", told(rep))
	}
}

func TestARequestTimesOut(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.instead = func(_ http.ResponseWriter, r *http.Request, _ int) bool {
		<-r.Context().Done()
		return true
	}
	cfg := config(t, s, oneFlow(`- {stepId: list, operationId: listThings}`))
	cfg.Timeout = 50_000_000
	wantTold(t, run.Run(t.Context(), cfg), `file error
  list error
    error transport: GET /things: no answer within 50ms
`)
}

// A run that is told to go slowly must not take that for a target that does not answer; an interruption ends the wait.
func TestAWaitForATurnIsNoTimeOut(t *testing.T) {
	t.Parallel()
	s := open(t)
	cfg := config(t, s, oneFlow(`- {stepId: list, operationId: listThings}`))
	cfg.Timeout = 5 * time.Second
	turns := 0
	cfg.Turn = func(ctx context.Context) error {
		if _, limited := ctx.Deadline(); limited {
			t.Error("the wait for a turn counts for the time-out")
		}
		turns++
		return nil
	}
	wantTold(t, run.Run(t.Context(), cfg), `file pass
  list pass
`)
	if turns != 1 {
		t.Errorf("%d turns were taken, want 1", turns)
	}
	ctx, interrupt := context.WithCancel(t.Context())
	cfg.Turn = func(ctx context.Context) error { interrupt(); return ctx.Err() }
	wantTold(t, run.Run(ctx, cfg), `file error
  list error
    error transport: GET /things: interrupted
`)
}

func TestXForeachRunsAStepForEachElement(t *testing.T) {
	t.Parallel()
	s := open(t)
	rep := steps(t, s, `
- stepId: create
  operationId: createThing
  x-foreach: [pen, ink]
  requestBody: {payload: {name: 'a {$item} {$index}'}}
  outputs: {id: $response.body#/id}
  x-cleanup:
    - stepId: remove
      operationId: deleteThing
      parameters: [{name: id, in: path, value: $steps.create.outputs.id}]
- stepId: get
  operationId: getThing
  x-foreach: $steps.create.outputs.id
  parameters: [{name: id, in: path, value: $item}]
- stepId: list
  operationId: listThings
  parameters: [{name: ids, in: query, value: $steps.create.outputs.id}]
`)
	if rep.Verdict != report.Pass || s.left() != 0 {
		t.Errorf("%d things are left after\n%s", s.left(), told(rep))
	}
	want := []string{
		"POST /things", "POST /things", "GET /things/t1", "GET /things/t2", "GET /things?ids=t1%2Ct2",
		"DELETE /things/t2", "DELETE /things/t1",
	}
	if diff := cmp.Diff(want, s.requests); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{`{"name":"a pen 0"}`, `{"name":"a ink 1"}`}, s.bodies); diff != "" {
		t.Errorf("bodies (-want +got):\n%s", diff)
	}
}

func TestXForeachRunsAWorkflowForEachElement(t *testing.T) {
	t.Parallel()
	s := open(t)
	cfg := config(t, s, `
  - workflowId: w
    inputs: {type: object, properties: {names: {type: array}}}
    x-foreach: $inputs.names
    steps:
      - stepId: create
        operationId: createThing
        requestBody: {payload: {name: $item}}
`)
	cfg.Inputs = map[string]any{"names": []string{"pen", "ink"}}
	rep := run.Run(t.Context(), cfg)
	if rep.Verdict != report.Pass || s.left() != 2 {
		t.Errorf("%d things are left after\n%s", s.left(), told(rep))
	}
}

func TestAListThatIsNoneIsAnError(t *testing.T) {
	t.Parallel()
	rep := steps(t, open(t), create+`
- stepId: get
  operationId: getThing
  x-foreach: $steps.create.outputs.id
  parameters: [{name: id, in: path, value: $item}]
`)
	wantTold(t, rep, `file error
  create pass
  get error
    error setup: x-foreach: the value is no list
  remove pass
`)
}

func TestACaptureTakesAPartOfAPageOrALink(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.instead = func(w http.ResponseWriter, _ *http.Request, n int) bool {
		if n == 1 {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Location", "/back?code=abc&state=1")
			w.WriteHeader(302)
			_, _ = w.Write([]byte(`<input name="csrf" value="a&#43;b">`))
		}
		return n == 1
	}
	rep := steps(t, s, `
- stepId: page
  operationId: listThings
  x-capture:
    csrf: {context: $response.body, pattern: 'name="csrf" value="([^"]*)"'}
    code: {context: $response.header.Location, pattern: '[?&]code=([^&]*)'}
    none: {context: $response.body, pattern: 'name="none" (.)'}
- stepId: use
  operationId: listThings
  parameters: [{name: ids, in: query, value: '{$steps.page.outputs.csrf} {$steps.page.outputs.code}'}]
`)
	if diff := cmp.Diff([]string{"GET /things", "GET /things?ids=a%2Bb+abc"}, s.requests); diff != "" {
		t.Errorf("requests (-want +got):\n%s\n%s", diff, told(rep))
	}
}
