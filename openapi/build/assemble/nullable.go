package assemble

import (
	"errors"
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
)

// spellNull rewrites schemas with nullable and nothing else about the value. OpenAPI 3.0.3 lets nullable add null to the
// type beside it; without one, some readers allow null, some do not, and some refuse the document. A text or null, or
// anything, means the same to all of them.
func spellNull(n *yaml.Node, k kind) error {
	if n.Kind != yaml.MappingNode {
		for _, item := range n.Content {
			if err := spellNull(item, k); err != nil {
				return err
			}
		}
		return nil
	}
	for key, value := range members(n) {
		if err := spellNull(value, below(k, key.Value, value)); err != nil {
			return fmt.Errorf("%s: %w", key.Value, err)
		}
	}
	if k != keywords {
		return nil
	}
	for key, value := range members(n) {
		if key.Value != "nullable" || value.Value != "true" || has(n, "type") {
			continue
		}
		if !wordless(n) {
			return errors.New("nullable: needs a type beside it in OpenAPI 3.0")
		}
		key.Value = "anyOf"
		return value.Encode([]any{map[string]any{"type": "string", "nullable": true}, map[string]any{}})
	}
	return nil
}

func has(n *yaml.Node, name string) bool {
	for key := range members(n) {
		if key.Value == name {
			return true
		}
	}
	return false
}

// wordless tells whether a schema says nothing about the value but nullable.
func wordless(n *yaml.Node) bool {
	for key := range members(n) {
		switch name := key.Value; name {
		case "nullable", "description", "title", "deprecated", "example":
		default:
			if !strings.HasPrefix(name, "x-") {
				return false
			}
		}
	}
	return true
}
