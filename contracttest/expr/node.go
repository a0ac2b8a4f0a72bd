package expr

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/tenantry/tenantry/contracttest/value"
)

// A node is a part of a condition.
type node interface {
	eval(s Scope) (v any, present bool, err error)
	print(b *strings.Builder)
	level() int           // how tightly it binds
	refs(yield func(Ref)) // every reference in it
}

// Levels of binding.
const (
	levelOr = iota + 1
	levelAnd
	levelCompare
	levelNot
	levelTop
)

// The nodes; Ref is one too.
type (
	literal struct{ v any }
	member  struct { // of.name
		of   node
		name string
	}
	element struct { // of[i]
		of node
		i  int
	}
	negation struct{ of node }
	binary   struct {
		op   string // "||" or "&&"
		a, b node
	}
	comparison struct {
		op   string
		a, b node
	}
)

func (n literal) eval(Scope) (any, bool, error) { return n.v, true, nil }

func (n member) eval(s Scope) (any, bool, error) {
	v, ok, err := n.of.eval(s)
	object, is := v.(map[string]any)
	if err != nil || !ok || !is {
		return nil, false, err
	}
	v, ok = object[n.name]
	return v, ok, nil
}

func (n element) eval(s Scope) (any, bool, error) {
	v, ok, err := n.of.eval(s)
	list, _ := v.([]any)
	if err != nil || !ok || n.i >= len(list) {
		return nil, false, err
	}
	return list[n.i], true, nil
}

func (n negation) eval(s Scope) (any, bool, error) {
	holds, err := truth(n.of, s)
	return !holds, true, err
}

func (n binary) eval(s Scope) (any, bool, error) {
	holds, err := truth(n.a, s)
	if err != nil || holds == (n.op == "||") {
		return holds, true, err
	}
	holds, err = truth(n.b, s)
	return holds, true, err
}

// truth is a value as a condition.
func truth(n node, s Scope) (bool, error) {
	v, present, err := n.eval(s)
	if err != nil || !present || v == nil {
		return false, err
	}
	holds, ok := v.(bool)
	if !ok {
		return false, fmt.Errorf("%s is %s, not true or false: compare it with something", text(n), value.Kind(v))
	}
	return holds, nil
}

func (n comparison) eval(s Scope) (any, bool, error) {
	a, _, err := n.a.eval(s)
	if err != nil {
		return nil, false, err
	}
	b, _, err := n.b.eval(s)
	if err != nil {
		return nil, false, err
	}
	if textual(n.a) {
		a = typed(a, b)
	}
	if textual(n.b) {
		b = typed(b, a)
	}
	return compare(n.op, a, b), true, nil
}

func textual(n node) bool {
	r, ok := n.(Ref)
	return ok && r.textual()
}

// typed reads a text that has no type of its own as what it is compared with.
func typed(v, beside any) any {
	s, ok := v.(string)
	if !ok {
		return v
	}
	switch beside.(type) {
	case json.Number:
		if n, ok := value.Number(strings.TrimSpace(s)); ok {
			return n
		}
	case bool:
		if s == "true" || s == "false" {
			return s == "true"
		}
	}
	return v
}

func compare(op string, a, b any) bool {
	switch op {
	case "==":
		return equal(a, b)
	case "!=":
		return !equal(a, b)
	}
	order, ok := compareOrdered(a, b)
	switch {
	case !ok:
		return false
	case op == "<":
		return order < 0
	case op == "<=":
		return order <= 0
	case op == ">":
		return order > 0
	}
	return order >= 0
}

func equal(a, b any) bool {
	if a, ok := a.(string); ok {
		b, ok := b.(string)
		return ok && strings.EqualFold(a, b)
	}
	return value.Equal(a, b)
}

func compareOrdered(a, b any) (int, bool) {
	switch a := a.(type) {
	case json.Number:
		if b, ok := b.(json.Number); ok {
			return value.CompareNumbers(a, b), true
		}
	case string:
		if b, ok := b.(string); ok {
			return strings.Compare(strings.ToLower(a), strings.ToLower(b)), true
		}
	}
	return 0, false
}

func (literal) level() int    { return levelTop }
func (Ref) level() int        { return levelTop }
func (member) level() int     { return levelTop }
func (element) level() int    { return levelTop }
func (negation) level() int   { return levelNot }
func (comparison) level() int { return levelCompare }

func (n binary) level() int {
	if n.op == "&&" {
		return levelAnd
	}
	return levelOr
}

func (literal) refs(func(Ref))            {}
func (r Ref) refs(yield func(Ref))        { yield(r) }
func (n member) refs(yield func(Ref))     { n.of.refs(yield) }
func (n element) refs(yield func(Ref))    { n.of.refs(yield) }
func (n negation) refs(yield func(Ref))   { n.of.refs(yield) }
func (n binary) refs(yield func(Ref))     { n.a.refs(yield); n.b.refs(yield) }
func (n comparison) refs(yield func(Ref)) { n.a.refs(yield); n.b.refs(yield) }

func (n literal) print(b *strings.Builder) {
	if s, ok := n.v.(string); ok {
		b.WriteString(quote(s))
		return
	}
	b.Write(value.Encode(n.v))
}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func (r Ref) print(b *strings.Builder) { b.WriteString(r.String()) }

func (n member) print(b *strings.Builder) {
	n.of.print(b)
	if r, ok := n.of.(Ref); ok && r.Pointed || !plain(n.name) {
		b.WriteString("[" + quote(n.name) + "]") // after a pointer, a dot would be the pointer's
		return
	}
	b.WriteString("." + n.name)
}

func plain(name string) bool {
	for i := range len(name) {
		if !inName(name[i]) {
			return false
		}
	}
	return name != ""
}

func (n element) print(b *strings.Builder) {
	n.of.print(b)
	b.WriteString("[" + strconv.Itoa(n.i) + "]")
}

func (n negation) print(b *strings.Builder) {
	b.WriteByte('!')
	within(b, n.of, levelNot)
}

// print groups to the left, as the parser does.
func (n binary) print(b *strings.Builder) {
	within(b, n.a, n.level())
	b.WriteString(" " + n.op + " ")
	within(b, n.b, n.level()+1)
}

func (n comparison) print(b *strings.Builder) {
	within(b, n.a, levelNot)
	b.WriteString(" " + n.op + " ")
	within(b, n.b, levelNot)
}

func within(b *strings.Builder, n node, level int) {
	if n.level() >= level {
		n.print(b)
		return
	}
	b.WriteByte('(')
	n.print(b)
	b.WriteByte(')')
}

func text(n node) string {
	var b strings.Builder
	n.print(&b)
	return b.String()
}
