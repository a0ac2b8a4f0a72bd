package openapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

const schemaRef = "#/components/schemas/"

// formats are the string formats that are enforced. Others, uuid among them, say
// nothing: the reference spells its rules out as patterns.
var formats = map[string]string{
	"date":      `^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`,
	"date-time": `^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]\d{2}:\d{2})$`,
}

// A compiler makes schemas of raw ones. It is needed while a document is parsed.
type compiler struct {
	components map[string]*rawSchema
	named      map[string]*schema // by component name, filled as they are needed
	patterns   map[string]*regexp.Regexp
	composed   []*schema // all schemas with parts
}

// compile makes a schema. Without one, anything is allowed.
func (c *compiler) compile(r *rawSchema) (*schema, error) {
	if r == nil {
		return &schema{nullable: true, free: true}, nil
	}
	if r.Ref != "" {
		return c.resolve(r.Ref)
	}
	s := &schema{}
	return s, c.fill(s, r)
}

// resolve returns the component that a reference names. A schema may refer to itself
// through its members, so the component is known before it is filled.
func (c *compiler) resolve(ref string) (*schema, error) {
	name, ok := strings.CutPrefix(ref, schemaRef)
	if !ok || c.components[name] == nil {
		return nil, fmt.Errorf("reference %q leads nowhere", ref)
	}
	if s, ok := c.named[name]; ok {
		return s, nil
	}
	raw := c.components[name]
	if raw.Ref != "" {
		return nil, fmt.Errorf("component %s is itself a reference", name)
	}
	s := &schema{}
	c.named[name] = s
	if err := c.fill(s, raw); err != nil {
		return nil, fmt.Errorf("schema %s: %w", name, err)
	}
	return s, nil
}

func (c *compiler) fill(s *schema, r *rawSchema) error {
	c.scalars(s, r)
	return errors.Join(c.text(s, r), c.array(s, r), c.object(s, r), c.composition(s, r))
}

func (c *compiler) scalars(s *schema, r *rawSchema) {
	s.kind, s.nullable = r.Type, r.Nullable
	s.enum, s.allowed = r.Enum, enumText(r.Enum)
	s.minimum, s.maximum = r.Minimum, r.Maximum
	s.exclMin, s.exclMax = r.ExclMin, r.ExclMax
	s.bits = 64
	if r.Format == "int32" {
		s.bits = 32
	}
}

func (c *compiler) text(s *schema, r *rawSchema) error {
	s.minLength, s.maxLength = r.MinLength, r.MaxLength
	var err, formatErr error
	s.pattern, err = c.regexp(r.Pattern)
	if r.Type == kindString {
		s.format, formatErr = c.regexp(formats[r.Format])
	}
	return errors.Join(err, formatErr)
}

// regexp compiles each pattern once: the reference repeats few of them a lot.
func (c *compiler) regexp(pattern string) (*regexp.Regexp, error) {
	if pattern == "" {
		return nil, nil
	}
	if re, ok := c.patterns[pattern]; ok {
		return re, nil
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil, fmt.Errorf("pattern %q: %w", pattern, err)
	}
	c.patterns[pattern] = re
	return re, nil
}

func (c *compiler) array(s *schema, r *rawSchema) (err error) {
	s.minItems, s.maxItems, s.unique = r.MinItems, r.MaxItems, r.Unique
	if r.Items != nil {
		s.items, err = c.compile(r.Items)
	}
	return err
}

func (c *compiler) object(s *schema, r *rawSchema) error {
	s.minProps, s.maxProps = r.MinProps, r.MaxProps
	s.required = slices.Sorted(slices.Values(r.Required))
	s.index = make(map[string]*schema, len(r.Properties))
	for _, name := range slices.Sorted(maps.Keys(r.Properties)) {
		sub, err := c.compile(r.Properties[name])
		if err != nil {
			return fmt.Errorf("member %s: %w", name, err)
		}
		s.members = append(s.members, member{name, sub})
		s.index[name] = sub
	}
	if r.Additional == nil {
		return nil
	}
	s.closed = !r.Additional.allowed
	if r.Additional.schema == nil {
		return nil
	}
	var err error
	s.others, err = c.compile(r.Additional.schema)
	return err
}

func (c *compiler) composition(s *schema, r *rawSchema) error {
	var errs [4]error
	s.allOf, errs[0] = c.list(r.AllOf)
	s.anyOf, errs[1] = c.list(r.AnyOf)
	s.oneOf, errs[2] = c.list(r.OneOf)
	if r.Not != nil {
		s.not, errs[3] = c.compile(r.Not)
	}
	if s.composed() {
		c.composed = append(c.composed, s)
	}
	s.free = s.others != nil || r.Additional != nil && r.Additional.allowed || s.unspecific()
	return errors.Join(errs[:]...)
}

// endless reports the first schema that is part of itself: no value could be judged by it.
func (c *compiler) endless() error {
	for _, s := range c.composed {
		if s.within(s, map[*schema]bool{}) {
			return errors.New("a schema is composed of itself")
		}
	}
	return nil
}

// within tells whether s is among what t is composed of.
func (s *schema) within(t *schema, seen map[*schema]bool) bool {
	for _, part := range slices.Concat(t.allOf, t.anyOf, t.oneOf, []*schema{t.not}) {
		if part == nil || seen[part] {
			continue
		}
		seen[part] = true
		if part == s || s.within(part, seen) {
			return true
		}
	}
	return false
}

func (c *compiler) list(raw []*rawSchema) ([]*schema, error) {
	var list []*schema
	for _, r := range raw {
		s, err := c.compile(r)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// enumText lists the values of an enumeration: "enabled", "disabled".
func enumText(values []any) string {
	texts := make([]string, 0, len(values))
	for _, v := range values {
		// Values of a JSON document encode.
		b, _ := json.Marshal(v)
		texts = append(texts, string(b))
	}
	return strings.Join(texts, ", ")
}
