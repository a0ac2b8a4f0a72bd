package openapi

import (
	"fmt"
	"net/http"
	"slices"
)

// credentials are the headers that carry credentials. The reference lists some of them
// as parameters; they are judged by whoever checks credentials.
var credentials = []string{"Authorization", "Cookie"}

// unchecked are header parameters that requests are not judged for: the transport
// takes care of them.
var unchecked = []string{"Content-Length", "Content-Type", "Accept"}

func (b *builder) params(o *Operation, item *rawPath, raw *rawOperation) error {
	for _, rp := range slices.Concat(item.Parameters, raw.Parameters) {
		rp, err := deref(rp, rp.Ref, "#/components/parameters/", b.raw.Components.Parameters)
		if err != nil {
			return err
		}
		if rp.In == "cookie" || rp.In == InHeader && slices.Contains(credentials, http.CanonicalHeaderKey(rp.Name)) {
			continue
		}
		p, err := b.param(rp)
		if err != nil {
			return fmt.Errorf("parameter %s: %w", rp.Name, err)
		}
		o.replace(p)
	}
	for _, p := range o.Params {
		switch {
		case p.In == InQuery:
			o.query = append(o.query, p)
		case p.In == InHeader && !slices.Contains(unchecked, http.CanonicalHeaderKey(p.Name)):
			o.header = append(o.header, p)
		}
	}
	return nil
}

// replace adds a parameter, in place of one of the same name and place: those of the
// operation override those of its path.
func (o *Operation) replace(p *Param) {
	for i, other := range o.Params {
		if other.Name == p.Name && other.In == p.In {
			o.Params[i] = p
			return
		}
	}
	o.Params = append(o.Params, p)
}

func (b *builder) param(raw *rawParam) (*Param, error) {
	s, err := b.compiler.compile(raw.Schema)
	if err != nil {
		return nil, err
	}
	p := &Param{Name: raw.Name, In: raw.In, Required: raw.Required, Type: s.kind, schema: s}
	if p.Type == "" {
		p.Type = kindString
	}
	if raw.Schema == nil {
		return p, nil
	}
	for _, v := range raw.Schema.Enum {
		if f, ok := v.(float64); ok && s.kind == kindInteger {
			v = int64(f)
		}
		p.Enum = append(p.Enum, v)
	}
	p.Default, err = plain(raw.Schema.Default)
	return p, err
}

// security reads the accepted credentials: alternatives, of which each OAuth 2.0 one
// names a scope that suffices.
func (b *builder) security(o *Operation, raw *rawOperation) error {
	alternatives := b.raw.Security
	if raw.Security != nil {
		alternatives = *raw.Security
	}
	o.Security.Public = len(alternatives) == 0
	for _, alternative := range alternatives {
		if len(alternative) == 0 {
			o.Security.Public = true
		}
		for name, scopes := range alternative {
			if err := b.accept(&o.Security, name, scopes); err != nil {
				return err
			}
		}
	}
	slices.Sort(o.Security.Scopes)
	o.Security.Scopes = slices.Compact(o.Security.Scopes)
	return nil
}

func (b *builder) accept(s *Security, name string, scopes []string) error {
	scheme, ok := b.raw.Components.SecuritySchemes[name]
	if !ok {
		return fmt.Errorf("security scheme %q is not declared", name)
	}
	switch {
	case scheme.Type == "http" && scheme.Scheme == "basic":
		s.Basic = true
	case scheme.Type == "apiKey" && scheme.In == "cookie":
		s.Cookie = true
	case scheme.Type == "oauth2", scheme.Type == "http" && scheme.Scheme == "bearer":
		s.Bearer = true
		s.Scopes = append(s.Scopes, scopes...)
	default:
		return fmt.Errorf("security scheme %q is of no known kind", name)
	}
	return nil
}
