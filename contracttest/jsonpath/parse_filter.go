package jsonpath

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/value"
)

func (p *parser) or() (test, error) {
	return p.chain("||", p.and, func(a, b test) test { return or{a, b} })
}

func (p *parser) and() (test, error) {
	return p.chain("&&", p.basic, func(a, b test) test { return and{a, b} })
}

// chain reads tests with an operator between them.
func (p *parser) chain(op string, next func() (test, error), join func(a, b test) test) (test, error) {
	t, err := next()
	for err == nil {
		p.blanks()
		if !p.take(op) {
			return t, nil
		}
		var right test
		right, err = next()
		t = join(t, right)
	}
	return nil, err
}

// basic reads a test that no || or && takes apart.
func (p *parser) basic() (test, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, errors.New("the filter is nested too deeply")
	}
	defer func() { p.depth-- }()
	p.blanks()
	if p.take("!") {
		p.blanks()
		grouped := p.peek() == '('
		t, err := p.basic()
		if c, is := t.(comparison); is && !grouped {
			return nil, fmt.Errorf("write parentheses around the comparison %s that ! negates", c.op)
		}
		return not{t}, err
	}
	if p.take("(") {
		t, err := p.or()
		if err != nil {
			return nil, err
		}
		return t, p.expect(")")
	}
	return p.comparison()
}

var operators = []string{"==", "!=", "<=", ">=", "<", ">"}

func (p *parser) comparison() (test, error) {
	a, err := p.operand()
	if err != nil {
		return nil, err
	}
	p.blanks()
	for _, op := range operators {
		if p.take(op) {
			p.blanks()
			b, err := p.operand()
			if err != nil {
				return nil, err
			}
			return comparison{op, a, b}, errors.Join(single(a), single(b))
		}
	}
	switch a := a.(type) {
	case query:
		return exists(a), nil
	case call:
		if a.function == "match" || a.function == "search" {
			return a, nil
		}
	}
	return nil, errors.New("a comparison must follow, such as == 1")
}

// single refuses what has no single value.
func single(o operand) error {
	switch o := o.(type) {
	case query:
		if !o.path.singular() {
			return fmt.Errorf("%s may find several nodes; compare count(…) or value(…) of it", o.path)
		}
	case call:
		if o.function == "match" || o.function == "search" {
			return fmt.Errorf("%s is a test by itself and is not compared", o.function)
		}
	}
	return nil
}

func (p *parser) operand() (operand, error) {
	switch c := p.peek(); {
	case c == '@' || c == '$':
		if p.depth++; p.depth > maxDepth {
			return nil, errors.New("the filter is nested too deeply")
		}
		defer func() { p.depth-- }()
		path, err := p.path()
		return query{path}, err
	case c == '\'' || c == '"':
		text, err := p.quoted()
		return literal{text}, err
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	case c >= 'a' && c <= 'z':
		return p.word()
	}
	return nil, errors.New("a value must stand here: @…, $…, a quoted text, a number, true, false, null or a function")
}

func (p *parser) number() (operand, error) {
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

var functions = []string{"count", "length", "match", "search", "value"}

func (p *parser) word() (operand, error) {
	start := p.at
	for c := p.peek(); c >= 'a' && c <= 'z' || c == '_'; c = p.peek() {
		p.at++
	}
	word := p.text[start:p.at]
	switch word {
	case "true", "false":
		return literal{word == "true"}, nil
	case "null":
		return literal{nil}, nil
	}
	if !slices.Contains(functions, word) {
		return nil, fmt.Errorf("%s is no function; %s", word, value.Hint(word, functions))
	}
	return p.call(word)
}

func (p *parser) call(function string) (operand, error) {
	c := call{function: function}
	if err := p.expect("("); err != nil {
		return nil, err
	}
	want := 1
	if function == "match" || function == "search" {
		want = 2
	}
	for i := range want {
		if i > 0 {
			if err := p.expect(","); err != nil {
				return nil, err
			}
		}
		p.blanks()
		a, err := p.operand()
		if err != nil {
			return nil, err
		}
		c.args = append(c.args, a)
	}
	if err := p.expect(")"); err != nil {
		return nil, err
	}
	return c.check()
}

// check refuses arguments that a function does not take, and compiles a pattern that is written out.
func (c call) check() (operand, error) {
	_, isQuery := c.args[0].(query)
	if (c.function == "count" || c.function == "value") && !isQuery {
		return nil, fmt.Errorf("%s takes a path such as @.items[*]", c.function)
	}
	if len(c.args) < 2 {
		if c.function == "length" {
			return c, single(c.args[0])
		}
		return c, nil
	}
	if l, ok := c.args[1].(literal); ok {
		pattern, err := compile(c.function, value.Text(l.v))
		if err != nil {
			return nil, fmt.Errorf("the pattern of %s: %w", c.function, err)
		}
		c.pattern = pattern
	}
	return c, errors.Join(single(c.args[0]), single(c.args[1]))
}
