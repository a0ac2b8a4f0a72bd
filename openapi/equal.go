package openapi

import "encoding/json"

// equal compares values of the document and of a message. Numbers compare by value.
func equal(a, b any) bool { return identity(a) == identity(b) }

// repeats tells whether two items are equal. It takes time proportional to their size.
func repeats(list []any) bool {
	seen := make(map[any]bool, len(list))
	for _, v := range list {
		key := identity(v)
		if seen[key] {
			return true
		}
		seen[key] = true
	}
	return false
}

// encoded keeps the identity of an array apart from that of a string.
type encoded string

// identity returns a key that equal values share.
func identity(v any) any {
	switch v := v.(type) {
	case json.Number:
		if f, err := v.Float64(); err == nil {
			return f
		}
	case []any, map[string]any:
		// Decoded values encode, with sorted members.
		b, _ := json.Marshal(v)
		return encoded(b)
	}
	return v
}
