package auth

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// claimsVersion is the version of the claims' structure (wire facts, idp 2.4).
const claimsVersion = 2

// Claims are what an access token says (wire facts, idp 2.4). Members that do not apply are left out.
type Claims struct {
	Audience    []string       `json:"aud"`
	Issuer      string         `json:"iss"`
	Subject     string         `json:"sub"`
	User        model.UserID   `json:"uid,omitempty"`
	Client      model.ClientID `json:"client_id,omitempty"`
	Owner       model.TenantID `json:"owner_tuid,omitempty"` // the tenant of the client
	SubjectType string         `json:"sub_type,omitempty"`
	Origin      string         `json:"origin,omitempty"`
	Version     int            `json:"ver"`
	ID          string         `json:"jti"`
	IssuedAt    int64          `json:"iat"`
	NotBefore   int64          `json:"nbf,omitempty"` // of broken tokens alone
	ExpiresAt   int64          `json:"exp"`
	TOTPTime    int64          `json:"totp_time,omitempty"`       // when the second factor was checked last
	LoginTOTP   int64          `json:"login_totp_time,omitempty"` // and when at the login
	Narrowing   [][]string     `json:"narrowing,omitempty"`
	Scope       []Access       `json:"scope"`

	key string // id of the key that signed them, if it is not the first one
}

// Access is one scope that the holder has in one tenant and below. Every member is a text, the integer id of the
// tenant too: the vendor's own library reads nothing else.
type Access struct {
	Num       string         `json:"tid"`
	Tenant    model.TenantID `json:"tuid"`
	Role      string         `json:"role"`
	Namespace string         `json:"rn,omitempty"`
	Server    string         `json:"rs,omitempty"`
	Path      string         `json:"rp,omitempty"`
}

// IDClaims are what the id token beside an access token says. Name and e-mail are null for clients.
type IDClaims struct {
	Audience  string       `json:"aud"`
	Issuer    string       `json:"iss"`
	Subject   string       `json:"sub"`
	User      model.UserID `json:"uid,omitempty"`
	Name      *string      `json:"name"`
	Email     *string      `json:"email"`
	Version   int          `json:"ver"`
	ID        string       `json:"jti"`
	IssuedAt  int64        `json:"iat"`
	ExpiresAt int64        `json:"exp"`
	Nonce     string       `json:"nonce,omitempty"` // that of the authorization request
}

// ClaimsOf are the claims of the token t, which actor holds, with its full access. They are addressed to the client
// that got the token, if any, and to the host of the issuer.
func ClaimsOf(v *state.View, issuer string, actor *model.Actor, t *model.Token) *Claims {
	c := &Claims{
		Issuer: issuer, Subject: actor.ID(), User: t.User, Client: t.Client, Version: claimsVersion,
		ID: t.ID, IssuedAt: t.IssuedAt.Unix(), ExpiresAt: t.ExpiresAt.Unix(),
	}
	if client, ok := state.Clients.Get(v, t.Client); ok {
		c.Audience = append(c.Audience, string(client.ID))
		c.Owner, c.Origin = client.TenantID, client.OriginID
	}
	c.Audience = append(c.Audience, hostOf(issuer))
	if actor.IsClient() {
		c.SubjectType = actor.Client.Type
	}
	if c.Subject == "" {
		c.Subject = string(t.Device)
	}
	if !t.TOTPAt.IsZero() {
		c.TOTPTime, c.LoginTOTP = t.TOTPAt.Unix(), t.TOTPAt.Unix()
	}
	grants := limited(actor.Grants, t)
	if t.Narrowed != "" {
		grants = narrow(v, grants, t.Narrowed)
		c.Narrowing = [][]string{{NarrowingScope + string(t.Narrowed)}}
	}
	if c.Scope = accessOf(v, grants); len(t.Scopes) > 0 {
		c.Scope = deviceAccess(v, t.Scopes, t.Narrowed)
	}
	return c
}

// NarrowingScope begins a scope that names a tenant and no role: it narrows a token to that tenant and below.
const NarrowingScope = "urn:acronis.com:tenant-id:"

// IDClaimsOf are the claims of the id token beside the access token. It is addressed to the client alone, as OpenID
// Connect wants, or to the host when a user logs in without one.
func IDClaimsOf(access *Claims, actor *model.Actor) *IDClaims {
	c := &IDClaims{
		Audience: access.Audience[0], Issuer: access.Issuer, Subject: access.Subject, User: access.User,
		Version: access.Version, ID: access.ID, IssuedAt: access.IssuedAt, ExpiresAt: access.ExpiresAt,
	}
	if actor.User != nil {
		c.Name, c.Email = orNull(actor.User.Contact.Name()), orNull(actor.User.Contact.Email)
	}
	return c
}

func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func hostOf(issuer string) string {
	u, err := url.Parse(issuer)
	if err != nil || u.Host == "" {
		return issuer
	}
	return u.Host
}

// accessOf lists every scope that the grants imply, each once for a tenant, with the role itself before what it
// implies: the expansion was seen on the wire (wire facts, idp 1.4).
func accessOf(v *state.View, grants []model.Grant) []Access {
	list := []Access{}
	add := func(t *model.Tenant, namespace, role string) {
		a := Access{Num: strconv.FormatInt(t.Num, 10), Tenant: t.ID, Role: role, Namespace: namespace}
		if !slices.Contains(list, a) {
			list = append(list, a)
		}
	}
	for _, g := range grants {
		t, ok := state.Tenants.Get(v, g.Tenant)
		if !ok {
			continue
		}
		if g.Role != "" && !slices.ContainsFunc(g.Scopes, func(s string) bool { return roleOf(s) == g.Role }) {
			add(t, "", g.Role)
		}
		for _, scope := range g.Scopes {
			namespace, role := model.SplitScope(scope)
			add(t, namespace, role)
		}
	}
	return list
}

func roleOf(scope string) string {
	_, role := model.SplitScope(scope)
	return role
}

// An issue is what ties a token to its row. Its jti alone does not: servers of one seed give out the same ones, to
// others and at other times.
type issue struct {
	id     string
	user   model.UserID
	client model.ClientID
	at     int64
	key    string // that of the second key, if it signed the token: it is known to everybody, the row says whether it counts
}

func (c *Claims) issue() issue { return issue{c.ID, c.User, c.Client, c.IssuedAt, c.key} }

func (i issue) row(r state.Reader) (*model.Token, bool) {
	t, ok := state.Tokens.Get(r, i.id)
	if !ok || i != (issue{t.ID, t.User, t.Client, t.IssuedAt.Unix(), t.Key}) {
		return nil, false
	}
	return t, true
}

// Row is the row of the token with these claims, if it was issued here. Whether it still counts, the row says.
func (c *Claims) Row(r state.Reader) (*model.Token, bool) { return c.issue().row(r) }

// Claims are those of an access token that these keys signed, as it was issued.
func (k *Keys) Claims(token string) (*Claims, bool) {
	claims := &Claims{}
	payload, header, err := k.verifyAccess(token)
	if err != nil || json.Unmarshal(payload, claims) != nil {
		return &Claims{}, false
	}
	if header.KeyID != k.id {
		claims.key = header.KeyID
	}
	return claims, claims.ID != ""
}
