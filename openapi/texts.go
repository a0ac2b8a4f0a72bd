package openapi

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// texts judges the values of a query parameter, a header or a member of a form, and
// returns them in the form to bind: nil if there is none, one for a scalar, one per item
// for a list.
func (w *walker) texts(s *schema, values []string, required bool) []string {
	if s.kind == kindArray {
		return w.listed(s, values, required)
	}
	if len(values) > 1 {
		w.report(Deviation, "is given more than once; the first one counts")
	}
	if len(values) == 0 || w.blank(s, values[0]) {
		if required {
			w.violation("is required")
		}
		return nil
	}
	v, text := w.parse(s, values[0])
	if v != nil {
		w.part(s, v)
	}
	return []string{text}
}

// blank tells whether a value is nothing: "" is a string, but no boolean or number.
func (w *walker) blank(s *schema, text string) bool {
	if text != "" || s.kind == kindString || s.kind == "" {
		return false
	}
	w.report(Deviation, "is empty and taken as absent")
	return true
}

// parse reads one text as the schema's type and returns its value, nil if it has none,
// and its plain spelling.
func (w *walker) parse(s *schema, text string) (v any, plain string) {
	if !utf8.ValidString(text) {
		w.violation("must be valid UTF-8")
		return nil, text
	}
	switch s.kind {
	case kindBoolean:
		if b, ok := parseBoolean(text); ok && b {
			return b, "true"
		} else if ok {
			return b, "false"
		}
		w.violation("must be true or false")
		return nil, text
	case kindInteger:
		if digits, ok := parseInteger(text); ok {
			return json.Number(digits), digits
		}
		w.violation("must be an integer")
		return nil, text
	case kindNumber:
		if n, ok := toNumber(text); ok {
			return n, text
		}
		w.violation("must be a number")
		return nil, text
	}
	return text, text
}

// listed judges a list: one item per value, or all of them in one, between commas in
// parameters and blanks in forms (device authorization takes its scopes either way).
func (w *walker) listed(s *schema, values []string, required bool) []string {
	separator := ","
	if w.in == InBody {
		separator = " "
	}
	var items []any
	var plain []string
	for _, value := range values {
		for text := range strings.SplitSeq(value, separator) {
			if text == "" {
				continue
			}
			v, p := any(text), text
			if s.items != nil {
				v, p = w.parse(s.items, text)
			}
			if v != nil {
				items, plain = append(items, v), append(plain, p)
			}
		}
	}
	if len(items) > 0 {
		w.part(s, items)
	} else if required {
		w.violation("is required")
	}
	return plain
}

// form judges a form. A member without a value is absent (RFC 6749, 3.1).
func (c *requestCheck) form() {
	values, err := url.ParseQuery(string(c.req.Body))
	if err != nil {
		requestWalker(&c.list, InBody, "").violation("is not a valid form: an escape or a separator is broken")
	}
	s := c.op.requestBody
	c.out.Form = make(url.Values, len(values))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		given := slices.DeleteFunc(values[name], func(v string) bool { return v == "" })
		if len(given) == 0 {
			continue
		}
		c.out.Form[name] = given
		if !s.declares(name) && s.others == nil {
			c.formWalker(name).report(Deviation, "is not documented")
		}
	}
	for _, m := range s.members {
		required := slices.Contains(s.required, m.name)
		w := c.formWalker(m.name)
		if given := w.texts(m.schema, c.out.Form[m.name], required); given != nil {
			c.out.Form[m.name] = given
		}
	}
}

func (c *requestCheck) formWalker(member string) *walker {
	w := requestWalker(&c.list, InBody, "")
	w.path = []string{member}
	return w
}
