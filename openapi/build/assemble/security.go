package assemble

import (
	"fmt"

	"github.com/tenantry/tenantry/openapi/reference"
)

// flowNames are OpenAPI's names of the grants that the reference lists.
var flowNames = map[string]string{
	"client_credentials": "clientCredentials",
	"authorization_code": "authorizationCode",
	"password":           "password",
}

func securitySchemes(ref *reference.Reference) (map[string]securityScheme, error) {
	all := map[string]securityScheme{}
	for _, s := range ref.Schemes {
		switch s.Auth {
		case reference.OAuth2:
			f, err := flows(ref.OAuth)
			if err != nil {
				return nil, err
			}
			all[string(s.Auth)] = securityScheme{Type: "oauth2", Flows: f}
		case reference.Basic:
			all[string(s.Auth)] = securityScheme{Type: "http", Scheme: "basic"}
		case reference.Cookie:
			all[string(s.Auth)] = securityScheme{Type: "apiKey", In: "cookie", Name: sessionCookie}
		}
	}
	return all, nil
}

// sessionCookie is our name: the reference says only that a cookie is sent.
const sessionCookie = "session"

func flows(o reference.OAuth) (map[string]flow, error) {
	scopes := map[string]string{}
	for _, s := range o.Scopes {
		scopes[s] = ""
	}
	all := map[string]flow{}
	for _, grant := range o.Grants {
		name, ok := flowNames[grant]
		if !ok {
			return nil, fmt.Errorf("grant %q has no OpenAPI flow", grant)
		}
		f := flow{TokenURL: o.TokenURI, Scopes: scopes}
		if grant == "authorization_code" {
			f.AuthorizationURL = o.AuthorizationURI
		}
		all[name] = f
	}
	return all, nil
}
