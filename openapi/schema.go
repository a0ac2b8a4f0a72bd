package openapi

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// The types of values. A schema without a type has the kind "".
const (
	kindString  = "string"
	kindInteger = "integer"
	kindNumber  = "number"
	kindBoolean = "boolean"
	kindArray   = "array"
	kindObject  = "object"
)

// A schema is one Schema Object made ready for walking: references are pointers,
// patterns compiled, members sorted. Bounds that are absent are nil.
type schema struct {
	kind     string
	nullable bool
	enum     []any
	allowed  string // enum as people read it

	minLength int
	maxLength *int
	pattern   *regexp.Regexp
	format    *regexp.Regexp // of the formats that say more than the type

	bits             int // 32 if the format is int32, else 64
	minimum, maximum *float64
	exclMin, exclMax bool

	items               *schema
	minItems            int
	maxItems            *int
	unique              bool
	required            []string
	members             []member // by name
	index               map[string]*schema
	others              *schema // what undeclared members must match, if anything
	closed              bool    // undeclared members are refused
	minProps            int
	maxProps            *int
	allOf, anyOf, oneOf []*schema
	not                 *schema
	free                bool // undeclared members are welcome, and need no note
}

type member struct {
	name   string
	schema *schema
}

func (s *schema) composed() bool {
	return len(s.allOf) > 0 || len(s.anyOf) > 0 || len(s.oneOf) > 0 || s.not != nil
}

// unspecific tells whether the schema says nothing about the members of an object.
func (s *schema) unspecific() bool {
	return (s.kind == "" || s.kind == kindObject) && len(s.members) == 0 && !s.composed()
}

// permits tells whether the type of a decoded, non-null value is the schema's.
func (s *schema) permits(v any) bool {
	if s.kind == "" {
		return true
	}
	kind := kindOf(v)
	return kind == s.kind || kind == kindNumber && s.kind == kindInteger
}

// parts yields the schema and everything that it is composed of, as far as the value
// itself goes: the members of all of them are members of the value.
func (s *schema) parts(yield func(*schema) bool) {
	s.eachPart(yield)
}

func (s *schema) eachPart(yield func(*schema) bool) bool {
	if !yield(s) {
		return false
	}
	for _, list := range [][]*schema{s.allOf, s.anyOf, s.oneOf} {
		for _, part := range list {
			if !part.eachPart(yield) {
				return false
			}
		}
	}
	return true
}

// declares tells whether the schema or a part of it has the member.
func (s *schema) declares(name string) bool {
	if s.index[name] != nil {
		return true
	}
	for part := range s.parts {
		if part.index[name] != nil {
			return true
		}
	}
	return false
}

func (s *schema) declaresAll(m map[string]any) bool {
	for name := range m {
		if !s.declares(name) {
			return false
		}
	}
	return true
}

// welcomes tells whether the schema or a part of it is free.
func (s *schema) welcomes() bool {
	for part := range s.parts {
		if part.free {
			return true
		}
	}
	return false
}

// misspelled returns the declared member that differs from the name by case alone, or
// "". encoding/json would bind the one as the other.
func (s *schema) misspelled(name string) string {
	for part := range s.parts {
		for _, m := range part.members {
			if strings.EqualFold(m.name, name) {
				return m.name
			}
		}
	}
	return ""
}

// memberNames returns the sorted names of the declared members, nil without any.
func (s *schema) memberNames() []string {
	var names []string
	for part := range s.parts {
		for _, m := range part.members {
			names = append(names, m.name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// kindOf names the type of a decoded value. Numbers are all of one kind.
func kindOf(v any) string {
	switch v.(type) {
	case string:
		return kindString
	case json.Number:
		return kindNumber
	case bool:
		return kindBoolean
	case []any:
		return kindArray
	case map[string]any:
		return kindObject
	}
	return "null"
}

// withArticle puts the article before a kind: an integer.
func withArticle(kind string) string {
	if strings.Contains("aeio", kind[:1]) {
		return "an " + kind
	}
	return "a " + kind
}
