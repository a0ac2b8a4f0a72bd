package state

import (
	"cmp"

	"github.com/tenantry/tenantry/mock/model"
)

// Secondary orders of the tables of the identity provider.
var (
	SessionsByExpiry = Index[model.Session]{8, 1}
	CodesByExpiry    = Index[model.AuthCode]{20, 0}
	DevicesByCode    = Index[model.DeviceCode]{21, 0} // user code, hash
	DevicesByExpiry  = Index[model.DeviceCode]{21, 1}
	OneTimeByExpiry  = Index[model.OneTimeToken]{22, 0}
)

var authCodeDef = &def[model.AuthCode]{
	name: "auth_codes",
	key:  func(c *model.AuthCode) string { return c.Hash },
	indexes: []order[model.AuthCode]{
		{less: func(a, b *model.AuthCode) bool {
			return less(a.ExpiresAt.Compare(b.ExpiresAt), cmp.Compare(a.Hash, b.Hash))
		}},
	},
}

var deviceCodeDef = &def[model.DeviceCode]{
	name: "device_codes",
	key:  func(d *model.DeviceCode) string { return d.Hash },
	indexes: []order[model.DeviceCode]{
		{less: func(a, b *model.DeviceCode) bool {
			return less(cmp.Compare(a.UserCode, b.UserCode), cmp.Compare(a.Hash, b.Hash))
		}},
		{less: func(a, b *model.DeviceCode) bool {
			return less(a.ExpiresAt.Compare(b.ExpiresAt), cmp.Compare(a.Hash, b.Hash))
		}},
	},
}

var oneTimeDef = &def[model.OneTimeToken]{
	name: "one_time_tokens",
	key:  func(t *model.OneTimeToken) string { return t.Hash },
	indexes: []order[model.OneTimeToken]{
		{less: func(a, b *model.OneTimeToken) bool {
			return less(a.ExpiresAt.Compare(b.ExpiresAt), cmp.Compare(a.Hash, b.Hash))
		}},
	},
}
