package reference

import (
	"slices"
	"strconv"
	"strings"
)

// The markers that may open a description.
const (
	required = "(Required) "
	optional = "(Optional) "
)

// described reads the second column of a parameter or a field: whether it is
// required (one of the markers, or "" where the reference does not say), then
// prose, then facts.
func (p *parser) described(r row) (presence string, f Facts, err error) {
	lines := slices.Clone(r.lines)
	for _, mark := range []string{required, optional} {
		if rest, ok := strings.CutPrefix(lines[0].text, mark); ok {
			presence, lines[0].text = mark, rest
		}
	}
	c := &column{parser: p, row: r, lines: lines}
	err = c.facts(&f, nil)
	return presence, f, err
}

// A column walks over the lines of a description.
type column struct {
	*parser
	row   row
	lines []line
}

// facts reads prose, the type, and the facts after it, to the end of the column.
// item is the type that an array announced for its items, nil outside arrays.
func (c *column) facts(f *Facts, item *Type) error {
	typ, err := c.typeName()
	if err != nil {
		return err
	}
	at := c.lines[0]
	c.lines = c.lines[1:]
	inner, array := strings.CutPrefix(typ, "Array of ")
	switch {
	case item != nil && typ != string(*item):
		return c.errorAt(at, "%q: items are of type %q, announced as %q", c.row.name, typ, *item)
	case !slices.Contains(simple, Type(inner)):
		return c.errorAt(at, "%q: unknown type %q", c.row.name, typ)
	case !array:
		f.Type = Type(typ)
		return c.restrictions(f)
	}
	f.Type, f.Items = Array, &Facts{}
	if len(c.lines) == 0 || c.lines[0].text != "**Array type description:**" {
		return c.errorAt(at, "%q: the array's items are not described", c.row.name)
	}
	c.lines = c.lines[1:]
	itemType := Type(inner)
	return c.facts(f.Items, &itemType)
}

// simple are the types that are not arrays.
var simple = []Type{String, Integer, Boolean, DateTime, Object, Any}

// typeName steps over prose to the line with the type.
func (c *column) typeName() (string, error) {
	for ; len(c.lines) > 0; c.lines = c.lines[1:] {
		l := c.lines[0]
		if name, ok := strings.CutPrefix(l.text, "**Type**: "); ok {
			return name, nil
		}
		if strings.HasPrefix(l.text, "**") {
			return "", c.errorAt(l, "%q: %q comes before the type", c.row.name, l.text)
		}
	}
	return "", c.errorAt(c.row.lines[0], "%q has no type", c.row.name)
}

// restrictions reads what follows a type that is no array.
func (c *column) restrictions(f *Facts) error {
	seen := map[string]bool{}
	for len(c.lines) > 0 {
		at := c.lines[0]
		c.lines = c.lines[1:]
		name, value, ok := strings.Cut(strings.TrimPrefix(at.text, "**"), "**:")
		if !ok || !strings.HasPrefix(at.text, "**") || seen[name] {
			return c.errorAt(at, "%q: unknown or repeated fact %q", c.row.name, at.text)
		}
		seen[name] = true
		if !c.restriction(f, name, strings.TrimPrefix(value, " ")) {
			return c.errorAt(at, "%q: unknown fact %q of a value of type %s", c.row.name, at.text, f.Type)
		}
	}
	return nil
}

// restriction stores one fact. It reports false if there is no such fact about
// values of the type, or if its value is malformed.
func (c *column) restriction(f *Facts, name, value string) (ok bool) {
	switch {
	case name == "Min length" && f.Type == String:
		f.MinLength, ok = number(value)
	case name == "Max length" && f.Type == String:
		f.MaxLength, ok = number(value)
	case name == "Minimum" && f.Type == Integer:
		f.Minimum, ok = number(value)
	case name == "Pattern" && f.Type == String:
		value, ok = quoted(value)
		f.Pattern = &value
	case name == "Default":
		f.Default, ok = &value, fits(value, f.Type)
	case name == "Allowed values" && value == "":
		f.Allowed = c.allowed()
		ok = len(f.Allowed) > 0 && !slices.ContainsFunc(f.Allowed, func(v string) bool { return !fits(v, f.Type) })
	}
	return ok
}

// allowed reads the list of allowed values.
func (c *column) allowed() []string {
	var all []string
	for len(c.lines) > 0 {
		item, _ := strings.CutPrefix(c.lines[0].text, "- ")
		value, ok := quoted(item)
		if !ok {
			break
		}
		all = append(all, value)
		c.lines = c.lines[1:]
	}
	return all
}

func number(s string) (*int, bool) {
	n, err := strconv.Atoi(s)
	return &n, err == nil && n >= 0
}

// fits reports whether text can be a value of the type.
func fits(text string, t Type) bool {
	switch t {
	case String, DateTime:
		return text != ""
	case Integer:
		_, err := strconv.Atoi(text)
		return err == nil
	case Boolean:
		return text == "true" || text == "false"
	case Object, Array, Any: // how such a value would be written is not known
		return false
	}
	return false
}
