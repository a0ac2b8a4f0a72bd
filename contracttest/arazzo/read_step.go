package arazzo

import (
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/expr"
	"github.com/tenantry/tenantry/contracttest/value"

	"github.com/tenantry/tenantry/yamltree"
)

// parameters reads those of a step, its own before those of the workflow: the first of a name counts.
func (r *reader) parameters(s *Step, nodes []node) {
	for _, n := range nodes {
		target, own, ok := r.reused(n, "parameters")
		if !ok {
			continue
		}
		p, ok := r.parameter(target, own)
		if ok && !slices.ContainsFunc(s.Parameters, p.same) {
			s.Parameters = append(s.Parameters, p)
		}
	}
	if s.Operation != nil {
		r.complete(s)
	}
}

// same tells whether another parameter is the same one; the names of headers have no case.
func (p Parameter) same(q Parameter) bool {
	return p.In == q.In && (p.Name == q.Name || p.In == expr.Header && strings.EqualFold(p.Name, q.Name))
}

// complete refuses a step that leaves a parameter of the path open. Others may be missing: scenarios are about errors too.
func (r *reader) complete(s *Step) {
	for _, declared := range s.Operation.Params {
		given := slices.ContainsFunc(s.Parameters, func(p Parameter) bool { return p.In == expr.Path && p.Name == declared.Name })
		if declared.In == expr.Path && !given {
			r.add(s.Pos, "step %s lacks the path parameter %s of %s", s.ID, declared.Name, s.Operation.ID)
		}
	}
}

var places = []string{expr.Path, expr.Query, expr.Header, "cookie"}

func (r *reader) parameter(n node, own *node) (Parameter, bool) {
	o, ok := r.object(n, "a parameter")
	if !ok {
		return Parameter{}, false
	}
	p := Parameter{Pos: n.At}
	var nameAt, inAt Pos
	p.Name, nameAt = o.need("name")
	p.In, inAt = o.need("in")
	if p.In != "" && !slices.Contains(places, p.In) {
		r.add(inAt, "in %q is unknown; %s", p.In, value.Hint(p.In, places))
	}
	undeclared := o.flag("x-undeclared")
	given, has := o.get("value")
	if own != nil {
		given, has = *own, true
	}
	if !has {
		o.missing("value")
		return p, false
	}
	p.Value = r.value(given, during{})
	o.end()
	if undeclared == nil || !*undeclared {
		r.declared(p, nameAt)
	}
	return p, p.Value != nil
}

// tokenParam carries a bearer token on every operation, so no operation declares it.
const tokenParam = "access_token"

// declared refuses parameters of path and query that the operation does not have.
func (r *reader) declared(p Parameter, at Pos) {
	if r.step == nil || r.step.Operation == nil || p.In != expr.Path && p.In != expr.Query || p.In == expr.Query && p.Name == tokenParam {
		return
	}
	var names []string
	for _, d := range r.step.Operation.Params {
		if d.In == p.In {
			names = append(names, d.Name)
		}
	}
	if !slices.Contains(names, p.Name) {
		r.add(at, "%s has no %s parameter %q; %s", r.step.Operation.ID, p.In, p.Name, value.Hint(p.Name, names))
	}
}

func (r *reader) body(o *object) *Body {
	n, ok := o.get("requestBody")
	if !ok {
		return nil
	}
	m, ok := r.object(n, "requestBody")
	if !ok {
		return nil
	}
	b := &Body{Pos: n.At}
	b.ContentType, _ = m.text("contentType")
	if payload, has := m.get("payload"); has {
		b.Payload = r.value(payload, during{})
		_, whole := b.Payload.(*expr.Expression)
		b.Raw = payload.Shape == yamltree.Text && !whole
	} else {
		m.missing("payload")
	}
	for _, x := range m.list("replacements") {
		r.replacement(x, b)
	}
	m.end()
	return b
}

func (r *reader) replacement(n node, b *Body) {
	o, ok := r.object(n, "a replacement")
	if !ok {
		return
	}
	x := Replacement{Pos: n.At}
	target, at := o.need("target")
	if err := value.CheckPointer(target); err != nil {
		r.add(at, "target %q: %s", target, err)
	}
	x.Target = target
	given, has := o.get("value")
	if !has {
		o.missing("value")
	} else {
		x.Value = r.value(given, during{})
	}
	o.end()
	if b.Raw {
		r.add(n.At, "a payload that is written as a text takes no replacements")
	}
	if x.Value != nil {
		b.Replacements = append(b.Replacements, x)
	}
}
