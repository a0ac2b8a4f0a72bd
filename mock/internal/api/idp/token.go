package idp

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// issueIn is the form of issueToken, without the members of grants that are refused.
type issueIn struct {
	GrantType    string `form:"grant_type"`
	ClientID     string `form:"client_id"`
	ClientSecret string `form:"client_secret"`
	Username     string `form:"username"`
	Password     string `form:"password"`
	TOTPCode     string `form:"totp_code"`
	RefreshToken string `form:"refresh_token"`
	Scope        string `form:"scope"`
	FullScope    bool   `form:"not_required_introspection"`
}

// A grant finds out for whom tokens are asked, and refuses who may not have them.
type grant func(context.Context, *state.Tx, *issueIn) (*award, error)

// grants are those that are served (reference, POST /idp/token).
var grants = map[string]grant{
	"client_credentials": clientCredentials,
	"password":           password,
	"refresh_token":      refresh,
}

// An award says for whom tokens are issued.
type award struct {
	actor  *model.Actor
	client *model.Client       // who asks; nil for a user without a client
	scope  string              // as it was asked for
	spent  *model.RefreshToken // what is replaced; nil for tokens that begin a family
}

func grantTypes() []string { return slices.Sorted(maps.Keys(grants)) }

// issueToken answers with new tokens. Every refusal has the flat form of RFC 6749, section 5.2.
func (p *provider) issueToken(ctx context.Context, tx *state.Tx, in issueIn) (*issued, error) {
	ask, ok := grants[in.GrantType]
	if in.GrantType == "" {
		return nil, absent("grant_type")
	}
	if !ok {
		return nil, model.Errorf(model.Invalid, "unsupported_grant_type",
			"this grant_type is not supported; use one of: %s", strings.Join(grantTypes(), ", "))
	}
	a, err := ask(ctx, tx, &in)
	if err != nil {
		return nil, err
	}
	return p.issue(ctx, tx, a, in.FullScope)
}
