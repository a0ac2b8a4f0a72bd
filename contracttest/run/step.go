package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/tenantry/tenantry/contracttest/arazzo"
	"github.com/tenantry/tenantry/contracttest/expr"
	"github.com/tenantry/tenantry/contracttest/report"
)

// step runs a step, for each element if it has x-foreach, and says what follows.
func (f *flow) step(ctx context.Context, s *arazzo.Step) next {
	if missing := f.lacking(s.Requires, &s.Extensions); missing != "" {
		return f.pass(s, fmt.Sprintf("step %s %s", s.ID, missing))
	}
	if s.Foreach == nil {
		return f.once(ctx, s)
	}
	items, err := f.items(ctx, s.Foreach)
	if err != nil {
		a := f.attempt(s)
		n := a.unready(fmt.Errorf("x-foreach: %w", err))
		a.end()
		return n
	}
	lists := make(map[string]any)
	for _, o := range s.Outputs {
		lists[o.Name] = []any{}
	}
	n := next{}
	for i, item := range items {
		if n = f.element(ctx, s, item, i, lists); n.way != onward {
			break
		}
	}
	f.keep(s.ID, lists)
	return n
}

// element runs a step for one element and adds its outputs to the lists; what has no value is null there.
func (f *flow) element(ctx context.Context, s *arazzo.Step, item any, index int, lists map[string]any) next {
	if ctx.Err() != nil {
		f.skip(f.w, interrupted, report.Error)
		return next{way: abort}
	}
	g := f.with(item, index)
	n := g.once(ctx, s)
	for name, list := range lists {
		if all, ok := list.([]any); ok {
			lists[name] = append(all, g.own[s.ID][name])
		}
	}
	return n
}

// pass records a step that is not run.
func (f *flow) pass(s *arazzo.Step, reason string) next {
	f.skipped[s.ID] = true
	a := f.attempt(s)
	a.rec.Verdict, a.rec.Reason = report.Skipped, reason
	a.end()
	return next{}
}

// once runs a step while its faults are active.
func (f *flow) once(ctx context.Context, s *arazzo.Step) next {
	a := f.attempt(s)
	defer a.end()
	undo, err := f.disturb(ctx, &s.Extensions)
	if err != nil {
		return a.unready(err)
	}
	if s.Fault != nil {
		a.faulty, a.rec.Faulty = true, true
	}
	n := a.run(ctx)
	if err := undo(ctx); err != nil {
		return a.unready(err)
	}
	return n
}

// disturb changes the clock and arms the faults that a step or workflow asks for.
func (f *flow) disturb(ctx context.Context, x *arazzo.Extensions) (undo func(context.Context) error, err error) {
	s := scope{ctx: ctx, flow: f}
	if x.Clock != nil {
		change, err := x.Clock.Make(s)
		if err != nil {
			return nil, fmt.Errorf("x-clock: %w", err)
		}
		members, _ := change.(map[string]any)
		if err := f.cfg.Control.Clock(ctx, members); err != nil {
			return nil, fmt.Errorf("x-clock: %w", err)
		}
		if f.cfg.Token != nil {
			f.cfg.Token.Forget()
		}
	}
	if x.Fault == nil {
		return func(context.Context) error { return nil }, nil
	}
	return f.fault(ctx, x.Fault, s)
}

func (f *flow) fault(ctx context.Context, given expr.Value, s scope) (undo func(context.Context) error, err error) {
	v, err := given.Make(s)
	if err != nil {
		return nil, fmt.Errorf("x-fault: %w", err)
	}
	rules, isList := v.([]any)
	if !isList {
		rules = []any{v}
	}
	disarm, err := f.cfg.Control.Fault(ctx, rules)
	if err != nil {
		return nil, fmt.Errorf("x-fault: %w", err)
	}
	return func(ctx context.Context) error {
		// The faults must go, also when the run was interrupted meanwhile.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), f.cfg.Timeout)
		defer cancel()
		if err := disarm(ctx); err != nil {
			return fmt.Errorf("take the faults away: %w", err)
		}
		return nil
	}, nil
}

// An attempt is one step that runs, until it is not tried again.
type attempt struct {
	*flow
	s        *arazzo.Step
	rec      report.Step
	retries  map[string]int // by action
	waits    int            // that the server asked for
	cleaning map[string]any // the outputs that the cleanup was registered with last; nil before
}

func (f *flow) attempt(s *arazzo.Step) *attempt {
	g := *f
	a := &attempt{flow: &g, s: s, retries: make(map[string]int)}
	a.rec = report.Step{
		ID: s.ID, Workflow: f.w.ID, Operation: s.Operation.ID, Line: s.Line, Cleanup: f.cleanup, Faulty: f.faulty,
		Started: f.cfg.Clock.Now(),
	}
	if s.Foreach != nil && f.repeated {
		a.rec.Item = &g.index
	}
	return a
}

// end records the step.
func (a *attempt) end() {
	a.rec.Duration = a.cfg.Clock.Now().Sub(a.rec.Started)
	if a.rec.Verdict == "" {
		a.rec.Verdict = report.Judge(a.rec.Findings)
	}
	a.report.Steps = append(a.report.Steps, a.rec)
}

// found adds a finding, once.
func (a *attempt) found(f report.Finding) {
	if f.Line == 0 {
		f.Line = a.s.Line
	}
	for _, known := range a.rec.Findings {
		if known == f {
			return
		}
	}
	a.rec.Findings = append(a.rec.Findings, f)
}

// unready records why a step could not be made ready or judged.
func (a *attempt) unready(err error) next {
	var absent *expr.AbsentError
	switch {
	case a.cleanup && errors.As(err, &absent):
		a.rec.Verdict, a.rec.Reason = report.Skipped, "nothing to clean up: "+err.Error()
		return next{}
	case a.ofSkipped(err):
		a.skipped[a.s.ID] = true
		a.rec.Verdict, a.rec.Reason = report.Skipped, err.Error()+": its step was skipped"
		return next{}
	}
	a.found(report.Finding{Kind: report.Setup, Severity: report.SeverityError, Message: err.Error()})
	return next{way: abort}
}

// register makes the cleanup of the step known, again if there is another object since.
func (a *attempt) register(outputs map[string]any) {
	if len(a.s.Cleanup) == 0 || a.cleaning != nil && same(a.cleaning, outputs) {
		return
	}
	g := *a.flow
	g.own = map[string]map[string]any{a.s.ID: outputs}
	for id, others := range a.own {
		if id != a.s.ID {
			g.own[id] = others
		}
	}
	g.faulty = false
	c := cleanup{flow: &g, steps: a.s.Cleanup}
	if len(a.cleaning) == 0 && a.cleaning != nil {
		a.cleanups[len(a.cleanups)-1] = c // the earlier try had made nothing
	} else {
		a.cleanups = append(a.cleanups, c)
	}
	a.cleaning = outputs
}

func same(a, b map[string]any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}
