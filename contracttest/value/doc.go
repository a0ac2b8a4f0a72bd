// Package value is JSON as the runner handles it: decoded values whose numbers keep their digits, how they compare, what
// a JSON pointer finds in them, and how they read as text.
//
// A value is nil, a bool, a json.Number, a string, a []any or a map[string]any of these. The functions take nothing else,
// never panic and never change what they are given. For example:
//
//	v, err := value.Decode([]byte(`{"items":[{"id":7}]}`))
//	id, found := value.At(v, "/items/0/id") // json.Number("7"), true
//
// It leaves to others: expressions, conditions and paths, which expr and jsonpath build on it.
package value
