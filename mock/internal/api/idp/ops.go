package idp

import (
	"slices"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
)

// Ops are the operations of the identity provider, for tokens that keys sign.
func Ops(keys *auth.Keys) []op.Op {
	p := &provider{keys: keys, grants: grantsFor(keys)}
	return slices.Concat(p.tokenOps(), p.browserOps(), deviceOps())
}

// provider holds what the operations share.
type provider struct {
	keys   *auth.Keys
	grants map[string]grant
}

func (p *provider) tokenOps() []op.Op {
	return []op.Op{
		op.Write("issueToken", p.issueToken),
		op.Write("revokeToken", p.revokeToken, op.Ignores("token_type_hint", "both kinds are looked up anyway (RFC 7009, 2.1)")),
		op.Read("introspectToken", p.introspect),
		op.Read("listKeys", p.listKeys),
		op.Read("getDiscovery", p.discover),
		op.Read("locateAccount", locate),
	}
}

func (p *provider) browserOps() []op.Op {
	const hint = "it is optional to follow, and whoever is logged in may answer (OpenID Connect Core, 3.1.2.1)"
	return []op.Op{
		op.Write("authorize", authorize, op.Ignores("id_token_hint", hint)),
		op.Write("submitLogin", submitLogin, op.Ignores("id_token_hint", hint)),
		op.Write("logout", logout),
		op.Write("createOneTimeToken", createOneTimeToken, op.Ignores("audit_data", "there is no audit log that would show it")),
		op.Write("loginWithOneTimeToken", loginWithOneTimeToken),
		op.Read("externalLogin", externalLogin, op.Ignores("targetURI", "the script of the page reads it")),
	}
}

func deviceOps() []op.Op {
	return []op.Op{
		op.Write("authorizeDevice", authorizeDevice),
		op.Read("getDeviceApproval", getApproval),
		op.Write("approveDevice", approve),
		op.Read("showDevicePage", showDevicePage),
		op.Write("submitDevicePage", submitDevicePage),
	}
}
