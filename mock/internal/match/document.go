package match

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// A document is a decoded body.
type document struct {
	value any
	ok    bool // it is JSON or a form
}

// decoded is the body as a value, decoded at the first call.
func (r *Request) decoded() *document {
	if r.document == nil {
		r.document = decode(r.Header.Get("Content-Type"), r.Body)
	}
	return r.document
}

func decode(mediaType string, body []byte) *document {
	if len(body) == 0 {
		return &document{}
	}
	if strings.HasPrefix(mediaType, "application/x-www-form-urlencoded") {
		form, err := url.ParseQuery(string(body))
		return &document{value: fields(form), ok: err == nil}
	}
	v, err := decodeJSON(body)
	return &document{value: v, ok: err == nil}
}

// fields is a form as an object; a field that occurs more than once is a list.
func fields(form url.Values) map[string]any {
	object := make(map[string]any, len(form))
	for name, values := range form {
		if len(values) == 1 {
			object[name] = values[0]
			continue
		}
		list := make([]any, len(values))
		for i := range values {
			list[i] = values[i]
		}
		object[name] = list
	}
	return object
}

// decodeJSON keeps numbers as they are written.
func decodeJSON(text []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	return v, nil
}

// shown is what a path selected, for people.
func (d *document) shown(nodes []any) string {
	if !d.ok {
		return ""
	}
	texts := make([]string, len(nodes))
	for i, n := range nodes {
		texts[i] = text(n)
	}
	return strings.Join(texts, ", ")
}

// maxShown bounds a value in a mismatch, in bytes.
const maxShown = 200

func text(v any) string {
	encoded, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	if len(encoded) > maxShown {
		return strings.ToValidUTF8(string(encoded[:maxShown]), "") + "…"
	}
	return string(encoded)
}

// A want is what the nodes that a path selects are held to.
type want struct {
	exists *bool // whether there must be any
	value  any   // what one of them must be, otherwise
}

// newWant takes the value as it came out of a decoder, and brings it into the form of decodeJSON.
func newWant(value any) (want, error) {
	encoded, err := json.Marshal(value)
	if err != nil {
		return want{}, fmt.Errorf("the value is no JSON: %w", err)
	}
	v, err := decodeJSON(encoded)
	if err != nil {
		return want{}, fmt.Errorf("the value is no JSON: %w", err)
	}
	if object, ok := v.(map[string]any); ok && len(object) == 1 {
		if said, has := object["exists"]; has {
			exists, is := said.(bool)
			if !is {
				return want{}, fmt.Errorf(`"exists" must be true or false, not %s`, text(said))
			}
			return want{exists: &exists}, nil
		}
	}
	return want{value: v}, nil
}

func (w want) String() string {
	if w.exists != nil {
		return `{"exists":` + strconv.FormatBool(*w.exists) + `}`
	}
	return text(w.value)
}

// holds judges the selected nodes. Where there is no body, or none that can be read, nothing exists.
func (w want) holds(readable bool, nodes []any) bool {
	if w.exists != nil {
		return *w.exists == (readable && len(nodes) > 0)
	}
	return readable && slices.ContainsFunc(nodes, func(n any) bool { return same(w.value, n) })
}

// same compares decoded JSON; numbers by what they are, not by how they are written.
func same(a, b any) bool {
	switch a := a.(type) {
	case json.Number:
		b, ok := b.(json.Number)
		return ok && sameNumber(a, b)
	case []any:
		b, ok := b.([]any)
		return ok && slices.EqualFunc(a, b, same)
	case map[string]any:
		b, ok := b.(map[string]any)
		return ok && maps.EqualFunc(a, b, same)
	}
	return a == b // texts, booleans and null
}

func sameNumber(a, b json.Number) bool {
	if a == b {
		return true
	}
	x, errA := a.Float64()
	y, errB := b.Float64()
	return errA == nil && errB == nil && x == y
}
