package openapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A builder turns a raw document into operations and collects what stands in the way.
type builder struct {
	raw      *rawDocument
	compiler *compiler
	ids      map[string]string // operationId -> where it is
	errs     []error
}

func newBuilder(raw *rawDocument) *builder {
	return &builder{
		raw: raw,
		compiler: &compiler{
			components: raw.Components.Schemas,
			named:      make(map[string]*schema, len(raw.Components.Schemas)),
			patterns:   map[string]*regexp.Regexp{},
		},
		ids: map[string]string{},
	}
}

func (b *builder) operations() []*Operation {
	var list []*Operation
	for _, path := range slices.Sorted(maps.Keys(b.raw.Paths)) {
		item := b.raw.Paths[path]
		byMethod := item.byMethod()
		for _, method := range slices.Sorted(maps.Keys(byMethod)) {
			o, err := b.operation(path, method, item, byMethod[method])
			if err != nil {
				b.errs = append(b.errs, fmt.Errorf("%s %s: %w", method, path, err))
			}
			list = append(list, o)
		}
	}
	if err := b.compiler.endless(); err != nil {
		b.errs = append(b.errs, err)
	}
	return list
}

func (p *rawPath) byMethod() map[string]*rawOperation {
	all := map[string]*rawOperation{
		http.MethodGet: p.Get, http.MethodPut: p.Put, http.MethodPost: p.Post,
		http.MethodDelete: p.Delete, http.MethodPatch: p.Patch,
		http.MethodHead: p.Head, http.MethodOptions: p.Options,
	}
	maps.DeleteFunc(all, func(_ string, o *rawOperation) bool { return o == nil })
	return all
}

func (b *builder) operation(path, method string, item *rawPath, raw *rawOperation) (*Operation, error) {
	o := &Operation{
		ID: raw.ID, Method: method, Path: path,
		Tags: raw.Tags, Summary: raw.Summary, Undocumented: raw.Undocumented,
	}
	return o, errors.Join(
		b.claim(raw.ID, method+" "+path),
		b.bases(o, item, raw),
		b.params(o, item, raw),
		b.body(o, raw.Body),
		b.responses(o, raw),
		b.security(o, raw),
	)
}

// claim records an operationId, which must be there and unique.
func (b *builder) claim(id, where string) error {
	if id == "" {
		return errors.New("operationId is missing")
	}
	if other, taken := b.ids[id]; taken {
		return fmt.Errorf("operationId %s is also that of %s", id, other)
	}
	b.ids[id] = where
	return nil
}

// bases takes the servers of the nearest level that has any, as OpenAPI wants it.
func (b *builder) bases(o *Operation, item *rawPath, raw *rawOperation) error {
	for _, servers := range [][]rawServer{raw.Servers, item.Servers, b.raw.Servers, {{URL: "/"}}} {
		if len(servers) == 0 {
			continue
		}
		for _, s := range servers {
			u, err := url.Parse(s.URL)
			if err != nil {
				return fmt.Errorf("server %q: %w", s.URL, err)
			}
			o.Bases = append(o.Bases, strings.TrimSuffix(u.Path, "/"))
		}
		return nil
	}
	return nil
}

func (b *builder) body(o *Operation, raw *rawBody) error {
	if raw == nil {
		return nil
	}
	raw, err := deref(raw, raw.Ref, "#/components/requestBodies/", b.raw.Components.RequestBodies)
	if err != nil {
		return err
	}
	if len(raw.Content) != 1 {
		return fmt.Errorf("request body has %d media types, not one", len(raw.Content))
	}
	for mediaType, media := range raw.Content {
		s, err := b.compiler.compile(media.Schema)
		if err != nil {
			return fmt.Errorf("request body: %w", err)
		}
		o.requestBody = s
		o.Body = &Body{
			MediaType: mediaType, Required: raw.Required,
			Members: s.memberNames(), Closed: s.closed,
		}
	}
	return nil
}

func (b *builder) responses(o *Operation, raw *rawOperation) error {
	o.responses = make(map[string]*response, len(raw.Responses))
	for _, key := range slices.Sorted(maps.Keys(raw.Responses)) {
		rr := raw.Responses[key]
		rr, err := deref(rr, rr.Ref, "#/components/responses/", b.raw.Components.Responses)
		if err != nil {
			return err
		}
		r, err := b.response(rr)
		if err != nil {
			return fmt.Errorf("response %s: %w", key, err)
		}
		o.responses[key] = r
		status, err := strconv.Atoi(key)
		if err != nil {
			continue // default, or a class such as 4XX
		}
		o.Statuses = append(o.Statuses, status)
		if o.Success == 0 && (status/100 == 2 || status/100 == 3) {
			o.Success, o.NoBody, o.Source = status, len(r.content) == 0, rr.Source
		}
	}
	if o.Success == 0 {
		return errors.New("no success status is documented")
	}
	return nil
}

func (b *builder) response(raw *rawResponse) (*response, error) {
	r := &response{content: map[string]*schema{}}
	if raw.NoBody {
		return r, nil
	}
	for _, mediaType := range slices.Sorted(maps.Keys(raw.Content)) {
		media := raw.Content[mediaType]
		s, err := b.compiler.compile(media.Schema)
		if err != nil {
			return nil, err
		}
		r.content[mediaType] = s
		r.flat = r.flat || media.Schema != nil && media.Schema.Ref == schemaRef+"OAuthError"
	}
	return r, nil
}

// deref follows one reference into a kind of components.
func deref[T any](v *T, ref, prefix string, components map[string]*T) (*T, error) {
	if ref == "" {
		return v, nil
	}
	name, ok := strings.CutPrefix(ref, prefix)
	if !ok || components[name] == nil {
		return nil, fmt.Errorf("reference %q leads nowhere", ref)
	}
	return components[name], nil
}

// plain decodes a value of the document into string, bool, int64 or float64.
func plain(raw json.RawMessage) (any, error) {
	if raw == nil {
		return nil, nil
	}
	v, _, err := decode(raw)
	if err != nil {
		return nil, err
	}
	n, ok := v.(json.Number)
	if !ok {
		return v, nil
	}
	if i, err := n.Int64(); err == nil {
		return i, nil
	}
	return n.Float64()
}
