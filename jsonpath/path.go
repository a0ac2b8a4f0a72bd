package jsonpath

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pb33f/jsonpath/pkg/jsonpath"
	"github.com/pb33f/jsonpath/pkg/jsonpath/config"
	"go.yaml.in/yaml/v4"
)

// A Path is a JSONPath. It is safe for concurrent use.
type Path struct {
	compiled *jsonpath.JSONPath
	text     string
}

// Parse reads an expression, or says what is wrong with it and where.
func Parse(expression string) (p *Path, err error) {
	if len(expression) > longest {
		return nil, fmt.Errorf("it has %d characters; at most %d are read", len(expression), longest)
	}
	defer func() {
		if broken := recover(); broken != nil { // the library meets what it does not expect
			p, err = nil, errors.New("it is no expression of RFC 9535")
		}
	}()
	compiled, err := jsonpath.NewPath(expression, config.WithStrictRFC9535())
	if err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n") // a drawing of the place follows
		return nil, errors.New(strings.TrimPrefix(first, "Error at line 1, "))
	}
	return &Path{compiled, expression}, nil
}

// longest bounds an expression, and with it how deep it can nest.
const longest = 4096

// Select returns what the path selects below a decoded value, members in the order of their names. Numbers must be
// json.Number.
func (p *Path) Select(v any) []any {
	var list []any
	for _, n := range p.compiled.Query(node(v)) {
		list = append(list, value(n))
	}
	return list
}

// String is the expression as it was given.
func (p *Path) String() string { return p.text }

func node(v any) *yaml.Node {
	switch v := v.(type) {
	case map[string]any:
		n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			n.Content = append(n.Content, node(name), node(v[name]))
		}
		return n
	case []any:
		n := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
		for _, item := range v {
			n.Content = append(n.Content, node(item))
		}
		return n
	case string:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: v}
	case json.Number:
		tag := "!!int"
		if bytes.ContainsAny([]byte(v), ".eE") {
			tag = "!!float"
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: string(v)}
	case bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: fmt.Sprint(v)}
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}
}

func value(n *yaml.Node) any {
	switch n.Kind { //nolint:exhaustive // node makes no others
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = value(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			list = append(list, value(item))
		}
		return list
	}
	switch n.Tag {
	case "!!int", "!!float":
		return json.Number(n.Value)
	case "!!bool":
		return n.Value == "true"
	case "!!null":
		return nil
	}
	return n.Value
}
