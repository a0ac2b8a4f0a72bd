package value

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxDepth bounds nesting, so that no walk over a value exhausts the stack.
const maxDepth = 500

// Decode reads one JSON text to its last byte.
func Decode(text []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, errors.New("the JSON text ends too early")
		}
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the JSON value")
	}
	if !shallow(v, maxDepth) {
		return nil, fmt.Errorf("the JSON text is nested deeper than %d levels", maxDepth)
	}
	return v, nil
}

func shallow(v any, left int) bool {
	if left == 0 {
		return false
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			if !shallow(e, left-1) {
				return false
			}
		}
	case map[string]any:
		for _, e := range v {
			if !shallow(e, left-1) {
				return false
			}
		}
	}
	return true
}

// Encode writes a value as compact JSON, members in the order of their names.
func Encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return []byte("null") // values consist of what JSON can write
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// Text is a value inside a text: a string as it is, everything else as JSON.
func Text(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return string(Encode(v))
}

// Kind names the type of a value for people, with its article.
func Kind(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case json.Number:
		return "a number"
	case string:
		return "a text"
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	}
	return fmt.Sprintf("a %T", v)
}
