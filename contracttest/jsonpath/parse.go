package jsonpath

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// maxDepth bounds nested filters and parentheses.
const maxDepth = 50

// Parse reads an expression, or says what is wrong with it and at which character.
func Parse(text string) (*Path, error) {
	p := &parser{text: text}
	if !strings.HasPrefix(text, "$") {
		return nil, errors.New("at character 1: a JSONPath begins with $, the value itself")
	}
	path, err := p.path()
	if err == nil && p.at < len(text) {
		err = fmt.Errorf("%q is not understood here", p.rest())
	}
	if err != nil {
		return nil, fmt.Errorf("at character %d: %w", p.at+1, err)
	}
	return path, nil
}

// A parser reads one expression by recursive descent; at is where it has come to.
type parser struct {
	text  string
	at    int
	depth int
}

func (p *parser) rest() string {
	const shown = 20
	rest := p.text[p.at:]
	return rest[:min(shown, len(rest))]
}

func (p *parser) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

// take passes a token if it stands here.
func (p *parser) take(token string) bool {
	if strings.HasPrefix(p.text[p.at:], token) {
		p.at += len(token)
		return true
	}
	return false
}

func (p *parser) blanks() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

// expect passes blanks and a token, or refuses.
func (p *parser) expect(token string) error {
	p.blanks()
	if !p.take(token) {
		return fmt.Errorf("%q is missing", token)
	}
	return nil
}

// path reads $ or @ and what follows.
func (p *parser) path() (*Path, error) {
	path := &Path{relative: p.peek() == '@'}
	p.at++
	for {
		start := p.at
		p.blanks()
		if p.peek() != '.' && p.peek() != '[' {
			p.at = start
			return path, nil
		}
		s, err := p.segment()
		if err != nil {
			return nil, err
		}
		path.segments = append(path.segments, s)
	}
}

func (p *parser) segment() (segment, error) {
	s := segment{descend: p.take("..")}
	if !s.descend && p.take(".") || s.descend && p.peek() != '[' {
		one, err := p.shorthand()
		s.selectors = []selector{one}
		return s, err
	}
	p.at++ // [
	for {
		p.blanks()
		sel, err := p.selector()
		if err != nil {
			return s, err
		}
		s.selectors = append(s.selectors, sel)
		p.blanks()
		if p.take("]") {
			return s, nil
		}
		if !p.take(",") {
			return s, errors.New(`"]" or "," is missing`)
		}
	}
}

func (p *parser) shorthand() (selector, error) {
	if p.take("*") {
		return all{}, nil
	}
	start := p.at
	for p.at < len(p.text) && inName(p.text[p.at], p.at > start) {
		p.at++
	}
	if p.at == start {
		return nil, errors.New("a name must follow the dot; write ['…'] around one with other characters, [0] for an element")
	}
	return name(p.text[start:p.at]), nil
}

func inName(c byte, inside bool) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 || inside && c >= '0' && c <= '9'
}

func (p *parser) selector() (selector, error) {
	switch p.peek() {
	case '*':
		p.at++
		return all{}, nil
	case '\'', '"':
		text, err := p.quoted()
		return name(text), err
	case '?':
		p.at++
		t, err := p.or()
		return filter{test: t}, err
	}
	return p.indexOrSlice()
}

func (p *parser) indexOrSlice() (selector, error) {
	from, err := p.integer()
	if err != nil {
		return nil, err
	}
	p.blanks()
	if !p.take(":") {
		if from == nil {
			return nil, errors.New("a name in quotes, an index, a slice, * or a filter that begins with ? must stand in the brackets")
		}
		return index(*from), nil
	}
	s := slice{from: from, step: 1}
	if s.to, err = p.integer(); err != nil {
		return nil, err
	}
	p.blanks()
	if p.take(":") {
		step, err := p.integer()
		if err != nil {
			return nil, err
		}
		if step != nil && *step < 1 {
			return nil, errors.New("the step of a slice must be 1 or more")
		}
		if step != nil {
			s.step = *step
		}
	}
	return s, nil
}

// integer reads a whole number, nil if none stands here.
func (p *parser) integer() (*int, error) {
	p.blanks()
	start := p.at
	p.take("-")
	for c := p.peek(); c >= '0' && c <= '9'; c = p.peek() {
		p.at++
	}
	if p.at == start {
		return nil, nil
	}
	n, err := strconv.ParseInt(p.text[start:p.at], 10, 32)
	if err != nil {
		return nil, fmt.Errorf("%s is not an index", p.text[start:p.at])
	}
	i := int(n)
	return &i, nil
}

// quoted reads a text in single or double quotes, with the escapes of JSON.
func (p *parser) quoted() (string, error) {
	mark := p.text[p.at]
	var b strings.Builder
	for i := p.at + 1; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == mark:
			p.at = i + 1
			text, err := strconv.Unquote(`"` + b.String() + `"`)
			if err != nil {
				return "", errors.New("the quoted text before this has an escape that JSON does not know")
			}
			return text, nil
		case c == '\\' && i+1 < len(p.text):
			i++
			b.WriteString(escape(p.text[i]))
		case c == '"':
			b.WriteString(`\"`)
		case c < ' ':
			return "", errors.New("the quoted text holds a control character")
		default:
			b.WriteByte(c)
		}
	}
	return "", errors.New("the quoted text is not closed")
}

// escape turns an escape of JSONPath into one of Go.
func escape(c byte) string {
	switch c {
	case '\'', '/':
		return string(c)
	}
	return `\` + string(c)
}
