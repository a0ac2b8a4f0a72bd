package arazzo

import (
	"encoding/json"

	"github.com/tenantry/tenantry/contracttest/value"
)

// A shape is what a node is.
type shape uint8

const (
	null shape = iota
	boolean
	number
	text
	list
	mapping
)

func (s shape) String() string {
	return [...]string{"null", "true or false", "a number", "text", "a list", "a mapping"}[s]
}

// A node is one value of a file, whichever style it was written in.
type node struct {
	shape shape
	at    Pos
	key   string // of a member of a mapping
	keyAt Pos
	value string // of text, number or boolean
	kids  []node // of a list or mapping
}

// member finds a member of a mapping.
func (n node) member(key string) (node, bool) {
	for _, k := range n.kids {
		if n.shape == mapping && k.key == key {
			return k, true
		}
	}
	return node{}, false
}

// plain is a node as a JSON value, texts as they are.
func (n node) plain() any {
	switch n.shape {
	case boolean:
		return n.value == "true"
	case number:
		return json.Number(n.value)
	case text:
		return n.value
	case list:
		out := make([]any, 0, len(n.kids))
		for _, k := range n.kids {
			out = append(out, k.plain())
		}
		return out
	case mapping:
		out := make(map[string]any, len(n.kids))
		for _, k := range n.kids {
			out[k.key] = k.plain()
		}
		return out
	case null:
	}
	return nil
}

// keys are the names of the members.
func (n node) keys() []string {
	names := make([]string, 0, len(n.kids))
	for _, k := range n.kids {
		names = append(names, k.key)
	}
	return names
}

// jsonNumber writes a number of YAML as one of JSON.
func jsonNumber(spelled, computed string) (string, bool) {
	for _, s := range []string{spelled, computed} {
		if n, ok := value.Number(s); ok {
			return string(n), true
		}
	}
	return "", false
}
