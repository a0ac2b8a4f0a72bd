package idp

import (
	"context"
	"regexp"
	"slices"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
)

type introspectIn struct {
	Token string `form:"token"`
}

// introspection is what a resource server is told of a token (wire facts, idp 4). Of one that does not count it is told
// that alone.
type introspection struct {
	Active    bool   `json:"active"`
	TokenType string `json:"token_type,omitempty"`
	Audience  string `json:"aud,omitempty"` // a plain text, whatever the token holds: typed clients read nothing else
	*auth.Claims
}

// introspect tells whether an access token counts now and what its holder may do now (RFC 7662). A token that is
// refused for any reason is not active, and that is no error.
func (p *provider) introspect(ctx context.Context, v *state.View, in introspectIn) (*introspection, error) {
	issued, ok := p.keys.Claims(in.Token)
	t, found := issued.Row(v)
	if !ok || !found || !t.ExpiresAt.After(v.Now()) {
		return &introspection{}, nil
	}
	actor, err := auth.HolderOf(v, t)
	if err != nil {
		return &introspection{}, nil //nolint:nilerr // who may not act holds no active token
	}
	claims := auth.ClaimsOf(v, issued.Issuer, actor, t)
	claims.Scope = filtered(claims.Scope, namespaces(ctx))
	return &introspection{Active: true, TokenType: "bearer", Audience: claims.Audience[0], Claims: claims}, nil
}

// namespaceFilter is how the vendor's own library asks for some namespaces alone; the reference does not list it.
var namespaceFilter = regexp.MustCompile(`^scope_filter\[\d+\]\.rn$`)

// namespaces are those that the form asks for; nil for all.
func namespaces(ctx context.Context) []string {
	var wanted []string
	for name, values := range op.From(ctx).Checked.Form {
		if namespaceFilter.MatchString(name) {
			wanted = append(wanted, values...)
		}
	}
	return wanted
}

func filtered(list []auth.Access, wanted []string) []auth.Access {
	if wanted == nil {
		return list
	}
	return slices.DeleteFunc(list, func(a auth.Access) bool { return !slices.Contains(wanted, a.Namespace) })
}
