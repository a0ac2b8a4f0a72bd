package value

import (
	"errors"
	"strconv"
	"strings"
)

// CheckPointer says what is wrong with a JSON pointer (RFC 6901), nil if nothing is.
func CheckPointer(pointer string) error {
	if pointer != "" && pointer[0] != '/' {
		return errors.New("a JSON pointer begins with /")
	}
	for i := 0; i < len(pointer); i++ {
		if pointer[i] == '~' && (i+1 == len(pointer) || pointer[i+1] != '0' && pointer[i+1] != '1') {
			return errors.New("in a JSON pointer, ~ is followed by 0 or 1")
		}
	}
	return nil
}

// At is what a JSON pointer finds in a value; "" finds the value itself.
func At(v any, pointer string) (any, bool) {
	if pointer == "" {
		return v, true
	}
	if CheckPointer(pointer) != nil {
		return nil, false
	}
	for token := range strings.SplitSeq(pointer[1:], "/") {
		next, ok := child(v, unescape(token))
		if !ok {
			return nil, false
		}
		v = next
	}
	return v, true
}

func child(v any, token string) (any, bool) {
	switch v := v.(type) {
	case map[string]any:
		next, ok := v[token]
		return next, ok
	case []any:
		if i, ok := index(token); ok && i < len(v) {
			return v[i], true
		}
	}
	return nil, false
}

func index(token string) (int, bool) {
	if token == "" || token != "0" && token[0] == '0' || strings.Trim(token, "0123456789") != "" {
		return 0, false
	}
	i, err := strconv.Atoi(token)
	return i, err == nil
}

func unescape(token string) string {
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
}

// Escape writes a member's name as it stands in a JSON pointer.
func Escape(name string) string {
	return strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1")
}

// Replace is a copy of a value that has another value where the pointer points. It says false if the parent of that place
// is not there, or is a list without that element; a member of an object may be new, and - appends to a list.
func Replace(v any, pointer string, with any) (any, bool) {
	if pointer == "" {
		return with, true
	}
	if CheckPointer(pointer) != nil {
		return v, false
	}
	return replace(v, strings.Split(pointer[1:], "/"), with)
}

func replace(v any, tokens []string, with any) (any, bool) {
	if len(tokens) == 0 {
		return with, true
	}
	token := unescape(tokens[0])
	switch v := v.(type) {
	case map[string]any:
		old, has := v[token]
		if !has && len(tokens) > 1 {
			return v, false
		}
		next, ok := replace(old, tokens[1:], with)
		return withMember(v, token, next), ok
	case []any:
		if token == "-" && len(tokens) == 1 {
			return append(v[:len(v):len(v)], with), true
		}
		i, ok := index(token)
		if !ok || i >= len(v) {
			return v, false
		}
		next, ok := replace(v[i], tokens[1:], with)
		list := append([]any(nil), v...)
		list[i] = next
		return list, ok
	}
	return v, false
}

func withMember(v map[string]any, name string, to any) map[string]any {
	out := make(map[string]any, len(v)+1)
	for k, e := range v {
		out[k] = e
	}
	out[name] = to
	return out
}
