package search

import (
	"cmp"

	"github.com/tenantry/tenantry/mock/model"
)

// A hit is a tenant or a user that matches, with the word by which it is ordered. The zero hit is a step of the search
// that found nothing.
type hit struct {
	tenant *model.Tenant
	user   *model.User
	word   string
}

func (h hit) compare(o hit) int {
	kind := func(h hit) int {
		if h.user != nil {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(kind(h), kind(o)), cmp.Compare(h.word, o.word), cmp.Compare(h.id(), o.id()))
}

func (h hit) id() string {
	if h.user != nil {
		return string(h.user.ID)
	}
	return string(h.tenant.ID)
}

// at is the hit at an entry of the index: the index comes across it at each of its words, the first one counts.
func (h hit) at(word string) hit {
	if h.word != word {
		return hit{}
	}
	return h
}

func (h hit) appendTo(hits []hit) []hit {
	if h == (hit{}) {
		return hits
	}
	return append(hits, h)
}
