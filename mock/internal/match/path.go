package match

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A path is a JSONPath (RFC 9535) of names, indexes, wildcards and descendants: $.a['b'][0][-1].*..id. Filters, slices and
// lists of selectors are refused.
type path []segment

// A segment takes every node one step further.
type segment struct {
	name    *string // a member
	index   *int    // an element; from the end, if negative
	descend bool    // at any depth; with neither name nor index: all children
}

// parsePath reads an expression, or says what is wrong with it and where.
func parsePath(expression string) (path, error) {
	rest, ok := strings.CutPrefix(expression, "$")
	if !ok {
		return nil, errors.New("it must begin with $, the body itself, such as $.name")
	}
	p := path{}
	for rest != "" {
		s, after, err := parseSegment(rest)
		if err != nil {
			return nil, fmt.Errorf("at character %d: %w", len(expression)-len(rest)+1, err)
		}
		p, rest = append(p, s), after
	}
	return p, nil
}

func parseSegment(rest string) (s segment, after string, err error) {
	if after, ok := strings.CutPrefix(rest, ".."); ok {
		s.descend = true
		if !strings.HasPrefix(after, "[") {
			after = "." + after
		}
		rest = after
	}
	switch rest[0] {
	case '[':
		return bracket(s, rest[1:])
	case '.':
		return dotted(s, rest[1:])
	}
	return s, "", fmt.Errorf("%q stands where .name or ['name'] must follow", rest)
}

// dotted reads a name or * after a dot.
func dotted(s segment, rest string) (segment, string, error) {
	if after, ok := strings.CutPrefix(rest, "*"); ok {
		return s, after, nil
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return !inName(r) })
	if end < 0 {
		end = len(rest)
	}
	if end == 0 || rest[0] >= '0' && rest[0] <= '9' {
		return s, "", errors.New("a name must follow the dot; write ['…'] around one with other characters, [0] for an element")
	}
	name := rest[:end]
	s.name = &name
	return s, rest[end:], nil
}

func inName(r rune) bool {
	return r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x80
}

// bracket reads what stands in brackets: a quoted name, an index or *.
func bracket(s segment, rest string) (segment, string, error) {
	if rest != "" && (rest[0] == '\'' || rest[0] == '"') {
		name, after, err := quoted(rest[1:], rest[0])
		s.name = &name
		return s, after, err
	}
	inside, after, closed := strings.Cut(rest, "]")
	if !closed {
		return s, "", errors.New("the bracket is not closed")
	}
	if inside == "*" {
		return s, after, nil
	}
	n, err := strconv.Atoi(inside)
	if err != nil {
		return s, "", fmt.Errorf("[%s] is not understood; write ['name'], [0] or [*]", inside)
	}
	s.index = &n
	return s, after, nil
}

// quoted reads a name up to its quote and bracket; a backslash takes the next character as it is.
func quoted(rest string, quote byte) (name, after string, err error) {
	var b strings.Builder
	for i := 0; i < len(rest); i++ {
		switch {
		case rest[i] == '\\' && i+1 < len(rest):
			i++
			b.WriteByte(rest[i])
		case rest[i] == quote:
			if after, ok := strings.CutPrefix(rest[i+1:], "]"); ok {
				return b.String(), after, nil
			}
			return "", "", errors.New("] must follow the quoted name")
		default:
			b.WriteByte(rest[i])
		}
	}
	return "", "", errors.New("the quoted name is not closed")
}

// nodes are those that the path selects below a decoded value, members in the order of their names.
func (p path) nodes(v any) []any {
	list := []any{v}
	for _, s := range p {
		var next []any
		for _, n := range list {
			next = s.step(next, n)
		}
		list = next
	}
	return list
}

func (s segment) step(to []any, n any) []any {
	to = s.choose(to, n)
	if s.descend {
		for _, child := range children(n) {
			to = s.step(to, child)
		}
	}
	return to
}

func (s segment) choose(to []any, n any) []any {
	if s.name == nil && s.index == nil {
		return append(to, children(n)...)
	}
	switch n := n.(type) {
	case map[string]any:
		if s.name != nil {
			if child, ok := n[*s.name]; ok {
				return append(to, child)
			}
		}
	case []any:
		if s.index == nil {
			return to
		}
		i := *s.index
		if i < 0 {
			i += len(n)
		}
		if i >= 0 && i < len(n) {
			return append(to, n[i])
		}
	}
	return to
}

func children(n any) []any {
	switch n := n.(type) {
	case []any:
		return n
	case map[string]any:
		list := make([]any, 0, len(n))
		for _, name := range slices.Sorted(maps.Keys(n)) {
			list = append(list, n[name])
		}
		return list
	}
	return nil
}
