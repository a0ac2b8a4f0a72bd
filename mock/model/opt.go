package model

import "encoding/json"

// Opt is a member of a request that may be absent, null, or a value.
type Opt[T any] struct {
	Set   bool // the member was present
	Null  bool // it was null
	Value T
}

// Some is a present value.
func Some[T any](v T) Opt[T] { return Opt[T]{Set: true, Value: v} }

// UnmarshalJSON is only called for a member that is present.
func (o *Opt[T]) UnmarshalJSON(data []byte) error {
	o.Set = true
	if string(data) == "null" {
		o.Null = true
		return nil
	}
	if text, ok := any(&o.Value).(*string); ok && plain(data) {
		*text = string(data[1 : len(data)-1])
		return nil
	}
	return json.Unmarshal(data, &o.Value)
}

// plain reports whether a JSON value is a text that is written as it is: in ASCII, without escapes.
func plain(data []byte) bool {
	if len(data) < 2 || data[0] != '"' {
		return false
	}
	for _, c := range data[1 : len(data)-1] {
		if c == '\\' || c >= 0x80 {
			return false
		}
	}
	return true
}

// Over writes the member over dst: absent keeps, null makes nil.
func (o Opt[T]) Over(dst **T) {
	switch {
	case !o.Set:
	case o.Null:
		*dst = nil
	default:
		value := o.Value // a copy: taking the address of o would put it on the heap in the other cases too
		*dst = &value
	}
}

// Or is the value, or fallback when absent or null.
func (o Opt[T]) Or(fallback T) T {
	if !o.Set || o.Null {
		return fallback
	}
	return o.Value
}
