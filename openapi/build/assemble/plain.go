package assemble

import (
	"errors"
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
)

// plain copies a node of the overlay, with every alias replaced by what it stands
// for: an alias means nothing in another document.
func plain(n *yaml.Node) (*yaml.Node, error) {
	if n.Kind == yaml.AliasNode {
		return plain(n.Alias)
	}
	if n.Tag == "!!merge" {
		return nil, errors.New("merge keys (<<) are not supported: write an alias, or an action with several targets")
	}
	c := *n
	c.Anchor = ""
	c.Content = make([]*yaml.Node, 0, len(n.Content))
	for _, child := range n.Content {
		p, err := plain(child)
		if err != nil {
			return nil, err
		}
		c.Content = append(c.Content, p)
	}
	return &c, nil
}

// sameTypes refuses an update that replaces a scalar by one of another type. The
// library would keep the old type with the new text, say a text under !!int.
func sameTypes(target, update *yaml.Node) error {
	if target.Kind != update.Kind {
		return nil // replaced as a whole
	}
	if target.Kind == yaml.ScalarNode && target.ShortTag() != update.ShortTag() {
		return fmt.Errorf("%q would replace %q, a scalar of another type: remove that first", update.Value, target.Value)
	}
	if target.Kind != yaml.MappingNode {
		return nil // a sequence is appended to
	}
	for key, value := range members(update) {
		for k, old := range members(target) {
			if k.Value != key.Value {
				continue
			}
			if err := sameTypes(old, value); err != nil {
				return fmt.Errorf("%s: %w", key.Value, err)
			}
		}
	}
	return nil
}

// fingerprint is equal for equal nodes.
func fingerprint(n *yaml.Node) string {
	var b strings.Builder
	var add func(*yaml.Node)
	add = func(n *yaml.Node) {
		fmt.Fprintf(&b, "%d %s %q (", n.Kind, n.ShortTag(), n.Value)
		for _, child := range n.Content {
			add(child)
		}
		b.WriteByte(')')
	}
	add(n)
	return b.String()
}
