package arazzo

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/value"

	"github.com/tenantry/tenantry/yamltree"
)

func (r *reader) workflow(n node) {
	o, ok := r.object(n, "a workflow")
	if !ok {
		return
	}
	w := &Workflow{Pos: n.At}
	r.flow, r.step, r.steps, r.defers = w, nil, map[string]*Step{}, nil
	w.ID = o.id("workflowId")
	if slices.Contains(r.workflowNames(), w.ID) {
		r.add(n.At, "there are two workflows %q", w.ID)
	}
	w.Summary, _ = o.text("summary")
	o.text("description")
	if inputs, has := o.get("inputs"); has {
		w.Inputs = r.inputs(inputs)
	}
	w.DependsOn = o.texts("dependsOn")
	r.doc.Workflows = append(r.doc.Workflows, w)
	r.extensions(o, &w.Extensions, o.list("parameters"))
	w.Tags = o.texts("x-tags")
	r.sequence(o, w)
	w.Outputs = r.outputs(o)
	o.end()
	for _, f := range r.defers {
		f()
	}
	r.flow = nil
}

// sequence reads the steps, and what the workflow gives all of them.
func (r *reader) sequence(o *object, w *Workflow) {
	parameters := o.list("parameters")
	onSuccess, onFailure := o.list("successActions"), o.list("failureActions")
	steps := o.list("steps")
	if len(steps) == 0 {
		r.add(o.n.At, "workflow %s has no steps", w.ID)
	}
	for _, n := range steps {
		if s := r.readStep(n, parameters, onSuccess, onFailure); s != nil {
			w.Steps = append(w.Steps, s)
		}
	}
	r.step = nil
}

// inputs reads a schema, or one of the components.
func (r *reader) inputs(n node) *Schema {
	if ref, has := member(n, "$ref"); has {
		name, is := strings.CutPrefix(ref.Value, "#/components/inputs/")
		if !is {
			r.add(ref.At, "$ref %q must begin with #/components/inputs/", ref.Value)
			return nil
		}
		target, ok := r.component("inputs", name, ref.At)
		if !ok {
			return nil
		}
		n = target
	}
	s := r.schema(n)
	if s != nil && s.Type != "" && s.Type != "object" {
		r.add(n.At, "inputs must be of the type object")
	}
	return s
}

// readStep reads a step of the workflow; the lists are what the workflow gives all its steps.
func (r *reader) readStep(n node, parameters, onSuccess, onFailure []node) *Step {
	o, ok := r.object(n, "a step")
	if !ok {
		return nil
	}
	s := &Step{Pos: n.At}
	outer := r.step
	r.step = s
	defer func() { r.step = outer }()
	s.ID = o.id("stepId")
	if r.steps[s.ID] != nil {
		r.add(n.At, "there are two steps %q in workflow %s", s.ID, r.flow.ID)
	}
	r.steps[s.ID] = s
	o.text("description")
	o.instead("workflowId", "let the workflow depend on the other one (dependsOn)")
	o.instead("operationPath", "name the operation by its operationId")
	r.operation(o, s)
	r.extensions(o, &s.Extensions, parameters)
	r.parameters(s, append(o.list("parameters"), parameters...))
	s.Body = r.body(o)
	s.Criteria = r.criteria(o, "successCriteria")
	s.OnSuccess = r.actions(append(o.list("onSuccess"), onSuccess...), true)
	s.OnFailure = r.actions(append(o.list("onFailure"), onFailure...), false)
	s.Outputs = append(r.outputs(o), r.captures(o)...)
	o.end()
	return s
}

func (r *reader) operation(o *object, s *Step) {
	id, at := o.need("operationId")
	if id == "" {
		return
	}
	if rest, qualified := strings.CutPrefix(id, "$sourceDescriptions."); qualified {
		source, name, _ := strings.Cut(rest, ".")
		if !slices.Contains(r.sourceNames(), source) {
			r.add(at, "source %q is not there; %s", source, value.Hint(source, r.sourceNames()))
		}
		id = name
	}
	operation, ok := r.operations.Operation(id)
	if !ok {
		var ids []string
		for _, known := range r.operations.Operations() {
			ids = append(ids, known.ID)
		}
		r.add(at, "operation %q is unknown; %s", id, value.Hint(id, ids))
		return
	}
	s.Operation = operation
}

// extensions reads those that workflows and steps share. Steps of a cleanup have the workflow's parameters too.
func (r *reader) extensions(o *object, x *Extensions, parameters []node) {
	x.Requires = o.texts("x-requires")
	x.Mutates = o.flag("x-mutates")
	if n, ok := o.get("x-foreach"); ok {
		x.Foreach = r.foreach(n)
	}
	if n, ok := o.get("x-fault"); ok {
		if n.Shape != yamltree.Mapping && n.Shape != yamltree.List {
			r.add(n.At, "x-fault must be a fault rule or a list of them")
		}
		x.Fault = r.value(n, during{})
	}
	if n, ok := o.get("x-clock"); ok {
		if n.Shape != yamltree.Mapping {
			r.add(n.At, "x-clock must be a mapping, such as {advance: 1h}")
		}
		x.Clock = r.value(n, during{})
	}
	for _, n := range o.list("x-cleanup") {
		if s := r.readStep(n, parameters, nil, nil); s != nil {
			r.noJumps(s)
			x.Cleanup = append(x.Cleanup, s)
		}
	}
}

// noJumps refuses actions that a cleanup does not follow: it runs to its end, whatever happens.
func (r *reader) noJumps(s *Step) {
	for _, a := range slices.Concat(s.OnSuccess, s.OnFailure) {
		if a.Type != Retry {
			r.add(a.Pos, "a step of a cleanup may retry, but neither jump nor end")
		}
	}
}

func (r *reader) outputs(o *object) []Output {
	var all []Output
	for _, n := range o.mapping("outputs") {
		if !validID(n.Key) {
			r.add(n.KeyAt, "output %q may hold letters, digits, - and _ only", n.Key)
		}
		if e := r.expression(n, during{answer: r.step != nil}); e != nil {
			all = append(all, Output{Pos: n.At, Name: n.Key, Value: e})
		}
	}
	return all
}

// captures reads outputs that are parts of a text, for what JSON pointers do not reach: forms of pages, queries of links.
func (r *reader) captures(o *object) []Output {
	var all []Output
	for _, n := range o.mapping("x-capture") {
		c, ok := r.object(n, "a capture")
		if !ok {
			continue
		}
		context, hasContext := c.get("context")
		if !hasContext {
			c.missing("context")
		}
		written, at := c.need("pattern")
		c.end()
		pattern, err := regexp.Compile(written)
		switch {
		case err != nil:
			r.add(at, "pattern %q: %s", written, err)
		case pattern.NumSubexp() != 1:
			r.add(at, "pattern %q must have one group in parentheses: the part that is captured", written)
		case hasContext:
			if e := r.expression(context, during{answer: true}); e != nil {
				all = append(all, Output{Pos: n.At, Name: n.Key, Value: e, Pattern: pattern})
			}
		}
	}
	return all
}

func outputNames(all []Output) []string {
	var names []string
	for _, o := range all {
		names = append(names, o.Name)
	}
	return names
}

func (r *reader) stepNames() []string { return slices.Sorted(maps.Keys(r.steps)) }
