package arazzo

import (
	"slices"

	"github.com/tenantry/tenantry/contracttest/expr"
	"github.com/tenantry/tenantry/contracttest/value"

	"github.com/tenantry/tenantry/yamltree"
)

// during says what expressions may name where they stand.
type during struct {
	answer bool // $request, $response and $statusCode: there is a request
	list   bool // the list of x-foreach itself: there is no element yet
}

// value reads a node with the expressions in it; nil if something is wrong with them.
func (r *reader) value(n node, d during) expr.Value {
	switch n.Shape {
	case yamltree.Text:
		v, err := expr.ParseText(n.Value)
		if err != nil {
			r.add(n.At, "%q: %s", n.Value, err)
			return nil
		}
		r.uses(n.At, d, v.Refs)
		return v
	case yamltree.List:
		out := make(expr.List, 0, len(n.Kids))
		for _, k := range n.Kids {
			if v := r.value(k, d); v != nil {
				out = append(out, v)
			}
		}
		return out
	case yamltree.Mapping:
		r.twice(n)
		out := make(expr.Object, len(n.Kids))
		for _, k := range n.Kids {
			if v := r.value(k, d); v != nil {
				out[k.Key] = v
			}
		}
		return out
	case yamltree.Null, yamltree.Boolean, yamltree.Number:
	}
	return expr.Literal{V: n.Plain()}
}

// expression reads a node that must be one.
func (r *reader) expression(n node, d during) *expr.Expression {
	if n.Shape != yamltree.Text {
		r.add(n.At, "an expression must stand here, not %s", n.Shape)
		return nil
	}
	e, err := expr.ParseExpression(n.Value)
	if err != nil {
		r.add(n.At, "%q: %s", n.Value, err)
		return nil
	}
	r.uses(n.At, d, e.Refs)
	return e
}

// foreach reads a list, or an expression of one.
func (r *reader) foreach(n node) expr.Value {
	if n.Shape == yamltree.List {
		return r.value(n, during{list: true})
	}
	if e := r.expression(n, during{list: true}); e != nil {
		return e
	}
	return nil
}

// uses checks what references name, once all of it is known.
func (r *reader) uses(at Pos, d during, refs func(func(expr.Ref))) {
	refs(func(ref expr.Ref) {
		if r.flow == nil { // a component: it is checked where it is used
			return
		}
		u := use{r: r, ref: ref, at: at, during: d, flow: r.flow, step: r.step, steps: r.steps}
		r.finally = append(r.finally, u.check)
	})
}

// A use is a reference where it stands.
type use struct {
	r   *reader
	ref expr.Ref
	at  Pos
	during
	flow  *Workflow
	step  *Step
	steps map[string]*Step
}

func (u use) refuse(format string, args ...any) {
	u.r.add(u.at, u.ref.String()+": "+format, args...)
}

func (u use) check() {
	switch u.ref.Kind {
	case expr.Inputs:
		u.declared(u.flow, u.ref.Name)
	case expr.Steps:
		u.ofStep()
	case expr.Workflows:
		u.ofWorkflow()
	case expr.Sources:
		if !slices.Contains(u.r.sourceNames(), u.ref.Owner) {
			u.refuse("source %q is not there; %s", u.ref.Owner, value.Hint(u.ref.Owner, u.r.sourceNames()))
		}
	case expr.Components:
		u.refuse("components are used by reference: only")
	case expr.Item, expr.Index:
		if u.list && !u.nested() || !u.list && !u.repeated() {
			u.refuse("there is no x-foreach around it")
		}
	case expr.URL, expr.Method, expr.StatusCode, expr.Request, expr.Response:
		if !u.answer {
			u.refuse("there is no request yet; use an output of an earlier step")
		}
	}
}

// repeated tells whether there is an element: of the workflow, of the step, or of the step that is cleaned up after.
func (u use) repeated() bool {
	return u.flow.Foreach != nil || u.step != nil && u.step.Foreach != nil || u.step != nil && cleansRepeated(u.flow.Steps, u.step)
}

// nested tells whether the list of a step may name the element of its workflow.
func (u use) nested() bool { return u.step != nil && u.flow.Foreach != nil }

func cleansRepeated(steps []*Step, cleanup *Step) bool {
	for _, s := range steps {
		if slices.Contains(s.Cleanup, cleanup) && s.Foreach != nil {
			return true
		}
	}
	return false
}

// declared refuses inputs that the workflow does not declare.
func (u use) declared(w *Workflow, name string) {
	var names []string
	if w.Inputs != nil {
		names = w.Inputs.names()
	}
	if !slices.Contains(names, name) {
		u.refuse("workflow %s declares no input %q; %s", w.ID, name, value.Hint(name, names))
	}
}

func (u use) ofStep() {
	s, ok := u.steps[u.ref.Owner]
	if !ok {
		r := reader{steps: u.steps}
		u.refuse("step %q is not there; %s", u.ref.Owner, value.Hint(u.ref.Owner, r.stepNames()))
		return
	}
	if names := outputNames(s.Outputs); !slices.Contains(names, u.ref.Name) {
		u.refuse("step %s has no output %q; %s", s.ID, u.ref.Name, value.Hint(u.ref.Name, names))
	}
}

func (u use) ofWorkflow() {
	w, ok := u.r.doc.Workflow(u.ref.Owner)
	switch {
	case !ok:
		u.refuse("workflow %q is not there; %s", u.ref.Owner, value.Hint(u.ref.Owner, u.r.workflowNames()))
	case !u.r.doc.depends(u.flow, w.ID):
		u.refuse("workflow %s must depend on %s (dependsOn)", u.flow.ID, w.ID)
	case u.ref.Part != expr.Outputs:
		u.declared(w, u.ref.Name)
	case !slices.Contains(outputNames(w.Outputs), u.ref.Name):
		u.refuse("workflow %s has no output %q; %s", w.ID, u.ref.Name, value.Hint(u.ref.Name, outputNames(w.Outputs)))
	}
}
