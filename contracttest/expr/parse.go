package expr

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/tenantry/tenantry/contracttest/value"
)

// maxDepth bounds parentheses and negations.
const maxDepth = 100

// A parser reads by recursive descent; at is where it has come to.
type parser struct {
	text  string
	at    int
	depth int
}

// whole runs a rule over a text that it must read to the end.
func whole(text string, rule func(*parser) (node, error)) (node, error) {
	p := &parser{text: text}
	n, err := rule(p)
	p.blanks()
	if err == nil && p.at < len(text) {
		err = p.unexpected()
	}
	if err != nil {
		return nil, fmt.Errorf("at character %d: %w", p.at+1, err)
	}
	return n, nil
}

func (p *parser) unexpected() error {
	const shown = 20
	rest := p.text[p.at:]
	switch {
	case strings.HasPrefix(rest, "=") || strings.HasPrefix(rest, "&") || strings.HasPrefix(rest, "|"):
		return fmt.Errorf("a single %q is not an operator; double it", rest[:1])
	case strings.HasPrefix(rest, `"`):
		return errors.New("texts stand between single quotes")
	}
	return fmt.Errorf("%q is not understood here", rest[:min(shown, len(rest))])
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

func (p *parser) or() (node, error)  { return p.chain("||", p.and) }
func (p *parser) and() (node, error) { return p.chain("&&", p.compare) }

// chain reads operands with an operator between them.
func (p *parser) chain(op string, next func() (node, error)) (node, error) {
	n, err := next()
	for err == nil {
		p.blanks()
		if !p.take(op) {
			return n, nil
		}
		var right node
		right, err = next()
		n = binary{op, n, right}
	}
	return nil, err
}

// operators, the longer ones first.
var operators = []string{"==", "!=", "<=", ">=", "<", ">"}

func (p *parser) compare() (node, error) {
	a, err := p.unary()
	if err != nil {
		return nil, err
	}
	op := p.operator()
	if op == "" {
		return a, nil
	}
	b, err := p.unary()
	if err != nil {
		return nil, err
	}
	if p.operator() != "" {
		return nil, errors.New("comparisons do not follow one another; join them by &&")
	}
	return comparison{op, a, b}, nil
}

func (p *parser) operator() string {
	p.blanks()
	for _, op := range operators {
		if p.take(op) {
			return op
		}
	}
	return ""
}

func (p *parser) unary() (node, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, errors.New("the condition is nested too deeply")
	}
	defer func() { p.depth-- }()
	p.blanks()
	if p.take("!") {
		n, err := p.unary()
		return negation{n}, err
	}
	if !p.take("(") {
		return p.operand()
	}
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	p.blanks()
	if !p.take(")") {
		return nil, errors.New(`")" is missing`)
	}
	return n, nil
}

func (p *parser) operand() (node, error) {
	switch c := p.peek(); {
	case c == '$':
		return p.expression()
	case c == '\'':
		s, err := p.quoted()
		return literal{s}, err
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		return p.word()
	case c == 0:
		return nil, errors.New("a value is missing: $…, 'text', a number, true, false or null")
	}
	return nil, p.unexpected()
}

func (p *parser) number() (node, error) {
	start := p.at
	for p.at < len(p.text) && strings.IndexByte("+-.0123456789eE", p.text[p.at]) >= 0 {
		p.at++
	}
	n, ok := value.Number(p.text[start:p.at])
	if !ok {
		return nil, fmt.Errorf("%s is not a number", p.text[start:p.at])
	}
	return literal{n}, nil
}

func (p *parser) word() (node, error) {
	start := p.at
	word := p.name()
	switch word {
	case "true", "false":
		return literal{word == "true"}, nil
	case "null":
		return literal{nil}, nil
	}
	p.at = start
	return nil, fmt.Errorf("%s is no value; a text stands between single quotes, an expression begins with $", word)
}

// quoted reads a text in single quotes, in which two of them stand for one.
func (p *parser) quoted() (string, error) {
	var b strings.Builder
	for i := p.at + 1; i < len(p.text); i++ {
		if p.text[i] != '\'' {
			b.WriteByte(p.text[i])
			continue
		}
		if !strings.HasPrefix(p.text[i+1:], "'") {
			p.at = i + 1
			return b.String(), nil
		}
		b.WriteByte('\'')
		i++
	}
	return "", errors.New("the quoted text is not closed")
}

// expression reads a reference and the members and elements taken of it.
func (p *parser) expression() (node, error) {
	r, err := p.ref()
	if err != nil {
		return nil, err
	}
	return p.accesses(r)
}

func (p *parser) accesses(n node) (node, error) {
	for {
		switch {
		case p.take("."):
			name := p.name()
			if name == "" {
				return nil, errors.New("a name must follow the dot")
			}
			n = member{n, name}
		case p.take("["):
			next, err := p.bracket(n)
			if err != nil {
				return nil, err
			}
			n = next
		default:
			return n, nil
		}
	}
}

func (p *parser) bracket(of node) (n node, err error) {
	if p.peek() == '\'' {
		name, err := p.quoted()
		if err != nil {
			return nil, err
		}
		n = member{of, name}
	} else {
		start := p.at
		for c := p.peek(); c >= '0' && c <= '9'; c = p.peek() {
			p.at++
		}
		i, err := strconv.ParseInt(p.text[start:p.at], 10, 32)
		if err != nil {
			return nil, errors.New("an index or a name in single quotes must stand in the brackets")
		}
		n = element{of, int(i)}
	}
	if !p.take("]") {
		return nil, errors.New(`"]" is missing`)
	}
	return n, nil
}

func (p *parser) name() string {
	start := p.at
	for p.at < len(p.text) && inName(p.text[p.at]) {
		p.at++
	}
	return p.text[start:p.at]
}

func inName(c byte) bool {
	return c == '_' || c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
