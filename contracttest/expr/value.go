package expr

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/value"
)

// An AbsentError is a value that was to be used and is not there.
type AbsentError struct{ Expression string }

// Error names the expression.
func (e *AbsentError) Error() string { return e.Expression + " has no value" }

// A Value is what a file says where a value stands: an *Expression, a *Template, or a Literal, List or Object of these.
type Value interface {
	// Make is the value at this moment. A value that is not there is an AbsentError.
	Make(s Scope) (any, error)
	Refs(yield func(Ref))
}

// An Expression is one runtime expression.
type Expression struct{ root node }

// ParseExpression reads an expression, or says what is wrong with it and at which character.
func ParseExpression(text string) (*Expression, error) {
	n, err := whole(text, func(p *parser) (node, error) {
		if p.peek() != '$' {
			return nil, errors.New("an expression begins with $")
		}
		return p.expression()
	})
	if err != nil {
		return nil, err
	}
	return &Expression{n}, nil
}

// Eval is the value of the expression, false if there is none.
func (e *Expression) Eval(s Scope) (any, bool, error) { return e.root.eval(s) }

// Make is the value of the expression.
func (e *Expression) Make(s Scope) (any, error) {
	v, ok, err := e.Eval(s)
	if err == nil && !ok {
		return nil, &AbsentError{e.String()}
	}
	return v, err
}

// Refs yields the reference of the expression.
func (e *Expression) Refs(yield func(Ref)) { e.root.refs(yield) }

// String is the expression in its normal form.
func (e *Expression) String() string { return text(e.root) }

// A Template is a text with expressions in braces: Bearer {$inputs.token}.
type Template struct {
	texts []string // around the expressions, one more than those
	parts []*Expression
}

// ParseText reads a text where a value stands: an expression if it begins with $ and a letter, a template if it holds {$,
// else the text itself.
func ParseText(text string) (Value, error) {
	if len(text) > 1 && text[0] == '$' && (text[1] >= 'a' && text[1] <= 'z' || text[1] >= 'A' && text[1] <= 'Z') {
		return ParseExpression(text)
	}
	if !strings.Contains(text, "{$") {
		return Literal{text}, nil
	}
	return parseTemplate(text)
}

func parseTemplate(text string) (*Template, error) {
	t := &Template{}
	p := &parser{text: text}
	for {
		open := strings.Index(text[p.at:], "{$")
		if open < 0 {
			t.texts = append(t.texts, text[p.at:])
			return t, nil
		}
		t.texts = append(t.texts, text[p.at:p.at+open])
		p.at += open + 1
		n, err := p.expression()
		if err == nil && !p.take("}") {
			err = errors.New(`the expression must end with "}"`)
		}
		if err != nil {
			return nil, fmt.Errorf("at character %d: %w", p.at+1, err)
		}
		t.parts = append(t.parts, &Expression{n})
	}
}

// Make is the text with the values of the expressions in it.
func (t *Template) Make(s Scope) (any, error) {
	var b strings.Builder
	for i, part := range t.parts {
		v, err := part.Make(s)
		if err != nil {
			return nil, err
		}
		b.WriteString(t.texts[i] + value.Text(v))
	}
	return b.String() + t.texts[len(t.parts)], nil
}

// Refs yields the references of the template.
func (t *Template) Refs(yield func(Ref)) {
	for _, part := range t.parts {
		part.Refs(yield)
	}
}

// String is the template as it is written.
func (t *Template) String() string {
	var b strings.Builder
	for i, part := range t.parts {
		b.WriteString(t.texts[i] + "{" + part.String() + "}")
	}
	return b.String() + t.texts[len(t.parts)]
}

// A Literal is a value that is written out.
type Literal struct{ V any }

// A List is a list of values.
type List []Value

// An Object is an object of values.
type Object map[string]Value

// Make is the value itself.
func (v Literal) Make(Scope) (any, error) { return v.V, nil }

// Make is the list of the values.
func (v List) Make(s Scope) (any, error) {
	list := make([]any, 0, len(v))
	for _, e := range v {
		made, err := e.Make(s)
		if err != nil {
			return nil, err
		}
		list = append(list, made)
	}
	return list, nil
}

// Make is the object of the values.
func (v Object) Make(s Scope) (any, error) {
	object := make(map[string]any, len(v))
	for _, name := range slices.Sorted(maps.Keys(v)) {
		made, err := v[name].Make(s)
		if err != nil {
			return nil, err
		}
		object[name] = made
	}
	return object, nil
}

// Refs yields nothing.
func (v Literal) Refs(func(Ref)) {}

// Refs yields the references of all elements.
func (v List) Refs(yield func(Ref)) {
	for _, e := range v {
		e.Refs(yield)
	}
}

// Refs yields the references of all members, in the order of their names.
func (v Object) Refs(yield func(Ref)) {
	for _, name := range slices.Sorted(maps.Keys(v)) {
		v[name].Refs(yield)
	}
}
