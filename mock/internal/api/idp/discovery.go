package idp

import (
	"context"

	"github.com/go-jose/go-jose/v4"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// discoveryOut is the OpenID Connect discovery document (wire facts, idp 3).
type discoveryOut struct {
	Issuer                string   `json:"issuer"`
	Authorization         string   `json:"authorization_endpoint"`
	Token                 string   `json:"token_endpoint"`
	Keys                  string   `json:"jwks_uri"`
	Revocation            string   `json:"revocation_endpoint"`
	Introspection         string   `json:"introspection_endpoint"`
	Device                string   `json:"device_authorization_endpoint"`
	EndSession            string   `json:"end_session_endpoint"`
	ResponseTypes         []string `json:"response_types_supported"`
	SubjectTypes          []string `json:"subject_types_supported"`
	IDTokenAlgorithms     []string `json:"id_token_signing_alg_values_supported"`
	Scopes                []string `json:"scopes_supported"`
	Claims                []string `json:"claims_supported"`
	GrantTypes            []string `json:"grant_types_supported"`
	ChallengeMethods      []string `json:"code_challenge_methods_supported"`
	TokenAuthMethods      []string `json:"token_endpoint_auth_methods_supported"`
	RevocationAuthMethods []string `json:"revocation_endpoint_auth_methods_supported"`
}

// discover answers under every base alike: the issuer is the URL that was dialled, byte for byte, because OpenID
// Connect libraries compare it with what they were given and with the tokens.
func (p *provider) discover(ctx context.Context, _ *state.View, _ struct{}) (*discoveryOut, error) {
	issuer := op.BaseURL(ctx)
	endpoints := issuer + "/api/2/idp/"
	methods := []string{model.AuthBasic, model.AuthPost, model.AuthNone}
	return &discoveryOut{
		Issuer:        issuer,
		Authorization: endpoints + "authorize", Token: endpoints + "token", Keys: endpoints + "keys",
		Revocation: endpoints + "revoke_token", Introspection: endpoints + "introspect_token",
		Device: endpoints + "device_authorization", EndSession: endpoints + "logout",
		ResponseTypes: []string{"code"}, SubjectTypes: []string{"public"}, IDTokenAlgorithms: []string{string(jose.RS256)},
		Scopes: scopeWords, GrantTypes: p.grantTypes(), ChallengeMethods: []string{"S256"},
		Claims:           []string{"aud", "email", "exp", "iat", "iss", "jti", "name", "sub", "uid", "ver"},
		TokenAuthMethods: methods, RevocationAuthMethods: methods,
	}, nil
}

// listKeys answers with the public keys that verify tokens.
func (p *provider) listKeys(context.Context, *state.View, struct{}) (jose.JSONWebKeySet, error) {
	return p.keys.Set(), nil
}
