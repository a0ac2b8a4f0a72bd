package run

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/arazzo"
	"github.com/tenantry/tenantry/contracttest/report"
)

// A scenario is a unit that runs.
type scenario struct {
	*Runner
	unit
	report   report.Scenario
	inputs   map[string]map[string]any // by workflow
	outputs  map[string]map[string]any // by workflow that passed
	cleanups []cleanup                 // in the order in which they became known
}

func newScenario(r *Runner, u unit) *scenario {
	return &scenario{
		Runner: r, unit: u,
		report:  report.Scenario{ID: u.id, File: u.doc.File, Title: u.title(), Tags: u.tags(), Steps: []report.Step{}},
		inputs:  make(map[string]map[string]any),
		outputs: make(map[string]map[string]any),
	}
}

func (s *scenario) run(ctx context.Context) {
	s.report.Started = s.cfg.Clock.Now()
	late := s.cfg.FailFast && s.failed.Load()
	for _, w := range s.flows {
		if late {
			s.skip(w, "not begun: another scenario did not pass", report.Skipped)
			continue
		}
		if reason, verdict := s.obstacle(ctx, w); reason != "" {
			s.skip(w, reason, verdict)
			continue
		}
		if s.workflow(ctx, w) {
			s.outputs[w.ID] = orEmpty(s.outputs[w.ID])
		} else {
			delete(s.outputs, w.ID)
		}
	}
	s.cleanUp(ctx)
	s.report.Duration = s.cfg.Clock.Now().Sub(s.report.Started)
	s.judge()
}

func orEmpty(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}

// judge makes the verdict of the scenario from those of its steps.
func (s *scenario) judge() {
	verdicts := make([]report.Verdict, 0, len(s.report.Steps))
	for _, step := range s.report.Steps {
		verdicts = append(verdicts, step.Verdict)
	}
	s.report.Verdict = report.Worst(verdicts...)
	if s.report.Verdict == report.Pass || s.report.Verdict == report.Fail {
		return
	}
	for _, step := range s.report.Steps {
		if step.Verdict == s.report.Verdict {
			s.report.Reason = reason(step)
			return
		}
	}
}

// reason is why a step did not run.
func reason(step report.Step) string {
	if step.Reason != "" {
		return step.Reason
	}
	for _, f := range step.Findings {
		if f.Severity == report.SeverityError {
			return fmt.Sprintf("step %s: %s", step.ID, f.Message)
		}
	}
	return ""
}

// skip records a workflow that is not run.
func (s *scenario) skip(w *arazzo.Workflow, reason string, verdict report.Verdict) {
	s.report.Steps = append(s.report.Steps, report.Step{
		Workflow: w.ID, Line: w.Line, Verdict: verdict, Reason: reason, Started: s.cfg.Clock.Now(),
	})
}

// obstacle is why a workflow cannot run, and whether that is an error; "" if nothing is in its way. It prepares the inputs.
func (s *scenario) obstacle(ctx context.Context, w *arazzo.Workflow) (reason string, v report.Verdict) {
	if ctx.Err() != nil {
		return interrupted, report.Error
	}
	for _, id := range w.DependsOn {
		if s.outputs[id] == nil {
			return fmt.Sprintf("workflow %s depends on %s, which did not pass", w.ID, id), report.Skipped
		}
	}
	if missing := s.lacking(slices.Concat(s.doc.Requires, w.Requires), &w.Extensions); missing != "" {
		return fmt.Sprintf("workflow %s %s", w.ID, missing), report.Skipped
	}
	if w.Mutating() && !s.cfg.AllowWrites {
		return fmt.Sprintf("workflow %s changes the target, and writes are not allowed", w.ID), report.Skipped
	}
	if wrong := s.prepare(w); len(wrong) > 0 {
		return fmt.Sprintf("workflow %s: %s", w.ID, strings.Join(wrong, "; ")), report.Error
	}
	return "", report.Pass
}

// interrupted is why a workflow ends when the context does.
const interrupted = "interrupted"

// lacking says what of the required things is not there, "" if all are.
func (s *scenario) lacking(requires []string, x *arazzo.Extensions) string {
	var missing []string
	for _, name := range requires {
		if !s.capable(name) {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return "requires " + strings.Join(missing, ", ")
	}
	if (x.Fault != nil || x.Clock != nil) && s.cfg.Control == nil {
		return "needs a control plane (x-fault, x-clock)"
	}
	return ""
}

func (s *scenario) capable(name string) bool {
	switch name {
	case "control", "fault", "clock":
		return s.cfg.Control != nil
	case "writes":
		return s.cfg.AllowWrites
	}
	return slices.Contains(s.cfg.Capabilities, name)
}
