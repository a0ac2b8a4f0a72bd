package jsonpath

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tenantry/tenantry/contracttest/value"
)

// A test is what a filter asks of a node.
type test interface {
	holds(n, root any) bool
	print(b *strings.Builder)
	level() int // how tightly it binds: 1 or, 2 and, 3 everything else
}

// The tests.
type (
	or         struct{ a, b test }
	and        struct{ a, b test }
	not        struct{ t test }
	exists     struct{ path *Path }
	comparison struct {
		op   string
		a, b operand
	}
)

func (t or) holds(n, root any) bool     { return t.a.holds(n, root) || t.b.holds(n, root) }
func (t and) holds(n, root any) bool    { return t.a.holds(n, root) && t.b.holds(n, root) }
func (t not) holds(n, root any) bool    { return !t.t.holds(n, root) }
func (t exists) holds(n, root any) bool { return len(t.path.from(n, root)) > 0 }

func (or) level() int         { return 1 }
func (and) level() int        { return 2 }
func (not) level() int        { return 3 }
func (exists) level() int     { return 3 }
func (comparison) level() int { return 3 }

func (p *Path) from(n, root any) []any {
	if p.relative {
		return p.nodes(n, root)
	}
	return p.nodes(root, root)
}

// holds compares as RFC 9535, 2.3.5.2.2 says: nothing equals nothing, values of different types are never equal, and
// only numbers and texts have an order.
func (t comparison) holds(n, root any) bool {
	a, okA := t.a.value(n, root)
	b, okB := t.b.value(n, root)
	equal := okA == okB && (!okA || value.Equal(a, b))
	switch t.op {
	case "==":
		return equal
	case "!=":
		return !equal
	case "<":
		return less(a, b)
	case ">":
		return less(b, a)
	case "<=":
		return less(a, b) || equal
	}
	return less(b, a) || equal
}

func less(a, b any) bool {
	switch a := a.(type) {
	case json.Number:
		b, ok := b.(json.Number)
		return ok && value.CompareNumbers(a, b) < 0
	case string:
		b, ok := b.(string)
		return ok && a < b
	}
	return false
}

func (t or) print(b *strings.Builder)     { infix(b, t, t.a, " || ", t.b) }
func (t and) print(b *strings.Builder)    { infix(b, t, t.a, " && ", t.b) }
func (t exists) print(b *strings.Builder) { t.path.print(b) }

func (t not) print(b *strings.Builder) {
	b.WriteByte('!')
	if _, compares := t.t.(comparison); compares {
		within(b, t.t, 4)
		return
	}
	within(b, t.t, 3)
}

func (t comparison) print(b *strings.Builder) {
	t.a.print(b)
	b.WriteString(" " + t.op + " ")
	t.b.print(b)
}

// infix groups to the left, as the parser does.
func infix(b *strings.Builder, t, left test, op string, right test) {
	within(b, left, t.level())
	b.WriteString(op)
	within(b, right, t.level()+1)
}

func within(b *strings.Builder, t test, level int) {
	if t.level() >= level {
		t.print(b)
		return
	}
	b.WriteByte('(')
	t.print(b)
	b.WriteByte(')')
}

// An operand is one side of a comparison or an argument of a function; false is RFC 9535's Nothing.
type operand interface {
	value(n, root any) (any, bool)
	print(b *strings.Builder)
}

// The operands.
type (
	literal struct{ v any }
	query   struct{ path *Path } // singular, but as an argument of count and value
	call    struct {
		function string
		args     []operand
		pattern  *regexp.Regexp // of match and search, if it is a literal
	}
)

func (o literal) value(_, _ any) (any, bool) { return o.v, true }

func (o query) value(n, root any) (any, bool) {
	nodes := o.path.from(n, root)
	if len(nodes) != 1 {
		return nil, false
	}
	return nodes[0], true
}

func (o literal) print(b *strings.Builder) {
	if text, ok := o.v.(string); ok {
		b.WriteString(quote(text))
		return
	}
	b.Write(value.Encode(o.v))
}

func (o query) print(b *strings.Builder) { o.path.print(b) }

func (o call) print(b *strings.Builder) {
	b.WriteString(o.function + "(")
	for i, a := range o.args {
		if i > 0 {
			b.WriteString(", ")
		}
		a.print(b)
	}
	b.WriteByte(')')
}

func (o call) value(n, root any) (any, bool) {
	switch o.function {
	case "count":
		if q, ok := o.args[0].(query); ok {
			return number(len(q.path.from(n, root))), true
		}
		return nil, false
	case "length":
		v, ok := o.args[0].value(n, root)
		if !ok {
			return nil, false
		}
		return length(v)
	case "value":
		return o.args[0].value(n, root)
	}
	return o.matches(n, root), true
}

// The logical functions are tests too.
func (o call) holds(n, root any) bool { return o.matches(n, root) }
func (call) level() int               { return 3 }

func number(n int) json.Number { return json.Number(strconv.Itoa(n)) }

func length(v any) (any, bool) {
	switch v := v.(type) {
	case string:
		return number(utf8.RuneCountInString(v)), true
	case []any:
		return number(len(v)), true
	case map[string]any:
		return number(len(v)), true
	}
	return nil, false
}

func (o call) matches(n, root any) bool {
	v, _ := o.args[0].value(n, root)
	text, ok := v.(string)
	if !ok {
		return false
	}
	pattern := o.pattern
	if pattern == nil {
		p, _ := o.args[1].value(n, root)
		written, isText := p.(string)
		compiled, err := compile(o.function, written)
		if !isText || err != nil {
			return false
		}
		pattern = compiled
	}
	return pattern.MatchString(text)
}

// compile makes the pattern of a function: match is about the whole text.
func compile(function, pattern string) (*regexp.Regexp, error) {
	if function == "match" {
		pattern = `\A(?:` + pattern + `)\z`
	}
	return regexp.Compile(pattern)
}
