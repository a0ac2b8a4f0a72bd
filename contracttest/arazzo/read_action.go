package arazzo

import (
	"regexp"
	"slices"
	"time"

	"github.com/tenantry/tenantry/contracttest/expr"
	"github.com/tenantry/tenantry/contracttest/value"
	"github.com/tenantry/tenantry/jsonpath"

	"github.com/tenantry/tenantry/yamltree"
)

// maxRetries bounds what a file may ask for.
const maxRetries = 1000

// actions reads those of a step before those of its workflow: the first of a name counts.
func (r *reader) actions(nodes []node, success bool) []Action {
	group := "failureActions"
	if success {
		group = "successActions"
	}
	var all []Action
	for _, n := range nodes {
		target, _, ok := r.reused(n, group)
		if !ok {
			continue
		}
		a, ok := r.action(target, success)
		if ok && !slices.ContainsFunc(all, func(b Action) bool { return a.Name == b.Name }) {
			all = append(all, a)
		}
	}
	return all
}

func (r *reader) action(n node, success bool) (Action, bool) {
	what, types := "a failure action", []string{End, Goto, Retry}
	if success {
		what, types = "a success action", []string{End, Goto}
	}
	o, ok := r.object(n, what)
	if !ok {
		return Action{}, false
	}
	a := Action{Pos: n.At}
	a.Name, _ = o.need("name")
	var at Pos
	a.Type, at = o.need("type")
	if a.Type != "" && !slices.Contains(types, a.Type) {
		r.add(at, "%s has no type %q; %s", what, a.Type, value.Hint(a.Type, types))
	}
	o.instead("workflowId", "jumps stay in their workflow (stepId)")
	r.target(o, &a)
	if !success {
		r.retry(o, &a)
	}
	a.Criteria = r.criteria(o, "criteria")
	o.end()
	return a, true
}

// target reads where a goto goes.
func (r *reader) target(o *object, a *Action) {
	step, at := o.text("stepId")
	switch {
	case a.Type == Goto && step == "":
		o.missing("stepId")
	case a.Type != Goto && step != "":
		r.add(at, "only a goto takes a stepId")
	case step != "" && r.flow != nil:
		flow := r.flow
		r.defers = append(r.defers, func() {
			var names []string
			for _, s := range flow.Steps {
				names = append(names, s.ID)
			}
			if !slices.Contains(names, step) {
				r.add(at, "step %q is not there; %s", step, value.Hint(step, names))
			}
		})
	}
	a.Step = step
}

func (r *reader) retry(o *object, a *Action) {
	after, _, hasAfter := o.amount("retryAfter")
	limit, at, hasLimit := o.amount("retryLimit")
	if a.Type != Retry {
		if hasAfter || hasLimit {
			r.add(o.n.At, "only a retry takes retryAfter and retryLimit")
		}
		return
	}
	if _, written := member(o.n, "retryLimit"); !written {
		o.missing("retryLimit: a retry without limit may never end")
		return
	}
	if limit != float64(int(limit)) || limit < 1 || limit > maxRetries {
		r.add(at, "retryLimit must be a whole number from 1 to %d", maxRetries)
		return
	}
	a.After, a.Limit = time.Duration(after*float64(time.Second)), int(limit)
}

func (r *reader) criteria(o *object, key string) []Criterion {
	var all []Criterion
	for _, n := range o.list(key) {
		if c := r.criterion(n); c != nil {
			all = append(all, Criterion{Pos: n.At, Test: c})
		}
	}
	return all
}

var criterionTypes = []string{"simple", "regex", "jsonpath"}

func (r *reader) criterion(n node) expr.Test {
	o, ok := r.object(n, "a criterion")
	if !ok {
		return nil
	}
	kind := r.criterionType(o)
	condition, has := o.get("condition")
	context, hasContext := o.get("context")
	o.end()
	switch {
	case !has:
		o.missing("condition")
	case condition.Shape > yamltree.Text:
		r.add(condition.At, "condition must be text, not %s", condition.Shape)
	case kind == "simple":
		c, err := expr.ParseCondition(condition.Value)
		if err != nil {
			r.add(condition.At, "condition %q: %s", condition.Value, err)
			return nil
		}
		r.uses(condition.At, during{answer: true}, c.Refs)
		return c
	case !hasContext:
		o.missing("context, which a condition of the type " + kind + " is about")
	default:
		return r.contextual(kind, condition, context)
	}
	return nil
}

func (r *reader) criterionType(o *object) string {
	n, ok := o.get("type")
	if !ok {
		return "simple"
	}
	if n.Shape == yamltree.Mapping { // a Criterion Expression Type Object
		t, _ := r.object(n, "a criterion's type")
		t.get("version")
		if _, written := t.get("type"); !written {
			t.missing("type")
		}
		t.end()
		n, _ = member(n, "type")
	}
	if n.Shape != yamltree.Text || !slices.Contains(criterionTypes, n.Value) {
		r.add(n.At, "a criterion has no type %q; %s", n.Value, value.Hint(n.Value, criterionTypes))
		return "simple"
	}
	return n.Value
}

// contextual reads a criterion that is about one value.
func (r *reader) contextual(kind string, condition, context node) expr.Test {
	e := r.expression(context, during{answer: true})
	if kind == "regex" {
		pattern, err := regexp.Compile(condition.Value)
		if err != nil {
			r.add(condition.At, "condition %q: %s", condition.Value, err)
		}
		if err != nil || e == nil {
			return nil
		}
		return &expr.Regex{Context: e, Pattern: pattern}
	}
	path, err := jsonpath.Parse(condition.Value)
	if err != nil {
		r.add(condition.At, "condition %q: %s", condition.Value, err)
	}
	if err != nil || e == nil {
		return nil
	}
	return &expr.JSONPath{Context: e, Path: path}
}
