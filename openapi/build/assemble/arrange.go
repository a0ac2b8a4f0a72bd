package assemble

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// A kind says how the keys of a mapping are meant.
type kind int

const (
	keywords kind = iota // words of OpenAPI; they get a fixed order
	names                // names in an order that means something to the reader
	sorted               // names without such an order
	data                 // a value of somebody else, left as it is
)

// kinds are the kinds of what stands below a keyword, where it is not keywords
// again.
var kinds = map[string]kind{
	"paths": sorted, "responses": sorted, "schemas": sorted, "requestBodies": sorted, "headers": sorted,
	"securitySchemes": sorted, "content": sorted, "flows": sorted, "properties": names, "patternProperties": names,
	"example": data, "examples": data, "default": data, "enum": data, "required": data, "scopes": data, "security": data, "mapping": data,
}

// below returns the kind of what stands under key in a mapping of kind k.
func below(k kind, key string, value *yaml.Node) kind {
	switch {
	case k == data || k == keywords && strings.HasPrefix(key, "x-"):
		return data
	case k != keywords:
		return keywords
	case key == "parameters" && value.Kind == yaml.MappingNode: // those of the components have names, those of an operation are a list
		return sorted
	}
	return kinds[key]
}

// arrange brings the document into its fixed order and style: the order of keys
// does not depend on which action added them, comments go, numbers and dates that
// YAML would read into keys and texts stay text.
func arrange(root *yaml.Node) { arrangeNode(root, keywords) }

func arrangeNode(n *yaml.Node, k kind) {
	n.Style, n.HeadComment, n.LineComment, n.FootComment, n.Anchor = 0, "", "", "", ""
	if n.Tag == "!!timestamp" { // JSON has none
		n.Tag = "!!str"
	}
	if n.Kind != yaml.MappingNode {
		for _, item := range n.Content {
			arrangeNode(item, k)
		}
		return
	}
	for key, value := range members(n) {
		key.Tag = "!!str"
		arrangeNode(value, below(k, key.Value, value))
		key.Style, key.HeadComment, key.LineComment, key.FootComment, key.Anchor = 0, "", "", "", ""
	}
	if k == keywords || k == sorted {
		sortMembers(n, k)
	}
}

// members goes over the keys and values of a mapping.
func members(n *yaml.Node) func(yield func(key, value *yaml.Node) bool) {
	return func(yield func(key, value *yaml.Node) bool) {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if !yield(n.Content[i], n.Content[i+1]) {
				return
			}
		}
	}
}

func sortMembers(n *yaml.Node, k kind) {
	var pairs [][2]*yaml.Node
	for key, value := range members(n) {
		pairs = append(pairs, [2]*yaml.Node{key, value})
	}
	slices.SortStableFunc(pairs, func(a, b [2]*yaml.Node) int {
		x, y := a[0].Value, b[0].Value
		if d := rank(x) - rank(y); k == keywords && d != 0 {
			return d
		}
		return strings.Compare(x, y)
	})
	n.Content = n.Content[:0]
	for _, p := range pairs {
		n.Content = append(n.Content, p[0], p[1])
	}
}

// order is the order of keywords; extensions stand at "x-", what is not listed
// before the last three.
var order = []string{
	"openapi", "info", "title", "version", "url", "$ref", "name", "in", "operationId", "tags", "summary", "description", "x-",
	"servers", "get", "post", "put", "patch", "delete", "deprecated", "security", "type", "format", "nullable", "required",
	"schema", "parameters", "requestBody", "headers", "content", "responses", "paths", "components", "properties", "", "items",
	"example", "examples",
}

func rank(key string) int {
	if strings.HasPrefix(key, "x-") {
		key = "x-"
	}
	if i := slices.Index(order, key); i >= 0 {
		return i
	}
	return slices.Index(order, "")
}
