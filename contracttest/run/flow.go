package run

import (
	"context"
	"errors"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/arazzo"
	"github.com/tenantry/tenantry/contracttest/expr"
	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/value"
)

// maxJumps bounds the gotos of a workflow.
const maxJumps = 100

// A flow is a workflow that runs, or one of its steps for one element of a list.
type flow struct {
	*scenario
	w       *arazzo.Workflow
	steps   map[string]map[string]any // outputs of steps, shared by all elements
	own     map[string]map[string]any // outputs that come before those: of the element's step, of a cleanup
	skipped map[string]bool           // steps that were skipped, shared too

	repeated bool
	item     any
	index    int

	faulty  bool // a fault is active
	cleanup bool
}

// workflow runs one, for each element if it has x-foreach, and tells whether it passed.
func (s *scenario) workflow(ctx context.Context, w *arazzo.Workflow) bool {
	f := s.newFlow(w)
	items, err := f.items(ctx, w.Foreach)
	if err != nil {
		s.skip(w, fmt.Sprintf("workflow %s: x-foreach: %s", w.ID, err), report.Error)
		return false
	}
	if w.Foreach == nil {
		return f.guarded(ctx)
	}
	for i, item := range items {
		f := s.newFlow(w)
		f.repeated, f.item, f.index = true, item, i
		if !f.guarded(ctx) {
			return false
		}
	}
	return true
}

func (s *scenario) newFlow(w *arazzo.Workflow) *flow {
	return &flow{scenario: s, w: w, steps: map[string]map[string]any{}, skipped: map[string]bool{}}
}

// with is the flow for one element.
func (f *flow) with(item any, index int) *flow {
	g := *f
	g.repeated, g.item, g.index = true, item, index
	g.own = make(map[string]map[string]any)
	for id, outputs := range f.own {
		g.own[id] = outputs
	}
	return &g
}

// items are the elements of a list; none if there is no list.
func (f *flow) items(ctx context.Context, list expr.Value) ([]any, error) {
	if list == nil {
		return nil, nil
	}
	v, err := list.Make(scope{ctx: ctx, flow: f})
	if err != nil {
		return nil, err
	}
	items, ok := v.([]any)
	if !ok {
		return nil, errors.New("the value is no list")
	}
	return items, nil
}

// guarded runs the steps while the faults of the workflow are active.
func (f *flow) guarded(ctx context.Context) bool {
	f.cleanups = append(f.cleanups, cleanup{flow: f, steps: f.w.Cleanup})
	undo, err := f.disturb(ctx, &f.w.Extensions)
	if err != nil {
		f.skip(f.w, fmt.Sprintf("workflow %s: %s", f.w.ID, err), report.Error)
		return false
	}
	f.faulty = f.w.Fault != nil
	passed := f.sequence(ctx)
	if err := undo(ctx); err != nil {
		f.skip(f.w, fmt.Sprintf("workflow %s: %s", f.w.ID, err), report.Error)
		return false
	}
	f.faulty = false
	return passed
}

// What follows a step.
type (
	way  int
	next struct {
		way  way
		step string
	}
)

const (
	onward way = iota
	jump
	finish // the workflow ends and passed
	abort  // the workflow ends and did not pass
)

// sequence runs the steps in their order, and where the actions lead.
func (f *flow) sequence(ctx context.Context) (passed bool) {
	jumps := 0
	for i := 0; i < len(f.w.Steps); i++ {
		if ctx.Err() != nil {
			f.skip(f.w, interrupted, report.Error)
			return false
		}
		switch n := f.step(ctx, f.w.Steps[i]); n.way {
		case onward:
		case jump:
			if jumps++; jumps > maxJumps {
				f.skip(f.w, fmt.Sprintf("workflow %s jumped more than %d times", f.w.ID, maxJumps), report.Error)
				return false
			}
			i = slices.IndexFunc(f.w.Steps, func(s *arazzo.Step) bool { return s.ID == n.step }) - 1
		case finish:
			return f.conclude(ctx)
		case abort:
			return false
		}
	}
	return f.conclude(ctx)
}

// conclude makes the outputs of the workflow.
func (f *flow) conclude(ctx context.Context) bool {
	outputs, err := evaluate(f.w.Outputs, scope{ctx: ctx, flow: f})
	if err != nil {
		f.skip(f.w, fmt.Sprintf("workflow %s: %s", f.w.ID, err), report.Error)
		return false
	}
	f.outputs[f.w.ID] = outputs
	return true
}

// evaluate makes outputs. What has no value is left out.
func evaluate(outputs []arazzo.Output, s scope) (map[string]any, error) {
	values := make(map[string]any, len(outputs))
	for _, o := range outputs {
		v, ok, err := o.Value.Eval(s)
		if err != nil {
			return nil, fmt.Errorf("output %s: %w", o.Name, err)
		}
		if ok && o.Pattern != nil {
			v, ok = capture(o.Pattern, value.Text(v), s.received)
		}
		if !ok {
			continue
		}
		values[o.Name] = v
		if text, is := v.(string); is && report.Secret(o.Name) {
			s.cfg.Mask.Add(text)
		}
	}
	return values, nil
}

// capture is what the group of a pattern matches; in a page, characters are written as entities.
func capture(pattern *regexp.Regexp, text string, from *received) (any, bool) {
	groups := pattern.FindStringSubmatch(text)
	if groups == nil {
		return nil, false
	}
	if from != nil && strings.HasPrefix(from.header.Get("Content-Type"), "text/html") {
		return html.UnescapeString(groups[1]), true
	}
	return groups[1], true
}

// output is an output of a step.
func (f *flow) output(step, name string) (any, bool) {
	if own, ok := f.own[step]; ok {
		v, ok := own[name]
		return v, ok
	}
	v, ok := f.steps[step][name]
	return v, ok
}

// keep remembers the outputs of a step.
func (f *flow) keep(step string, outputs map[string]any) {
	if f.own != nil {
		f.own[step] = outputs
		return
	}
	f.steps[step] = outputs
}

// ofSkipped tells whether a value is not there because its step was skipped.
func (f *flow) ofSkipped(err error) bool {
	var absent *expr.AbsentError
	if !errors.As(err, &absent) {
		return false
	}
	for id := range f.skipped {
		if strings.HasPrefix(absent.Expression, "$steps."+id+".") {
			return true
		}
	}
	return false
}
