package reference

import (
	"io"
	"net/url"
)

// Parse reads the vendor's reference document. Every line must be of a known
// form; the first that is not gives an error with its number and the operation
// it stands in.
func Parse(r io.Reader) (*Reference, error) {
	p, err := newParser(r)
	if err != nil {
		return nil, err
	}
	ref := &Reference{}
	for _, part := range []func(*Reference) error{p.head, p.schemes, p.operations} {
		if err := part(ref); err != nil {
			return nil, err
		}
	}
	return ref, nil
}

// head reads the title and the base URL.
func (p *parser) head(ref *Reference) error {
	var err error
	if ref.Title, err = p.expectAfter("# "); err != nil {
		return err
	}
	base, err := p.expectAfter("**Base URL**: ")
	if err != nil {
		return err
	}
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return p.errorAt(p.last(), "%q is not a base URL", base)
	}
	ref.BasePath = u.EscapedPath()
	return nil
}

// schemes reads the security section: one part per way to authorize.
func (p *parser) schemes(ref *Reference) error {
	if err := p.expect("## Security"); err != nil {
		return err
	}
	for !p.take("## Endpoints") {
		name, err := p.expectAfter("### ")
		if err != nil {
			return err
		}
		auth, ok := authNames[name]
		if !ok {
			return p.errorAt(p.last(), "unknown authorization method %q", name)
		}
		p.at = name
		scheme, err := p.scheme(auth, ref)
		if err != nil {
			return err
		}
		ref.Schemes = append(ref.Schemes, scheme)
		p.at = "document"
	}
	return nil
}

// authNames are the reference's names of the ways to authorize.
var authNames = map[string]Auth{
	"OAuth 2.0":            OAuth2,
	"x-api-key":            Cookie,
	"Basic Authentication": Basic,
}

// scheme reads one way to authorize. What is said of OAuth 2.0 alone goes to ref.
func (p *parser) scheme(auth Auth, ref *Reference) (Scheme, error) {
	s := Scheme{Auth: auth}
	var err error
	if auth == OAuth2 {
		if err = p.oauth(&ref.OAuth); err != nil {
			return s, err
		}
	}
	if err = p.expect("### Request parameters"); err != nil {
		return s, err
	}
	if s.Parameters, err = p.parameters("####", nil); err != nil {
		return s, err
	}
	if err = p.expect("### Responses"); err != nil {
		return s, err
	}
	if s.Statuses, err = p.statuses(); err != nil {
		return s, err
	}
	if auth == OAuth2 {
		if err = p.expect("### Scopes"); err != nil {
			return s, err
		}
		ref.OAuth.Scopes, err = p.bullets("* ")
	}
	return s, err
}

// oauth reads the grants and the two addresses.
func (p *parser) oauth(o *OAuth) error {
	if err := p.expect("Supported grant types:"); err != nil {
		return err
	}
	var err error
	if o.Grants, err = p.bullets("* "); err != nil {
		return err
	}
	if o.AuthorizationURI, err = p.quotedAfter("Authorization URI example: "); err != nil {
		return err
	}
	o.TokenURI, err = p.quotedAfter("Access token URI example: ")
	return err
}

// quotedAfter reads a line that is prefix and one quoted value.
func (p *parser) quotedAfter(prefix string) (string, error) {
	text, err := p.expectAfter(prefix)
	if err != nil {
		return "", err
	}
	value, ok := quoted(text)
	if !ok {
		return "", p.errorAt(p.last(), "%q is not one quoted value", text)
	}
	return value, nil
}
