package run_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/run"
)

func TestCleanupsRunLastFirstAlsoAfterAFailure(t *testing.T) {
	t.Parallel()
	s := open(t)
	rep := run.Run(t.Context(), config(t, s, `
  - workflowId: w
    x-cleanup:
      - {stepId: last, operationId: listThings}
    steps:
      - stepId: a
        operationId: createThing
        requestBody: {payload: {name: a}}
        outputs: {id: $response.body#/id}
        x-cleanup:
          - stepId: read-a
            operationId: getThing
            parameters: [{name: id, in: path, value: $steps.a.outputs.id}]
            outputs: {id: $response.body#/id}
          - stepId: remove-a
            operationId: deleteThing
            parameters: [{name: id, in: path, value: $steps.read-a.outputs.id}]
      - stepId: b
        operationId: createThing
        requestBody: {payload: {name: b}}
        outputs: {id: $response.body#/id}
        x-cleanup:
          - stepId: remove-b
            operationId: deleteThing
            parameters: [{name: id, in: path, value: $steps.b.outputs.id}]
      - stepId: fails
        operationId: listThings
        successCriteria: [{condition: $statusCode == 500}]
      - stepId: never
        operationId: createThing
        requestBody: {payload: {name: c}}
        x-cleanup:
          - {stepId: unneeded, operationId: listThings}
`))
	wantTold(t, rep, `file fail
  a pass
  b pass
  fails fail
    violation criterion: expected $statusCode == 500, actual 200
  remove-b pass
  read-a pass
  remove-a pass
  last pass
`)
	want := []string{
		"POST /things", "POST /things", "GET /things", "DELETE /things/t2", "GET /things/t1", "DELETE /things/t1", "GET /things",
	}
	if diff := cmp.Diff(want, s.requests); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

func TestAStepThatMadeSomethingUnwantedIsCleanedUpAfter(t *testing.T) {
	t.Parallel()
	s := open(t)
	rep := steps(t, s, `
- stepId: create
  operationId: createThing
  requestBody: {payload: {name: pen}}
  successCriteria: [{condition: $statusCode == 400}]
  outputs: {id: $response.body#/id}
  x-cleanup:
    - stepId: remove
      operationId: deleteThing
      parameters: [{name: id, in: path, value: $steps.create.outputs.id}]
`)
	if rep.Verdict != report.Fail || s.left() != 0 {
		t.Errorf("%d things are left after\n%s", s.left(), told(rep))
	}
}

func TestACleanupWithNothingToDoIsSkipped(t *testing.T) {
	t.Parallel()
	rep := steps(t, open(t), `
- stepId: create
  operationId: createThing
  requestBody: {payload: {}}
  successCriteria: [{condition: $statusCode == 400}]
  outputs: {id: $response.body#/id}
  x-cleanup:
    - stepId: remove
      operationId: deleteThing
      parameters: [{name: id, in: path, value: $steps.create.outputs.id}]
`)
	wantTold(t, rep, `file pass
  create pass
  remove skipped (nothing to clean up: parameter id: $steps.create.outputs.id has no value)
`)
}

func TestWhatIsGoneAlreadyIsClean(t *testing.T) {
	t.Parallel()
	rep := steps(t, open(t), create+`
- stepId: delete
  operationId: deleteThing
  parameters: [{name: id, in: path, value: $steps.create.outputs.id}]
`)
	if rep.Verdict != report.Pass {
		t.Errorf("the report is\n%s", told(rep))
	}
}

func TestACleanupThatFailsIsAnErrorAndKeepsNoOtherFromRunning(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.instead = func(w http.ResponseWriter, r *http.Request, _ int) bool {
		if r.URL.Path == "/api/2/things/t2" {
			answer(w, 500, `{"error":{}}`)
			return true
		}
		return false
	}
	rep := steps(t, s, `
- stepId: create
  operationId: createThing
  x-foreach: [a, b, c]
  requestBody: {payload: {name: $item}}
  outputs: {id: $response.body#/id}
  x-cleanup:
    - stepId: remove
      operationId: deleteThing
      parameters: [{name: id, in: path, value: $steps.create.outputs.id}]
`)
	if rep.Verdict != report.Error || s.left() != 1 {
		t.Errorf("%d things are left after\n%s", s.left(), told(rep))
	}
}

func TestAnObjectOfEachTryIsCleanedUp(t *testing.T) {
	t.Parallel()
	s := open(t)
	rep := steps(t, s, `
- stepId: create
  operationId: createThing
  requestBody: {payload: {name: pen}}
  successCriteria: [{condition: $response.body#/id == 't3'}]
  onFailure: [{name: again, type: retry, retryLimit: 5}]
  outputs: {id: $response.body#/id}
  x-cleanup:
    - stepId: remove
      operationId: deleteThing
      parameters: [{name: id, in: path, value: $steps.create.outputs.id}]
`)
	if rep.Verdict != report.Pass || s.made != 3 || s.left() != 0 {
		t.Errorf("%d things of %d are left after\n%s", s.left(), s.made, told(rep))
	}
}

func TestAnInterruptedRunCleansUpAndReportsWhatRan(t *testing.T) {
	t.Parallel()
	s := open(t)
	ctx, interrupt := context.WithCancel(t.Context())
	s.instead = func(_ http.ResponseWriter, r *http.Request, n int) bool {
		if n == 2 && r.Method == http.MethodPost {
			interrupt() // while the second thing is being made
		}
		return false
	}
	rep := run.Run(ctx, config(t, s, oneFlow(`
- stepId: create
  operationId: createThing
  x-foreach: [a, b, c]
  requestBody: {payload: {name: $item}}
  outputs: {id: $response.body#/id}
  x-cleanup:
    - stepId: remove
      operationId: deleteThing
      parameters: [{name: id, in: path, value: $steps.create.outputs.id}]
`)))
	if rep.Verdict != report.Error || !rep.Interrupted || s.made != 2 || s.left() != 0 {
		t.Errorf("%d things of %d are left after\n%s", s.left(), s.made, told(rep))
	}
	wantTold(t, rep, `file error
  create pass
  create pass
   error (interrupted)
  remove pass
  remove pass
`)
}
