package openapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// maxDepth bounds how deeply arrays and objects may be nested in a body. No documented
// body comes near it.
const maxDepth = 200

// A decoder reads one JSON text (RFC 8259) into the values that encoding/json gives
// with UseNumber. Unlike encoding/json it refuses bytes after the value and invalid
// UTF-8, bounds nesting, notices members that are given twice, and says in people's
// words where it stopped and why.
type decoder struct {
	src      []byte
	pos      int
	depth    int
	repeated string // the first member that is given twice in one object
	twice    bool
}

// syntaxError is the reason why a text is no JSON, as a finding words it.
type syntaxError struct{ reason string }

func (e *syntaxError) Error() string { return e.reason }

// decode reads src. If a member is given twice, the last one counts and repeated names
// the member.
func decode(src []byte) (v any, d *decoder, err error) {
	d = &decoder{src: src}
	if v, err = d.value(); err != nil {
		return nil, d, err
	}
	if d.blank(); d.pos < len(src) {
		return nil, d, d.fail("the end of the body")
	}
	return v, d, nil
}

func (d *decoder) value() (any, error) {
	d.blank()
	switch c := d.peek(); {
	case c == '{':
		return d.nested(d.object)
	case c == '[':
		return d.nested(d.array)
	case c == '"':
		return d.string("a value")
	case c == '-' || isDigit(c):
		return d.number()
	}
	switch {
	case d.literal("true"):
		return true, nil
	case d.literal("false"):
		return false, nil
	case d.literal("null"):
		return nil, nil
	}
	return nil, d.fail("a value")
}

func (d *decoder) literal(word string) bool {
	if !bytes.HasPrefix(d.src[d.pos:], []byte(word)) {
		return false
	}
	d.pos += len(word)
	return true
}

func (d *decoder) nested(read func() (any, error)) (any, error) {
	if d.depth++; d.depth > maxDepth {
		return nil, &syntaxError{fmt.Sprintf("is nested more than %d levels deep", maxDepth)}
	}
	defer func() { d.depth-- }()
	d.pos++ // the opening bracket
	return read()
}

func (d *decoder) object() (any, error) {
	m := map[string]any{}
	if d.take('}') {
		return m, nil
	}
	for {
		d.blank()
		name, err := d.string("a member's name in double quotes")
		if err != nil {
			return nil, err
		}
		if !d.take(':') {
			return nil, d.fail(`":"`)
		}
		v, err := d.value()
		if err != nil {
			return nil, err
		}
		if _, again := m[name]; again && !d.twice {
			d.repeated, d.twice = name, true
		}
		m[name] = v
		if d.take('}') {
			return m, nil
		}
		if !d.take(',') {
			return nil, d.fail(`"," or "}"`)
		}
	}
}

func (d *decoder) array() (any, error) {
	list := []any{}
	if d.take(']') {
		return list, nil
	}
	for {
		v, err := d.value()
		if err != nil {
			return nil, err
		}
		list = append(list, v)
		if d.take(']') {
			return list, nil
		}
		if !d.take(',') {
			return nil, d.fail(`"," or "]"`)
		}
	}
}

// string reads a string; expected says what it stands for if there is none. The bytes
// of a plain string are taken as they are, escapes are left to encoding/json.
func (d *decoder) string(expected string) (string, error) {
	if d.peek() != '"' {
		return "", d.fail(expected)
	}
	start, plain := d.pos, true
	for d.pos++; ; d.pos++ {
		switch c := d.peek(); {
		case d.pos >= len(d.src):
			return "", d.fail("the closing quote of a string")
		case c == '"':
			d.pos++
			return d.text(start, plain)
		case c == '\\':
			plain = false
			d.pos++ // whatever it escapes, a quote above all
		case c < ' ':
			return "", d.fail("a string without control characters")
		case c >= utf8.RuneSelf:
			if err := d.multibyte(); err != nil {
				return "", err
			}
		}
	}
}

// multibyte steps to the last byte of one character.
func (d *decoder) multibyte() error {
	r, size := utf8.DecodeRune(d.src[d.pos:])
	if r == utf8.RuneError && size == 1 {
		return d.fail("valid UTF-8")
	}
	d.pos += size - 1
	return nil
}

func (d *decoder) text(start int, plain bool) (string, error) {
	if plain {
		return string(d.src[start+1 : d.pos-1]), nil
	}
	var s string
	if err := json.Unmarshal(d.src[start:d.pos], &s); err != nil {
		d.pos = start
		return "", d.fail("a string with valid escapes")
	}
	return s, nil
}

func (d *decoder) number() (any, error) {
	start := d.pos
	if d.peek() == '-' {
		d.pos++
	}
	if d.peek() == '0' {
		d.pos++
	} else if !d.digits() {
		return nil, d.fail("a digit")
	}
	if d.peek() == '.' {
		d.pos++
		if !d.digits() {
			return nil, d.fail("a digit")
		}
	}
	if c := d.peek(); c == 'e' || c == 'E' {
		d.pos++
		if c := d.peek(); c == '+' || c == '-' {
			d.pos++
		}
		if !d.digits() {
			return nil, d.fail("a digit")
		}
	}
	return json.Number(d.src[start:d.pos]), nil
}

func (d *decoder) digits() bool {
	start := d.pos
	for isDigit(d.peek()) {
		d.pos++
	}
	return d.pos > start
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// peek returns the next byte, or 0 at the end, which no part of a JSON text begins with.
func (d *decoder) peek() byte {
	if d.pos < len(d.src) {
		return d.src[d.pos]
	}
	return 0
}

func (d *decoder) blank() {
	for {
		switch d.peek() {
		case ' ', '\t', '\r', '\n':
			d.pos++
		default:
			return
		}
	}
}

// take steps over c, and blanks before it, if it comes next.
func (d *decoder) take(c byte) bool {
	d.blank()
	if d.peek() != c {
		return false
	}
	d.pos++
	return true
}

// fail says where the text stopped being JSON. Lines and columns count from 1, columns
// in characters.
func (d *decoder) fail(expected string) error {
	before := d.src[:min(d.pos, len(d.src))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	found := "the end of the body"
	if d.pos < len(d.src) {
		r, _ := utf8.DecodeRune(d.src[d.pos:])
		found = fmt.Sprintf("%q", r)
	}
	return &syntaxError{fmt.Sprintf("is not valid JSON: line %d, column %d: expected %s, found %s", line, column, expected, found)}
}
