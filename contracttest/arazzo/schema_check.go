package arazzo

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tenantry/tenantry/contracttest/expr"
	"github.com/tenantry/tenantry/contracttest/value"
)

// Check says what is wrong with a value, in sentences that lack their subject: "must be an integer". A value that a text
// spells is not the text: see Typed. What is wrong below the value begins with its place. The value is not repeated: it may be a secret.
func (s *Schema) Check(v any) []string {
	var wrong []string
	s.check("", v, func(place, message string) {
		wrong = append(wrong, strings.TrimSpace(place+" "+message))
	})
	return wrong
}

func (s *Schema) check(place string, v any, report func(place, message string)) {
	if v == nil && (s.Nullable || s.Type == "") {
		return
	}
	if !s.permits(v) {
		report(place, "must be "+article(s.Type)+", not "+value.Kind(v))
		return
	}
	if s.HasConst && !value.Equal(s.Const, v) {
		report(place, "must be "+expr.Show(s.Const, true))
	}
	if s.Enum != nil && !slices.ContainsFunc(s.Enum, func(e any) bool { return value.Equal(e, v) }) {
		report(place, "must be one of "+shown(s.Enum))
	}
	switch v := v.(type) {
	case string:
		s.checkText(place, v, report)
	case json.Number:
		s.checkNumber(place, v, report)
	case []any:
		s.checkList(place, v, report)
	case map[string]any:
		s.checkObject(place, v, report)
	}
}

func article(kind string) string {
	if strings.IndexByte("aio", kind[0]) >= 0 {
		return "an " + kind
	}
	return "a " + kind
}

func shown(values []any) string {
	var texts []string
	for _, v := range values {
		texts = append(texts, expr.Show(v, true))
	}
	return strings.Join(texts, ", ")
}

func (s *Schema) permits(v any) bool {
	switch s.Type {
	case "string":
		_, ok := v.(string)
		return ok
	case "integer":
		n, ok := v.(json.Number)
		return ok && whole(n)
	case "number":
		_, ok := v.(json.Number)
		return ok
	case "boolean":
		_, ok := v.(bool)
		return ok
	case "array":
		_, ok := v.([]any)
		return ok
	case "object":
		_, ok := v.(map[string]any)
		return ok
	}
	return true
}

func whole(n json.Number) bool {
	f, err := n.Float64()
	return err == nil && f == float64(int64(f))
}

func (s *Schema) checkText(place, v string, report func(place, message string)) {
	length := utf8.RuneCountInString(v)
	if s.MinLength != nil && length < *s.MinLength {
		report(place, fmt.Sprintf("must have %d characters or more", *s.MinLength))
	}
	if s.MaxLength != nil && length > *s.MaxLength {
		report(place, fmt.Sprintf("must have %d characters or fewer", *s.MaxLength))
	}
	if s.Pattern != nil && !s.Pattern.MatchString(v) {
		report(place, "must match the pattern "+s.Pattern.String())
	}
}

func (s *Schema) checkNumber(place string, v json.Number, report func(place, message string)) {
	f, _ := v.Float64() // out of range is infinite, and beyond every bound
	if s.Minimum != nil && f < *s.Minimum {
		report(place, fmt.Sprintf("must be %v or more", *s.Minimum))
	}
	if s.Maximum != nil && f > *s.Maximum {
		report(place, fmt.Sprintf("must be %v or less", *s.Maximum))
	}
}

func (s *Schema) checkList(place string, v []any, report func(place, message string)) {
	if s.MinItems != nil && len(v) < *s.MinItems {
		report(place, fmt.Sprintf("must have %d elements or more", *s.MinItems))
	}
	if s.MaxItems != nil && len(v) > *s.MaxItems {
		report(place, fmt.Sprintf("must have %d elements or fewer", *s.MaxItems))
	}
	for i, e := range v {
		if s.Items != nil {
			s.Items.check(place+"/"+strconv.Itoa(i), e, report)
		}
	}
}

func (s *Schema) checkObject(place string, v map[string]any, report func(place, message string)) {
	for _, name := range s.Required {
		if _, ok := v[name]; !ok {
			report(place+"/"+name, "is missing")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(v)) {
		p := s.Properties[name]
		switch {
		case p != nil:
			p.check(place+"/"+value.Escape(name), v[name], report)
		case s.Closed:
			report(place+"/"+value.Escape(name), "is not declared; "+value.Hint(name, s.names()))
		}
	}
}

// Typed reads a text as the type that the schema asks for: what a command line or an environment hands over is text.
func (s *Schema) Typed(v any) any {
	given, ok := v.(string)
	if !ok {
		return v
	}
	switch s.Type {
	case "integer", "number":
		if n, ok := value.Number(given); ok {
			return n
		}
	case "boolean":
		if given == "true" || given == "false" {
			return given == "true"
		}
	case "array", "object":
		if decoded, err := value.Decode([]byte(given)); err == nil {
			return decoded
		}
	}
	return v
}
