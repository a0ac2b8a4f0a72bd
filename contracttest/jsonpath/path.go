package jsonpath

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A Path is a parsed expression. It never changes and is safe for concurrent use.
type Path struct {
	relative bool // begins with @
	segments []segment
}

// A segment takes every node one step further, or to any depth.
type segment struct {
	descend   bool
	selectors []selector
}

// A selector picks children of a node.
type selector interface {
	pick(to []any, n any, root any) []any
	print(b *strings.Builder)
}

// Select is every node that the path finds in a value; nil if there is none.
func (p *Path) Select(v any) []any { return p.nodes(v, v) }

func (p *Path) nodes(from, root any) []any {
	list := []any{from}
	for _, s := range p.segments {
		var next []any
		for _, n := range list {
			next = s.step(next, n, root)
		}
		list = next
	}
	return list
}

func (s segment) step(to []any, n, root any) []any {
	for _, sel := range s.selectors {
		to = sel.pick(to, n, root)
	}
	if s.descend {
		for _, child := range children(n) {
			to = s.step(to, child, root)
		}
	}
	return to
}

// singular tells whether the path finds one node at most.
func (p *Path) singular() bool {
	for _, s := range p.segments {
		if s.descend || len(s.selectors) != 1 {
			return false
		}
		switch s.selectors[0].(type) {
		case name, index:
		default:
			return false
		}
	}
	return true
}

// String is the path in its normal form.
func (p *Path) String() string {
	var b strings.Builder
	p.print(&b)
	return b.String()
}

func (p *Path) print(b *strings.Builder) {
	root := byte('$')
	if p.relative {
		root = '@'
	}
	b.WriteByte(root)
	for _, s := range p.segments {
		if s.descend {
			b.WriteString("..")
		}
		b.WriteByte('[')
		for i, sel := range s.selectors {
			if i > 0 {
				b.WriteString(", ")
			}
			sel.print(b)
		}
		b.WriteByte(']')
	}
}

// The selectors.
type (
	name  string
	index int
	all   struct{}
	slice struct {
		from, to *int
		step     int
	}
	filter struct{ test test }
)

func (s name) pick(to []any, n, _ any) []any {
	if object, ok := n.(map[string]any); ok {
		if child, ok := object[string(s)]; ok {
			return append(to, child)
		}
	}
	return to
}

func (s index) pick(to []any, n, _ any) []any {
	list, _ := n.([]any)
	i := int(s)
	if i < 0 {
		i += len(list)
	}
	if i < 0 || i >= len(list) {
		return to
	}
	return append(to, list[i])
}

func (s all) pick(to []any, n, _ any) []any { return append(to, children(n)...) }

func (s slice) pick(to []any, n, _ any) []any {
	list, _ := n.([]any)
	from, end := bound(s.from, 0, len(list)), bound(s.to, len(list), len(list))
	for i := from; i < end; i += s.step {
		to = append(to, list[i])
		if s.step > len(list) {
			break // the next index could overflow
		}
	}
	return to
}

func bound(i *int, absent, length int) int {
	switch {
	case i == nil:
		return absent
	case *i < 0:
		return max(0, *i+length)
	}
	return min(*i, length)
}

func (s filter) pick(to []any, n, root any) []any {
	for _, child := range children(n) {
		if s.test.holds(child, root) {
			to = append(to, child)
		}
	}
	return to
}

func (s name) print(b *strings.Builder)  { b.WriteString(quote(string(s))) }
func (s index) print(b *strings.Builder) { b.WriteString(strconv.Itoa(int(s))) }
func (s all) print(b *strings.Builder)   { b.WriteByte('*') }

func (s slice) print(b *strings.Builder) {
	if s.from != nil {
		b.WriteString(strconv.Itoa(*s.from))
	}
	b.WriteByte(':')
	if s.to != nil {
		b.WriteString(strconv.Itoa(*s.to))
	}
	if s.step != 1 {
		b.WriteString(":" + strconv.Itoa(s.step))
	}
}

func (s filter) print(b *strings.Builder) {
	b.WriteByte('?')
	s.test.print(b)
}

// quote writes a text between single quotes, with the escapes of JSON.
func quote(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	encoded, err := json.Marshal(text)
	if err != nil {
		return "''" // a text can always be written
	}
	inside := string(encoded[1 : len(encoded)-1])
	inside = strings.ReplaceAll(inside, `\"`, `"`)
	return "'" + strings.ReplaceAll(inside, "'", `\'`) + "'"
}

func children(n any) []any {
	switch n := n.(type) {
	case []any:
		return n
	case map[string]any:
		list := make([]any, 0, len(n))
		for _, key := range slices.Sorted(maps.Keys(n)) {
			list = append(list, n[key])
		}
		return list
	}
	return nil
}
