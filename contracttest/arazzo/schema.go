package arazzo

import (
	"maps"
	"regexp"
	"slices"
	"strconv"

	"github.com/tenantry/tenantry/contracttest/value"

	"github.com/tenantry/tenantry/yamltree"
)

// A Schema says what inputs must be: the part of JSON Schema that inputs need. What is absent is zero or nil.
type Schema struct {
	Pos
	Type                 string // "" allows every type
	Nullable             bool   // the type is a list with null in it
	Properties           map[string]*Schema
	Required             []string
	Closed               bool // other properties are refused
	Items                *Schema
	Enum                 []any
	Const                any
	HasConst, HasDefault bool
	Default              any
	Pattern              *regexp.Regexp
	Minimum, Maximum     *float64
	MinLength, MaxLength *int
	MinItems, MaxItems   *int
	Secret               bool // writeOnly, or of the format password: reports mask it
}

func (s *Schema) names() []string { return slices.Sorted(maps.Keys(s.Properties)) }

var schemaTypes = []string{"string", "integer", "number", "boolean", "array", "object", "null"}

func (r *reader) schema(n node) *Schema {
	o, ok := r.object(n, "a schema")
	if !ok {
		return nil
	}
	s := &Schema{Pos: n.At}
	for _, key := range []string{"title", "description", "examples", "example", "$schema"} {
		o.get(key) // for people
	}
	format, _ := o.text("format")
	hidden := o.flag("writeOnly")
	s.Secret = format == "password" || hidden != nil && *hidden
	r.schemaType(o, s)
	r.schemaObject(o, s)
	r.schemaValues(o, s)
	s.Minimum, s.Maximum = o.bound("minimum"), o.bound("maximum")
	s.MinLength, s.MaxLength = o.count("minLength"), o.count("maxLength")
	s.MinItems, s.MaxItems = o.count("minItems"), o.count("maxItems")
	if pattern, at := o.text("pattern"); pattern != "" {
		compiled, err := regexp.Compile(pattern)
		if err != nil {
			r.add(at, "pattern %q: %s", pattern, err)
		}
		s.Pattern = compiled
	}
	if items, has := o.get("items"); has {
		s.Items = r.schema(items)
	}
	o.end()
	return s
}

func (r *reader) schemaType(o *object, s *Schema) {
	n, ok := o.get("type")
	if !ok {
		return
	}
	names := []node{n}
	if n.Shape == yamltree.List {
		names = n.Kids
	}
	for _, name := range names {
		switch {
		case name.Shape != yamltree.Text || !slices.Contains(schemaTypes, name.Value):
			r.add(name.At, "there is no type %q; %s", name.Value, value.Hint(name.Value, schemaTypes))
		case name.Value == "null":
			s.Nullable = true
		case s.Type != "":
			r.add(name.At, "a type may be joined with null only")
		default:
			s.Type = name.Value
		}
	}
}

func (r *reader) schemaObject(o *object, s *Schema) {
	for _, n := range o.mapping("properties") {
		if s.Properties == nil {
			s.Properties = map[string]*Schema{}
		}
		if p := r.schema(n); p != nil {
			s.Properties[n.Key] = p
		}
	}
	s.Required = o.texts("required")
	for _, name := range s.Required {
		if s.Properties[name] == nil {
			r.add(o.n.At, "%q is required, but is none of the properties; %s", name, value.Hint(name, s.names()))
		}
	}
	if open := o.flag("additionalProperties"); open != nil {
		s.Closed = !*open
	}
}

func (r *reader) schemaValues(o *object, s *Schema) {
	for _, n := range o.list("enum") {
		s.Enum = append(s.Enum, n.Plain())
	}
	if n, ok := o.get("const"); ok {
		s.Const, s.HasConst = n.Plain(), true
	}
	n, ok := o.get("default")
	if !ok {
		return
	}
	s.Default, s.HasDefault = n.Plain(), true
	r.finally = append(r.finally, func() {
		for _, p := range s.Check(s.Default) {
			r.add(n.At, "the default %s", p)
		}
	})
}

// bound is a number, nil if it is not there.
func (o *object) bound(key string) *float64 {
	n, ok := o.get(key)
	if !ok {
		return nil
	}
	f, err := strconv.ParseFloat(n.Value, 64)
	if n.Shape != yamltree.Number || err != nil {
		o.r.add(n.At, "%s must be a number", key)
		return nil
	}
	return &f
}

// count is a whole number, nil if it is not there.
func (o *object) count(key string) *int {
	f, at, ok := o.amount(key)
	if !ok {
		return nil
	}
	i := int(f)
	if f != float64(i) {
		o.r.add(at, "%s must be a whole number", key)
	}
	return &i
}
