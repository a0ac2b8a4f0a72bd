package run_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/run"
)

// A plane notes what it is told to do.
type plane struct {
	mu     sync.Mutex
	log    []any
	armed  int
	refuse error
}

func (p *plane) Fault(_ context.Context, rules []any) (func(context.Context) error, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.log = append(p.log, rules)
	p.armed++
	return func(ctx context.Context) error {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.armed--
		return ctx.Err()
	}, p.refuse
}

func (p *plane) Clock(_ context.Context, change map[string]any) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.log = append(p.log, change)
	return p.refuse
}

const faulty = `
  - workflowId: w
    inputs: {type: object, properties: {n: {type: integer, default: 7}}}
    steps:
      - stepId: lost
        operationId: listThings
        x-fault: {kind: cut, match: {operation: listThings}, with: {n: $inputs.n}}
        x-clock: {advance: 1h}
        successCriteria: [{condition: $statusCode == null}]
      - stepId: list
        operationId: listThings
`

func TestAFaultIsArmedForItsStepOnly(t *testing.T) {
	t.Parallel()
	s, p := open(t), &plane{}
	s.instead = func(_ http.ResponseWriter, _ *http.Request, _ int) bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.armed > 0 {
			panic(http.ErrAbortHandler) // the answer is lost
		}
		return false
	}
	cfg := config(t, s, faulty)
	cfg.Control = p
	rep := run.Run(t.Context(), cfg)
	wantTold(t, rep, "file pass\n  lost pass\n  list pass\n")
	if rep.Coverage["listThings"][200] != 1 || p.armed != 0 {
		t.Errorf("%d faults are armed, coverage %v", p.armed, rep.Coverage)
	}
	if len(p.log) != 2 || cmp.Diff(map[string]any{"advance": "1h"}, p.log[0]) != "" {
		t.Errorf("the control plane was told %v", p.log)
	}
}

func TestWhatAFaultSpoilsBreaksNoContract(t *testing.T) {
	t.Parallel()
	s, p := open(t), &plane{}
	s.instead = func(w http.ResponseWriter, _ *http.Request, _ int) bool {
		answer(w, 599, `{`)
		return true
	}
	cfg := config(t, s, `
  - workflowId: w
    x-fault: [{kind: body}]
    steps: [{stepId: a, operationId: listThings, successCriteria: [{condition: $statusCode == 599}]}]
`)
	cfg.Control = p
	rep := run.Run(t.Context(), cfg)
	if rep.Verdict != report.Pass || rep.Coverage["listThings"][599] != 0 || !rep.Scenarios[0].Steps[0].Faulty {
		t.Errorf("coverage %v after\n%s", rep.Coverage, told(rep))
	}
}

func TestWithoutAControlPlaneWhatNeedsItIsSkipped(t *testing.T) {
	t.Parallel()
	wantTold(t, run.Run(t.Context(), config(t, open(t), faulty)), `file pass
  lost skipped (step lost needs a control plane (x-fault, x-clock))
  list pass
`)
	rep := run.Run(t.Context(), config(t, open(t), `
  - workflowId: w
    x-clock: {freeze: true}
    steps: [{stepId: a, operationId: listThings}]
`))
	wantTold(t, rep, "file skipped\n   skipped (workflow w needs a control plane (x-fault, x-clock))\n")
}

func TestAControlPlaneThatRefusesIsAnError(t *testing.T) {
	t.Parallel()
	cfg := config(t, open(t), faulty)
	cfg.Control = &plane{refuse: errors.New("no such kind")}
	rep := run.Run(t.Context(), cfg)
	wantTold(t, rep, `file error
  lost error
    error setup: x-clock: no such kind
`)
}

func TestScenariosWithFaultsRunAlone(t *testing.T) {
	t.Parallel()
	s, p := open(t), &plane{}
	var together bool
	s.instead = func(_ http.ResponseWriter, r *http.Request, _ int) bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		together = together || p.armed > 0 && r.Method == http.MethodPost
		return false
	}
	file := `
  - workflowId: f
    x-fault: {kind: a}
    steps: [{stepId: a, operationId: listThings, x-foreach: [1, 2, 3, 4]}]
`
	for _, id := range []string{"a", "b", "c", "d"} {
		file += "  - {workflowId: " + id + ", steps: [{stepId: a, operationId: createThing, x-foreach: [1, 2, 3, 4], requestBody: {payload: {name: x}}}]}\n"
	}
	cfg := config(t, s, file)
	cfg.Control, cfg.Parallel = p, 5
	if rep := run.Run(t.Context(), cfg); rep.Verdict != report.Pass || together {
		t.Errorf("together %v:\n%s", together, told(rep))
	}
}

func TestAValueOfASkippedStepSkipsTheNext(t *testing.T) {
	t.Parallel()
	rep := steps(t, open(t), `
- stepId: a
  operationId: listThings
  x-requires: [root]
  outputs: {id: $response.body#/id}
- stepId: b
  operationId: getThing
  parameters: [{name: id, in: path, value: $steps.a.outputs.id}]
- stepId: c
  operationId: listThings
`)
	wantTold(t, rep, `file pass
  a skipped (step a requires root)
  b skipped (parameter id: $steps.a.outputs.id has no value: its step was skipped)
  c pass
`)
}

func TestTheTransportHidesNoFault(t *testing.T) {
	t.Parallel()
	s, p := open(t), &plane{}
	lost := false
	s.instead = func(_ http.ResponseWriter, _ *http.Request, _ int) bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.armed > 0 && !lost {
			lost = true
			panic(http.ErrAbortHandler)
		}
		return false
	}
	cfg := config(t, s, oneFlow(`
- {stepId: keep, operationId: listThings}
- {stepId: lose, operationId: listThings, x-fault: {kind: cut}, successCriteria: [{condition: $statusCode == null}]}
`))
	cfg.Control = p
	rep := run.Run(t.Context(), cfg)
	wantTold(t, rep, "file pass\n  keep pass\n  lose pass\n")
	if diff := cmp.Diff([]string{"GET /things", "GET /things"}, s.requests); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}
