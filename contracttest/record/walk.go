package record

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/value"
)

// walk visits the scalars of a value with the names around them, the innermost last.
func walk(v any, names []string, visit func(names []string, v any)) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			walk(e, names, visit)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			walk(v[key], append(names[:len(names):len(names)], key), visit)
		}
	default:
		visit(names, v)
	}
}

// innermost is the class of the value that has these names. Whatever is below a secret is one.
func innermost(names []string) class {
	if len(names) == 0 {
		return other
	}
	for _, n := range names[:len(names)-1] {
		if classOf(n, nil) == secret {
			return secret
		}
	}
	return classOf(names[len(names)-1], names[:len(names)-1])
}

// sent visits every scalar of a request: path, query, body.
func (x *exchange) sent(visit func(names []string, v any)) {
	for _, n := range slices.Sorted(maps.Keys(x.values)) {
		visit([]string{n}, x.values[n])
	}
	pairs(x.query, visit)
	if v, ok := x.request.json(); ok {
		walk(v, nil, visit)
	}
	if form, ok := x.request.form(); ok {
		pairs(form, visit)
	}
}

func pairs(of url.Values, visit func(names []string, v any)) {
	for _, n := range slices.Sorted(maps.Keys(of)) {
		for _, v := range of[n] {
			visit([]string{n}, v)
		}
	}
}

// credentials are the values of the headers that carry them.
func (x *exchange) credentials() []string {
	var all []string
	for _, h := range []http.Header{x.request.header, x.answer.header} {
		for _, n := range []string{"Authorization", "Proxy-Authorization", "X-Api-Key"} {
			for _, v := range h.Values(n) {
				_, rest, _ := strings.Cut(v, " ")
				all = append(all, v, rest)
			}
		}
	}
	if id, password, ok := basic(x.request.header); ok {
		all = append(all, id, password)
	}
	for _, c := range (&http.Request{Header: x.request.header}).Cookies() {
		all = append(all, c.Value)
	}
	for _, c := range (&http.Response{Header: x.answer.header}).Cookies() {
		all = append(all, c.Value)
	}
	return all
}

// basic are the user and the password of HTTP's basic authentication.
func basic(h http.Header) (user, password string, ok bool) {
	return (&http.Request{Header: h}).BasicAuth()
}

// bearer is the token of a request, wherever it stands.
func (x *exchange) bearer() (string, bool) {
	scheme, token, _ := strings.Cut(x.request.header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") && token != "" {
		return token, true
	}
	token = x.query.Get("access_token")
	return token, token != ""
}

// text is a scalar as a text; "" for null and booleans, which tell nothing.
func text(v any) string {
	if _, is := v.(bool); is || v == nil {
		return ""
	}
	return value.Text(v)
}
