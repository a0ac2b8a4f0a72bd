package assemble

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/tenantry/tenantry/openapi/reference"
)

// schemaOf restates facts as a schema.
func schemaOf(f reference.Facts) (*schema, error) {
	s := &schema{MinLength: f.MinLength, MaxLength: f.MaxLength, Minimum: f.Minimum}
	if err := s.setType(f); err != nil {
		return nil, err
	}
	if f.Pattern != nil {
		// The document's patterns are run by package regexp, whatever wrote them.
		if _, err := regexp.Compile(*f.Pattern); err != nil {
			return nil, fmt.Errorf("compile pattern: %w", err)
		}
		s.Pattern = new(portable(*f.Pattern))
	}
	for _, text := range f.Allowed {
		v, err := value(text, f.Type)
		if err != nil {
			return nil, fmt.Errorf("allowed value: %w", err)
		}
		s.Enum = append(s.Enum, v)
	}
	if f.Default != nil {
		v, err := value(*f.Default, f.Type)
		if err != nil {
			return nil, fmt.Errorf("default: %w", err)
		}
		s.Default = v
	}
	return s, nil
}

func (s *schema) setType(f reference.Facts) (err error) {
	switch f.Type {
	case reference.Any:
		s.Nullable = true // no type: the reference names null among the values
	case reference.DateTime:
		s.Type = "string" // no format: the zone is optional, which RFC 3339 does not allow
	case reference.String:
		s.Type = "string"
	case reference.Integer:
		s.Type = "integer"
	case reference.Boolean:
		s.Type = "boolean"
	case reference.Object:
		s.Type = "object"
	case reference.Array:
		s.Type = "array"
		if f.Items == nil {
			return fmt.Errorf("an array without a fact about its items")
		}
		s.Items, err = schemaOf(*f.Items)
	default:
		return fmt.Errorf("unknown type %q", f.Type)
	}
	return err
}

// value reads the text of an allowed value or default by the value's type.
func value(text string, t reference.Type) (any, error) {
	switch t {
	case reference.Integer:
		return strconv.Atoi(text)
	case reference.Boolean:
		return strconv.ParseBool(text)
	case reference.String, reference.DateTime, reference.Object, reference.Array, reference.Any:
	}
	return text, nil
}

// bodySchema is an object with the fields as members. A body that is neither
// JSON nor a form has no members: the reference gives it one field, "schema".
func bodySchema(b *reference.Body) (*schema, error) {
	switch b.MediaType {
	case "application/json", "application/x-www-form-urlencoded":
	default:
		if len(b.Fields) != 1 || b.Fields[0].Name != "schema" || b.Fields[0].Type != reference.Any {
			return nil, fmt.Errorf("a body of type %s has fields", b.MediaType)
		}
		return &schema{Type: "string", Format: "binary"}, nil
	}
	s := &schema{Type: "object"}
	for _, f := range b.Fields {
		member, err := schemaOf(f.Facts)
		if err != nil {
			return nil, fmt.Errorf("body field %q: %w", f.Name, err)
		}
		s.Properties = append(s.Properties, property{f.Name, member})
		if f.Required {
			s.Required = append(s.Required, f.Name)
		}
	}
	return s, nil
}
