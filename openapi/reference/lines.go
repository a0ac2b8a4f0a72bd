package reference

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// A line is a line of the document, without blanks at its end, and its number.
type line struct {
	number int
	text   string
}

// A parser walks over the lines of a document. Blank lines mean nothing in it
// and are dropped, so an empty peek is the end.
type parser struct {
	lines []line
	pos   int
	at    string // what is being read, for errors
}

func newParser(r io.Reader) (*parser, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read reference: %w", err)
	}
	if !utf8.Valid(b) {
		return nil, errors.New("the reference is not UTF-8 text")
	}
	p := &parser{at: "document"}
	number := 0
	for text := range strings.Lines(string(b)) {
		number++
		if text = strings.TrimRight(text, " \t\r\n"); text != "" {
			p.lines = append(p.lines, line{number, text})
		}
	}
	return p, nil
}

// peek returns the text of the current line, or "" at the end.
func (p *parser) peek() string {
	if p.pos == len(p.lines) {
		return ""
	}
	return p.lines[p.pos].text
}

// take steps over the current line if it is want.
func (p *parser) take(want string) bool {
	if p.peek() != want {
		return false
	}
	p.pos++
	return true
}

// takeAfter steps over the current line if it begins with prefix, and returns
// what follows the prefix.
func (p *parser) takeAfter(prefix string) (string, bool) {
	rest, ok := strings.CutPrefix(p.peek(), prefix)
	if !ok {
		return "", false
	}
	p.pos++
	return rest, true
}

// expect steps over lines that must be there, in this order.
func (p *parser) expect(want ...string) error {
	for _, w := range want {
		if !p.take(w) {
			return p.unexpected(fmt.Sprintf("%q", w))
		}
	}
	return nil
}

// expectAfter is takeAfter for a line that must be there.
func (p *parser) expectAfter(prefix string) (string, error) {
	rest, ok := p.takeAfter(prefix)
	if !ok {
		return "", p.unexpected(fmt.Sprintf("a line that begins with %q", prefix))
	}
	return rest, nil
}

// unexpected is the error for a current line that is not what is wanted.
func (p *parser) unexpected(want string) error {
	if p.pos == len(p.lines) {
		return fmt.Errorf("%s: the text ends where %s should be", p.at, want)
	}
	l := p.lines[p.pos]
	return p.errorAt(l, "found %q where %s should be", l.text, want)
}

// errorAt is an error about line l.
func (p *parser) errorAt(l line, format string, args ...any) error {
	return fmt.Errorf("line %d (%s): %s", l.number, p.at, fmt.Sprintf(format, args...))
}

// last is the line that was stepped over last. It needs one.
func (p *parser) last() line { return p.lines[p.pos-1] }

// quoted returns the text between a pair of backquotes that enclose s.
func quoted(s string) (string, bool) {
	inner, ok := strings.CutPrefix(s, "`")
	if !ok {
		return "", false
	}
	inner, ok = strings.CutSuffix(inner, "`")
	return inner, ok && inner != ""
}

// bullets reads the list of quoted values at the current line; mark opens each.
func (p *parser) bullets(mark string) ([]string, error) {
	var all []string
	for strings.HasPrefix(p.peek(), mark) {
		text, _ := p.takeAfter(mark)
		value, ok := quoted(text)
		if !ok {
			return nil, p.errorAt(p.last(), "list item %q is not one quoted value", text)
		}
		all = append(all, value)
	}
	if all == nil {
		return nil, p.unexpected("a list of quoted values")
	}
	return all, nil
}
