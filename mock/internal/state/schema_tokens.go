package state

import (
	"cmp"

	"github.com/tenantry/tenantry/mock/model"
)

var tokenDef = &def[model.Token]{
	name: "tokens",
	key:  func(t *model.Token) string { return t.ID },
	indexes: []order[model.Token]{
		{less: func(a, b *model.Token) bool { return less(cmp.Compare(a.Family, b.Family), cmp.Compare(a.ID, b.ID)) }},
		{less: func(a, b *model.Token) bool { return less(a.ExpiresAt.Compare(b.ExpiresAt), cmp.Compare(a.ID, b.ID)) }},
		{
			less: func(a, b *model.Token) bool { return less(cmp.Compare(a.Client, b.Client), cmp.Compare(a.ID, b.ID)) },
			has:  func(t *model.Token) bool { return t.Client != "" },
		},
		{
			less: func(a, b *model.Token) bool { return less(cmp.Compare(a.User, b.User), cmp.Compare(a.ID, b.ID)) },
			has:  func(t *model.Token) bool { return t.User != "" },
		},
		{
			less: func(a, b *model.Token) bool { return less(cmp.Compare(a.Parent, b.Parent), cmp.Compare(a.ID, b.ID)) },
			has:  func(t *model.Token) bool { return t.Parent != "" },
		},
	},
}

var refreshDef = &def[model.RefreshToken]{
	name: "refresh_tokens",
	key:  func(t *model.RefreshToken) string { return t.Hash },
	indexes: []order[model.RefreshToken]{
		{less: func(a, b *model.RefreshToken) bool {
			return less(cmp.Compare(a.Family, b.Family), cmp.Compare(a.Hash, b.Hash))
		}},
		{less: func(a, b *model.RefreshToken) bool {
			return less(a.ExpiresAt.Compare(b.ExpiresAt), cmp.Compare(a.Hash, b.Hash))
		}},
		{
			less: func(a, b *model.RefreshToken) bool {
				return less(cmp.Compare(a.Client, b.Client), cmp.Compare(a.Hash, b.Hash))
			},
			has: func(t *model.RefreshToken) bool { return t.Client != "" },
		},
		{
			less: func(a, b *model.RefreshToken) bool {
				return less(cmp.Compare(a.User, b.User), cmp.Compare(a.Hash, b.Hash))
			},
			has: func(t *model.RefreshToken) bool { return t.User != "" },
		},
	},
}

var sessionDef = &def[model.Session]{
	name: "sessions",
	key:  func(s *model.Session) string { return s.Hash },
	indexes: []order[model.Session]{
		{less: func(a, b *model.Session) bool { return less(cmp.Compare(a.User, b.User), cmp.Compare(a.Hash, b.Hash)) }},
		{less: func(a, b *model.Session) bool {
			return less(a.ExpiresAt.Compare(b.ExpiresAt), cmp.Compare(a.Hash, b.Hash))
		}},
	},
}
