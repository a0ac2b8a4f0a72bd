package run

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/expr"
	"github.com/tenantry/tenantry/contracttest/value"
)

// A request is what a step sends, and what expressions see of it.
type request struct {
	*sent
	raw []byte
}

// base is the root that all operations are below.
func (r *Runner) base() string {
	return strings.TrimSuffix(strings.TrimRight(r.cfg.Target.BaseURL, "/"), "/api/2")
}

// build makes the request of the step.
func (a *attempt) build(s scope) (*request, error) {
	r := &request{sent: &sent{
		method: a.s.Operation.Method, path: map[string]string{}, query: url.Values{}, header: a.cfg.Target.Header.Clone(),
	}}
	if r.header == nil {
		r.header = http.Header{}
	}
	for _, p := range a.s.Parameters {
		v, err := p.Value.Make(s)
		if err != nil {
			return nil, fmt.Errorf("parameter %s: %w", p.Name, err)
		}
		if err := r.set(p.In, p.Name, v); err != nil {
			return nil, fmt.Errorf("parameter %s: %w", p.Name, err)
		}
	}
	if err := a.body(s, r); err != nil {
		return nil, fmt.Errorf("requestBody: %w", err)
	}
	r.url = a.base() + a.s.Operation.Bases[0] + expand(a.s.Operation.Path, r.path)
	if len(r.query) > 0 {
		r.url += "?" + r.query.Encode()
	}
	return r, nil
}

// set puts a parameter in its place. Null is no parameter at all, but in a path.
func (r *request) set(in, name string, v any) error {
	text := joined(v)
	switch {
	case in == expr.Path && (v == nil || text == ""):
		return errors.New("a part of a path must not be empty")
	case in == expr.Path:
		r.path[name] = text
	case v == nil:
	case in == expr.Query:
		r.query.Set(name, text)
	case in == expr.Header && strings.ContainsAny(text, "\r\n\x00"):
		return errors.New("a header holds no line breaks")
	case in == expr.Header:
		r.header.Set(name, text)
	default:
		r.header.Set("Cookie", strings.TrimPrefix(r.header.Get("Cookie")+"; "+name+"="+text, "; "))
	}
	return nil
}

// joined is a value as the text of a parameter: a list between commas.
func joined(v any) string {
	list, ok := v.([]any)
	if !ok {
		return value.Text(v)
	}
	texts := make([]string, 0, len(list))
	for _, e := range list {
		texts = append(texts, value.Text(e))
	}
	return strings.Join(texts, ",")
}

// expand puts values into a path of the document.
func expand(path string, values map[string]string) string {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(values[name]))
	}
	return path
}
