package idp

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// issueIn is the form of issueToken.
type issueIn struct {
	GrantType    string `form:"grant_type"`
	ClientID     string `form:"client_id"`
	ClientSecret string `form:"client_secret"`
	Username     string `form:"username"`
	Password     string `form:"password"`
	TOTPCode     string `form:"totp_code"`
	RefreshToken string `form:"refresh_token"`
	Code         string `form:"code"`
	RedirectURI  string `form:"redirect_uri"`
	Verifier     string `form:"code_verifier"`
	Assertion    string `form:"assertion"`
	DeviceCode   string `form:"device_code"`
	Scope        string `form:"scope"`
	FullScope    bool   `form:"not_required_introspection"`
}

// A grant finds out for whom tokens are asked, and refuses who may not have them.
type grant func(context.Context, *state.Tx, *issueIn) (*award, error)

// The grants whose names are URNs.
const (
	grantDevice = "urn:ietf:params:oauth:grant-type:device_code"
	grantBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer"
)

// grantsFor are all of the reference, POST /idp/token.
func grantsFor(keys *auth.Keys) map[string]grant {
	return map[string]grant{
		"authorization_code": authorizationCode,
		"client_credentials": clientCredentials,
		"md5_password":       md5Password,
		"password":           password,
		"refresh_token":      refresh,
		grantDevice:          deviceCode,
		grantBearer:          bearer(keys),
	}
}

// An award says for whom tokens are issued, and what is special about them.
type award struct {
	actor  *model.Actor
	client *model.Client       // who asks; nil for a user without a client
	scope  string              // as it was asked for
	spent  *model.RefreshToken // what is replaced; nil for tokens that begin a family
	family string              // the family that begins; "" for a new one of its own
	nonce  string              // for the id token
	totpAt time.Time           // when the second factor was checked; zero without one
	parent *model.Token        // what the tokens are narrowed from, and die with; nil for none
	device *enlisted           // what a device is given instead of its user's rights; nil for all others
}

// An enlisted device holds scopes in a tenant. Its token lives for so long.
type enlisted struct {
	tenant model.TenantID
	scopes []string
	until  time.Time
	silent bool // the answer does not repeat the scopes
}

func (p *provider) grantTypes() []string { return slices.Sorted(maps.Keys(p.grants)) }

// issueToken answers with new tokens. Every refusal has the flat form of RFC 6749, section 5.2.
func (p *provider) issueToken(ctx context.Context, tx *state.Tx, in issueIn) (*issued, error) {
	ask, ok := p.grants[in.GrantType]
	if in.GrantType == "" {
		return nil, absent("grant_type")
	}
	if !ok {
		return nil, model.Errorf(model.Invalid, "unsupported_grant_type",
			"this grant_type is not supported; use one of: %s", strings.Join(p.grantTypes(), ", "))
	}
	a, err := ask(ctx, tx, &in)
	if err != nil {
		return nil, err
	}
	return p.issue(ctx, tx, a, in.FullScope)
}
