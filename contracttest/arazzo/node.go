package arazzo

import "github.com/tenantry/tenantry/yamltree"

// A node is one value of a file, whichever style it was written in.
type node = yamltree.Node

// maxText bounds a file: its parser needs fifty times the memory of the text.
const maxText = 4 << 20

// parse makes a node of a file. What is wrong with it goes to the problems, then ok is false.
func parse(source string, p *problems) (root node, ok bool) {
	if len(source) > maxText {
		p.add(Pos{}, "the file is longer than %d bytes; divide it", maxText)
		return node{}, false
	}
	documents, wrong := yamltree.Parse(yamltree.Source{Text: source})
	for _, w := range wrong {
		p.add(w.Pos, "%s", w.Message)
	}
	switch {
	case len(wrong) > 0:
		return node{}, false
	case len(documents) == 0:
		p.add(Pos{}, "the file is empty")
		return node{}, false
	case len(documents) > 1:
		p.add(documents[1].At, "a second document begins here; a file holds one")
		return node{}, false
	}
	return documents[0], true
}

// member finds a member of a mapping.
func member(n node, name string) (node, bool) {
	if found := n.Member(name); found != nil {
		return *found, true
	}
	return node{}, false
}
