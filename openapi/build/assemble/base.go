package assemble

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/tenantry/tenantry/openapi/reference"
)

// Base returns the OpenAPI document that the facts alone give: every operation
// with its parameters, body, statuses and security, but without names, summaries
// and response bodies. It refuses facts that OpenAPI or Go cannot express.
func Base(ref *reference.Reference) (*yaml.Node, error) {
	doc := document{
		OpenAPI: "3.0.3",
		Info:    info{Title: ref.Title, Version: versionOf(ref.BasePath)},
		Servers: []server{{URL: ref.BasePath}},
		Paths:   map[string]map[string]operation{},
	}
	schemes, err := securitySchemes(ref)
	if err != nil {
		return nil, err
	}
	doc.Components.SecuritySchemes = schemes
	var errs []error
	for _, op := range ref.Operations {
		o, err := convert(op)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", op.Name(), err))
			continue
		}
		if doc.Paths[op.Path] == nil {
			doc.Paths[op.Path] = map[string]operation{}
		}
		doc.Paths[op.Path][strings.ToLower(op.Method)] = o
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	var root yaml.Node
	if err := root.Encode(doc); err != nil {
		return nil, fmt.Errorf("encode base document: %w", err)
	}
	return &root, nil
}

// versionOf takes the API's version from its base path: /api/2 is version 2.
func versionOf(basePath string) string {
	return basePath[strings.LastIndex(basePath, "/")+1:]
}

func convert(op reference.Operation) (operation, error) {
	o := operation{
		Deprecated: op.Deprecated,
		Disabled:   op.Disabled,
		Security:   alternatives(op),
		Responses:  map[string]response{},
	}
	for _, p := range op.Parameters {
		if strings.EqualFold(p.Name, "Authorization") {
			continue // a credential: OpenAPI ignores it as a parameter, security speaks of it
		}
		s, err := schemaOf(p.Facts)
		if err != nil {
			return o, fmt.Errorf("%s parameter %q: %w", p.Place, p.Name, err)
		}
		o.Parameters = append(o.Parameters, parameter{p.Name, string(p.Place), p.Required, s})
	}
	for _, code := range op.Statuses {
		o.Responses[strconv.Itoa(code)] = response{strings.ToLower(http.StatusText(code))}
	}
	if op.Body == nil {
		return o, nil
	}
	s, err := bodySchema(op.Body)
	if err != nil {
		return o, err
	}
	o.Body = &body{true, map[string]media{op.Body.MediaType: {s}}}
	return o, nil
}

// alternatives lists the credentials of which one suffices. Each scope is an
// alternative of its own: a caller needs any one of them.
func alternatives(op reference.Operation) []map[string][]string {
	all := []map[string][]string{}
	for _, a := range []reference.Auth{reference.OAuth2, reference.Basic, reference.Cookie} {
		if !slices.Contains(op.Auth, a) {
			continue
		}
		if a != reference.OAuth2 || len(op.Scopes) == 0 {
			all = append(all, map[string][]string{string(a): {}})
			continue
		}
		for _, scope := range op.Scopes {
			all = append(all, map[string][]string{string(a): {scope}})
		}
	}
	return all
}
