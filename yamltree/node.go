package yamltree

import "encoding/json"

// A Pos is a place in a file. Both numbers count from 1.
type Pos struct{ Line, Column int }

// A Shape is what a node is.
type Shape uint8

// The shapes. What is up to Text has a value, the others have kids.
const (
	Null Shape = iota
	Boolean
	Number
	Text
	List
	Mapping
)

func (s Shape) String() string {
	return [...]string{"null", "true or false", "a number", "text", "a list", "a mapping"}[s]
}

// A Node is one value, whichever style it was written in.
type Node struct {
	Shape Shape
	At    Pos
	Key   string // of a member of a mapping
	KeyAt Pos    // where that key stands
	Value string // of text, number or boolean
	Kids  []Node // of a list or mapping
}

// Member finds a member of a mapping, the first of that name; nil if there is none.
func (n *Node) Member(name string) *Node {
	for i := range n.Kids {
		if n.Shape == Mapping && n.Kids[i].Key == name {
			return &n.Kids[i]
		}
	}
	return nil
}

// Keys are the names of the members.
func (n *Node) Keys() []string {
	names := make([]string, 0, len(n.Kids))
	for i := range n.Kids {
		names = append(names, n.Kids[i].Key)
	}
	return names
}

// Plain is the node as a JSON value, numbers as json.Number.
func (n *Node) Plain() any {
	switch n.Shape {
	case Boolean:
		return n.Value == "true"
	case Number:
		return json.Number(n.Value)
	case Text:
		return n.Value
	case List:
		out := make([]any, 0, len(n.Kids))
		for i := range n.Kids {
			out = append(out, n.Kids[i].Plain())
		}
		return out
	case Mapping:
		out := make(map[string]any, len(n.Kids))
		for i := range n.Kids {
			out[n.Kids[i].Key] = n.Kids[i].Plain()
		}
		return out
	case Null:
	}
	return nil
}
