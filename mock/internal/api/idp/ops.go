package idp

import (
	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
)

// Ops are the operations of the identity provider, for tokens that keys sign.
func Ops(keys *auth.Keys) []op.Op {
	const unserved = "it belongs to a grant that is refused as unsupported"
	p := &provider{keys: keys}
	return []op.Op{
		op.Write(
			"issueToken", p.issueToken,
			op.Ignores("code", unserved), op.Ignores("code_verifier", unserved), op.Ignores("redirect_uri", unserved),
			op.Ignores("assertion", unserved), op.Ignores("device_code", unserved),
		),
		op.Write("revokeToken", p.revokeToken, op.Ignores("token_type_hint", "both kinds are looked up anyway (RFC 7009, 2.1)")),
		op.Read("listKeys", p.listKeys),
		op.Read("getDiscovery", discover),
		op.Read("locateAccount", locate),
	}
}

// provider holds what the operations share.
type provider struct{ keys *auth.Keys }
