package assemble

import (
	"bytes"
	"encoding/json"
	"fmt"

	"gopkg.in/yaml.v3"
)

// compact renders the document as JSON on one line, without its examples.
func compact(root *yaml.Node) ([]byte, error) {
	var value any
	if err := withoutExamples(root, keywords).Decode(&value); err != nil {
		return nil, fmt.Errorf("render as JSON: %w", err)
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf) // sorts keys
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return nil, fmt.Errorf("render as JSON: %w", err)
	}
	return buf.Bytes(), nil
}

// withoutExamples copies a node but for the keywords example and examples; a
// property of that name stays.
func withoutExamples(n *yaml.Node, k kind) *yaml.Node {
	c := *n
	c.Content = nil
	if n.Kind != yaml.MappingNode {
		for _, item := range n.Content {
			c.Content = append(c.Content, withoutExamples(item, k))
		}
		return &c
	}
	for key, value := range members(n) {
		if k == keywords && (key.Value == "example" || key.Value == "examples") {
			continue
		}
		c.Content = append(c.Content, key, withoutExamples(value, below(k, key.Value, value)))
	}
	return &c
}
