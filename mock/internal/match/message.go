package match

import (
	"maps"
	"net/http"
	"slices"
	"strings"
)

// message compiles what the client sent. Names are taken in their order, so that problems and mismatches have one too.
func (c *compiler) message(m *Matcher) {
	for _, name := range slices.Sorted(maps.Keys(m.Header)) {
		if name == "" || strings.ContainsAny(name, " :\t\r\n") {
			c.refuse(pointer("header", name), "%q is no name of a header", name)
		}
		key := http.CanonicalHeaderKey(name)
		c.values("header "+key, m.Header[name], func(r *Request) []string { return r.Header[key] })
	}
	for _, name := range slices.Sorted(maps.Keys(m.Query)) {
		c.values("query "+name, m.Query[name], func(r *Request) []string { return r.Query[name] })
	}
	for _, expression := range slices.Sorted(maps.Keys(m.Body)) {
		c.body(expression, m.Body[expression])
	}
}

// values wants one of several values to fit the pattern.
func (c *compiler) values(field, pattern string, of func(*Request) []string) {
	holds := func(r *Request) bool {
		return slices.ContainsFunc(of(r), func(v string) bool { return glob(pattern, v) })
	}
	c.add(field, pattern, holds, func(r *Request) string { return strings.Join(of(r), ", ") })
}

func (c *compiler) body(expression string, value any) {
	p, err := parsePath(expression)
	if err != nil {
		c.refuse(pointer("body", expression), "%q is no JSONPath: %v", expression, err)
		return
	}
	w, err := newWant(value)
	if err != nil {
		c.refuse(pointer("body", expression), "%v", err)
		return
	}
	nodes := func(r *Request) []any { return p.Select(r.decoded().value) }
	c.add("body "+expression, w.String(), func(r *Request) bool {
		return w.holds(r.decoded().ok, nodes(r))
	}, func(r *Request) string { return r.decoded().shown(nodes(r)) })
}

// pointer is the JSON pointer of a member of a member (RFC 6901).
func pointer(in, name string) string {
	return "/" + in + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}
