package run

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"

	"github.com/tenantry/tenantry/contracttest/expr"
)

// A scope knows what expressions stand for at one step. It lives no longer than the step, so it may hold a context.
type scope struct {
	ctx context.Context
	*flow
	sent     *sent     // nil before there is a request
	received *received // nil without an answer
}

// sent is a request as expressions see it.
type sent struct {
	method, url string
	path        map[string]string
	query       url.Values
	header      http.Header
	seen        any // the body
	hasBody     bool
}

// received is an answer.
type received struct {
	status  int
	header  http.Header
	raw     []byte
	body    any // decoded, or the text of what is no JSON
	hasBody bool
}

// Lookup finds what a reference stands for.
func (s scope) Lookup(r expr.Ref) (any, bool, error) {
	switch r.Kind {
	case expr.URL, expr.Method, expr.Request:
		v, ok := s.request(r)
		return v, ok, nil
	case expr.StatusCode, expr.Response:
		v, ok := s.response(r)
		return v, ok, nil
	case expr.Inputs:
		return s.input(r.Name)
	case expr.Workflows:
		v, ok := s.ofWorkflow(r)
		return v, ok, nil
	case expr.Steps:
		v, ok := s.output(r.Owner, r.Name)
		return v, ok, nil
	case expr.Sources:
		return s.base(), true, nil
	case expr.Item:
		return s.item, s.repeated, nil
	case expr.Index:
		return json.Number(strconv.Itoa(s.index)), s.repeated, nil
	case expr.Components:
	}
	return nil, false, nil
}

func (s scope) request(r expr.Ref) (any, bool) {
	if s.sent == nil {
		return nil, false
	}
	switch {
	case r.Kind == expr.URL:
		return s.sent.url, true
	case r.Kind == expr.Method:
		return s.sent.method, true
	case r.Part == expr.Body:
		return s.sent.seen, s.sent.hasBody
	case r.Part == expr.Path:
		v, ok := s.sent.path[r.Name]
		return v, ok
	case r.Part == expr.Query:
		return s.sent.query.Get(r.Name), s.sent.query.Has(r.Name)
	}
	return header(s.sent.header, r.Name)
}

func header(h http.Header, name string) (any, bool) {
	values := h.Values(name)
	if len(values) == 0 {
		return nil, false
	}
	return values[0], true
}

func (s scope) response(r expr.Ref) (any, bool) {
	switch {
	case s.received == nil:
		return nil, false
	case r.Kind == expr.StatusCode:
		return json.Number(strconv.Itoa(s.received.status)), true
	case r.Part == expr.Body:
		return s.received.body, s.received.hasBody
	}
	return header(s.received.header, r.Name)
}

// input is the value of an input; a token is asked for at each use, so that it is valid.
func (s scope) input(name string) (any, bool, error) {
	if s.tokenized(name) {
		token, err := s.cfg.Token.Token(s.ctx)
		if err != nil {
			return nil, false, err
		}
		s.cfg.Mask.Add(token)
		return token, true, nil
	}
	v, ok := s.inputs[s.w.ID][name]
	return v, ok, nil
}

func (s scope) ofWorkflow(r expr.Ref) (any, bool) {
	from := s.inputs
	if r.Part == expr.Outputs {
		from = s.outputs
	}
	v, ok := from[r.Owner][r.Name]
	return v, ok
}
