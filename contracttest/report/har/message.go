package har

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/report"
)

// Cookies are empty: their values are masked, so all that is known of them stands among the headers.

// unknown is the version of HTTP: reports do not hold it.
const unknown = "unknown"

func sent(r *report.Request) request {
	q := request{
		Method: r.Method, URL: r.URL, HTTPVersion: unknown,
		Cookies: []pair{}, Headers: headers(r.Header), Query: query(r.URL),
		HeadersSize: -1, BodySize: r.Body.Size,
	}
	if r.Body.Size > 0 {
		c := body(r.Body, r.Header)
		if c.Text == nil {
			c.Text = new(string) // the format has no other way to leave it out
		}
		q.Post = &c
	}
	return q
}

func received(r *report.Response) response {
	if r == nil {
		none := report.Response{}
		a := received(&none)
		a.BodySize = -1
		return a
	}
	c := body(r.Body, r.Header)
	c.Size = &r.Body.Size
	return response{
		Status: r.Status, StatusText: http.StatusText(r.Status), HTTPVersion: unknown,
		Cookies: []pair{}, Headers: headers(r.Header), Content: c, Redirect: r.Header.Get("Location"),
		HeadersSize: -1, BodySize: r.Body.Size,
	}
}

// body is that of a request or answer.
func body(b report.Body, h http.Header) content {
	c := content{Type: cmp.Or(h.Get("Content-Type"), "x-unknown")}
	switch {
	case b.Binary:
		c.Comment = "the body is binary and was not kept"
	case b.Truncated:
		c.Comment = "the body was cut"
	}
	if b.Text != "" {
		c.Text = &b.Text
	}
	return c
}

func headers(h http.Header) []pair {
	out := []pair{}
	for _, name := range slices.Sorted(maps.Keys(h)) {
		for _, v := range h[name] {
			out = append(out, pair{name, v})
		}
	}
	return out
}

// query is the query of a URL in the order in which it is written, as far as it can be read.
func query(target string) []pair {
	out := []pair{}
	target, _, _ = strings.Cut(target, "#")
	_, text, _ := strings.Cut(target, "?")
	for part := range strings.SplitSeq(text, "&") {
		if part != "" {
			name, v, _ := strings.Cut(part, "=")
			out = append(out, pair{unescaped(name), unescaped(v)})
		}
	}
	return out
}

func unescaped(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}
