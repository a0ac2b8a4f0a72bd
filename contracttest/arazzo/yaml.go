package arazzo

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

const (
	// maxText bounds a file: its parser needs fifty times the memory of the text.
	maxText = 4 << 20
	// maxBrackets bounds nesting before the parser sees it, which takes minutes for some thousand levels.
	maxBrackets = 500
	// maxDepth bounds nesting; the deepest payload that anybody writes is far below.
	maxDepth = 100
)

// parse makes a node of a file. What is wrong with it goes to the problems, then ok is false.
func parse(source string, p *problems) (root node, ok bool) {
	switch {
	case !utf8.ValidString(source):
		p.add(badLine(source), "the line holds bytes that are not UTF-8 text")
		return node{}, false
	case len(source) > maxText:
		p.add(Pos{}, "the file is longer than %d bytes; divide it", maxText)
		return node{}, false
	case brackets(source) > maxBrackets:
		p.add(Pos{}, "the file has more than %d open brackets", maxBrackets)
		return node{}, false
	}
	file, err := parseAST(source)
	if err != nil {
		at, message := syntax(err)
		p.add(at, "not YAML: %s", message)
		return node{}, false
	}
	return convert(file, p)
}

func convert(file *ast.File, p *problems) (root node, ok bool) {
	c := converter{problems: p}
	before := len(p.found)
	documents := 0
	for _, d := range file.Docs {
		if d.Body == nil {
			continue
		}
		if _, is := d.Body.(*ast.DirectiveNode); is {
			continue
		}
		if documents++; documents > 1 {
			p.add(place(d.Body.GetToken()), "a second document begins here; a file holds one")
			return root, false
		}
		root = c.node(d.Body, 0)
	}
	if documents == 0 {
		p.add(Pos{}, "the file is empty")
	}
	return root, len(p.found) == before
}

func badLine(source string) Pos {
	line := 1
	for part := range strings.Lines(source) {
		if !utf8.ValidString(part) {
			break
		}
		line++
	}
	return Pos{line, 1}
}

// brackets is how many brackets are open at most, wherever they stand.
func brackets(source string) (most int) {
	open := 0
	for i := range len(source) {
		switch source[i] {
		case '[', '{':
			open++
			most = max(most, open)
		case ']', '}':
			open = max(open-1, 0)
		}
	}
	return most
}

// parseAST turns a panic of the parser into an error: files come from people, and the parser has known weaknesses with
// malformed ones.
func parseAST(source string) (file *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return parser.ParseBytes([]byte(source), 0, parser.AllowDuplicateMapKey())
}

func syntax(err error) (at Pos, message string) {
	var broken yaml.Error
	if errors.As(err, &broken) {
		return place(broken.GetToken()), firstLine(broken.GetMessage())
	}
	return Pos{}, firstLine(err.Error())
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

func place(t *token.Token) Pos {
	if t == nil || t.Position == nil {
		return Pos{1, 1}
	}
	return Pos{t.Position.Line, t.Position.Column}
}

// converter makes nodes of what the YAML parser read.
type converter struct{ problems *problems }

func (c *converter) refuse(n ast.Node, message string) node {
	at := place(n.GetToken())
	c.problems.add(at, "%s", message)
	return node{at: at}
}

func (c *converter) node(n ast.Node, depth int) node {
	if n == nil {
		return node{at: Pos{1, 1}}
	}
	if depth > maxDepth {
		return c.refuse(n, fmt.Sprintf("nested deeper than %d levels", maxDepth))
	}
	switch n := n.(type) {
	case *ast.MappingNode:
		return c.mapping(n, n.Values, depth)
	case *ast.MappingValueNode:
		return c.mapping(n, []*ast.MappingValueNode{n}, depth)
	case *ast.SequenceNode:
		out := node{shape: list, at: place(n.GetToken())}
		for _, v := range n.Values {
			out.kids = append(out.kids, c.node(v, depth+1))
		}
		return out
	}
	return c.scalar(n)
}

func (c *converter) mapping(n ast.Node, values []*ast.MappingValueNode, depth int) node {
	out := node{shape: mapping, at: place(n.GetToken())}
	for i, v := range values {
		key := c.scalar(v.Key)
		if i == 0 && key.at.Line == out.at.Line && key.at.Column < out.at.Column {
			out.at = key.at // in block style the mapping's own token is its first colon
		}
		if _, is := v.Key.(*ast.MergeKeyNode); is || key.shape > text {
			c.refuse(v.Key, "a key must be plain text")
			continue
		}
		kid := c.node(v.Value, depth+1)
		kid.key, kid.keyAt = key.value, key.at
		out.kids = append(out.kids, kid)
	}
	return out
}

func (c *converter) scalar(n ast.Node) node {
	out := node{shape: text, at: place(n.GetToken())}
	switch n := n.(type) {
	case *ast.StringNode:
		out.value = n.Value
	case *ast.LiteralNode:
		out.value = n.Value.Value
	case *ast.IntegerNode:
		return c.number(n, out, fmt.Sprint(n.Value))
	case *ast.FloatNode:
		return c.number(n, out, strconv.FormatFloat(n.Value, 'g', -1, 64))
	case *ast.BoolNode:
		out.shape, out.value = boolean, strconv.FormatBool(n.Value)
	case *ast.NullNode:
		out.shape = null
	case *ast.MergeKeyNode:
		out.value = "<<"
	default:
		return c.refuse(n, "anchors, aliases, tags and infinite numbers are not used in scenarios; write the value out")
	}
	return out
}

func (c *converter) number(n ast.Node, out node, computed string) node {
	digits, ok := jsonNumber(n.GetToken().Value, computed)
	if !ok {
		return c.refuse(n, "JSON cannot write this number")
	}
	out.shape, out.value = number, digits
	return out
}
