package yamltree

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// MaxDepth bounds nesting; what people write is far below.
const MaxDepth = 100

// A Source is a text, and where it begins in its file.
type Source struct {
	Text      string
	FirstLine int // 0 is 1
	// MaxBrackets bounds how many brackets may be open, before the parser sees them: some thousand take it minutes. 0 is 500.
	MaxBrackets int
}

const maxBrackets = 500

// A Problem is one thing that is wrong with a text.
type Problem struct {
	Pos
	Message string
}

// Parse makes a node of each document of the text. Where there is a problem the nodes are of no use. The parser needs fifty
// times the memory of the text: the caller bounds it.
func Parse(s Source) ([]Node, []Problem) {
	s.FirstLine, s.MaxBrackets = max(s.FirstLine, 1), s.brackets()
	if at, bad := s.NotText(); bad {
		return nil, []Problem{{at, "the line holds bytes that are not UTF-8 text"}}
	}
	if open(s.Text) > s.MaxBrackets {
		return nil, []Problem{{Pos{s.FirstLine, 1}, fmt.Sprintf("it has more than %d open brackets", s.MaxBrackets)}}
	}
	file, err := parse(s.Text)
	c := converter{first: s.FirstLine, lines: strings.Count(s.Text, "\n")}
	if err != nil {
		return nil, []Problem{c.syntax(err)}
	}
	var nodes []Node
	for _, d := range file.Docs {
		if _, is := d.Body.(*ast.DirectiveNode); d.Body != nil && !is {
			nodes = append(nodes, c.node(d.Body, 0))
		}
	}
	return nodes, c.found
}

func (s Source) brackets() int {
	if s.MaxBrackets == 0 {
		return maxBrackets
	}
	return s.MaxBrackets
}

// NotText finds the first line that is not UTF-8.
func (s Source) NotText() (Pos, bool) {
	if utf8.ValidString(s.Text) {
		return Pos{}, false
	}
	line := max(s.FirstLine, 1)
	for part := range strings.Lines(s.Text) {
		if !utf8.ValidString(part) {
			break
		}
		line++
	}
	return Pos{line, 1}, true
}

// open is how many brackets are open at most, wherever they stand.
func open(text string) (most int) {
	now := 0
	for i := range len(text) {
		switch text[i] {
		case '[', '{':
			now++
			most = max(most, now)
		case ']', '}':
			now = max(now-1, 0)
		}
	}
	return most
}

// parse turns a panic of the parser into an error: files come from people, and the parser has known weaknesses with
// malformed ones.
func parse(text string) (file *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return parser.ParseBytes([]byte(text), 0, parser.AllowDuplicateMapKey())
}

func (c *converter) syntax(err error) Problem {
	var broken yaml.Error
	if errors.As(err, &broken) {
		return Problem{c.place(broken.GetToken()), "not YAML: " + firstLine(broken.GetMessage())}
	}
	return Problem{Pos{c.first, 1}, "not YAML: " + firstLine(err.Error())}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// place is where a token stands in the file. The parser counts a lone carriage return as a line, editors do not.
func (c *converter) place(t *token.Token) Pos {
	if t == nil || t.Position == nil {
		return Pos{c.first, 1}
	}
	return Pos{c.first + min(t.Position.Line-1, c.lines), t.Position.Column}
}
