// Package yamltree reads the YAML that people write, scenarios and fixtures, into nodes that know where they stand, so that
// what is wrong with a value can be said with its line and column.
//
//	nodes, wrong := yamltree.Parse(yamltree.Source{Text: text})
//	if name := nodes[0].Member("name"); name != nil {
//		fmt.Println(name.Value, name.At.Line)
//	}
//
// It promises that a malformed text is a problem with its place and never a panic, that nesting is bounded, that members
// keep their order and double ones stay, and that a number is written as JSON writes it.
//
// It leaves to others what the values mean, and anchors, aliases and tags, which it refuses.
package yamltree
