package yamltree

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/goccy/go-yaml/ast"
)

// A converter makes nodes of what the YAML parser read.
type converter struct {
	first int // line of the file at which the text begins
	lines int // further lines of the text
	found []Problem
}

func (c *converter) refuse(n ast.Node, message string) Node {
	at := c.place(n.GetToken())
	c.found = append(c.found, Problem{at, message})
	return Node{At: at}
}

func (c *converter) node(n ast.Node, depth int) Node {
	if n == nil {
		return Node{At: c.place(nil)}
	}
	if depth > MaxDepth {
		return c.refuse(n, fmt.Sprintf("nested deeper than %d levels", MaxDepth))
	}
	switch n := n.(type) {
	case *ast.MappingNode:
		return c.mapping(n, n.Values, depth)
	case *ast.MappingValueNode:
		return c.mapping(n, []*ast.MappingValueNode{n}, depth)
	case *ast.SequenceNode:
		out := Node{Shape: List, At: c.place(n.GetToken())}
		for _, v := range n.Values {
			out.Kids = append(out.Kids, c.node(v, depth+1))
		}
		return out
	}
	return c.scalar(n)
}

func (c *converter) mapping(n ast.Node, values []*ast.MappingValueNode, depth int) Node {
	out := Node{Shape: Mapping, At: c.place(n.GetToken())}
	for i, v := range values {
		key := c.scalar(v.Key)
		if i == 0 && key.At.Line == out.At.Line && key.At.Column < out.At.Column {
			out.At = key.At // in block style the mapping's own token is its first colon
		}
		if _, is := v.Key.(*ast.MergeKeyNode); is || key.Shape > Text {
			c.refuse(v.Key, "a key must be plain text")
			continue
		}
		kid := c.node(v.Value, depth+1)
		kid.Key, kid.KeyAt = key.Value, key.At
		out.Kids = append(out.Kids, kid)
	}
	return out
}

func (c *converter) scalar(n ast.Node) Node {
	out := Node{Shape: Text, At: c.place(n.GetToken())}
	switch n := n.(type) {
	case *ast.StringNode:
		out.Value = n.Value
	case *ast.LiteralNode:
		out.Value = n.Value.Value
	case *ast.IntegerNode:
		return c.number(n, out, fmt.Sprint(n.Value))
	case *ast.FloatNode:
		return c.number(n, out, strconv.FormatFloat(n.Value, 'g', -1, 64))
	case *ast.BoolNode:
		out.Shape, out.Value = Boolean, strconv.FormatBool(n.Value)
	case *ast.NullNode:
		out.Shape = Null
	case *ast.MergeKeyNode:
		out.Value = "<<"
	default:
		return c.refuse(n, "anchors, aliases, tags and infinite numbers are not used here; write the value out")
	}
	return out
}

// number keeps the spelling where JSON knows it: it is exact.
func (c *converter) number(n ast.Node, out Node, computed string) Node {
	out.Shape = Number
	for _, out.Value = range []string{n.GetToken().Value, computed} {
		if isNumber(out.Value) {
			return out
		}
	}
	return c.refuse(n, "JSON cannot write this number")
}

func isNumber(text string) bool {
	digit := func(b byte) bool { return b >= '0' && b <= '9' }
	return text != "" && (text[0] == '-' || digit(text[0])) && digit(text[len(text)-1]) && json.Valid([]byte(text))
}
