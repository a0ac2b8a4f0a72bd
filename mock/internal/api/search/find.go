package search

import (
	"cmp"
	"iter"
	"slices"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// A query is a text to be found in one tree.
type query struct {
	v       *state.View
	root    model.TenantID
	words   []string // longest first: the index is likely to hold the fewest entries for it
	deleted bool
}

func newQuery(v *state.View, root model.TenantID, text string, deleted bool) *query {
	words := state.Words(text)
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return &query{v: v, root: root, words: words, deleted: deleted}
}

// find takes two ways at once and stops as soon as one has the answer, which is the same on both: along the index,
// which comes across the hits in their order but also across all other trees of the world, and through the tree,
// which has to be walked to its end.
func (q *query) find(limit int) []hit {
	index, stopIndex := iter.Pull(q.alongIndex)
	defer stopIndex()
	tree, stopTree := iter.Pull(q.throughTree)
	defer stopTree()
	var indexed, walked []hit
	for {
		h, more := index()
		if indexed = h.appendTo(indexed); !more || len(indexed) == limit {
			return indexed
		}
		h, more = tree()
		if walked = h.appendTo(walked); !more {
			slices.SortFunc(walked, hit.compare)
			return walked[:min(limit, len(walked))]
		}
	}
}

// alongIndex yields a hit, or the zero one, for each entry of the index that the first word starts.
func (q *query) alongIndex(yield func(hit) bool) {
	for w, t := range state.MatchingWords(state.Tenants, q.v, q.words[0]) {
		if !yield(q.tenant(t).at(w)) {
			return
		}
	}
	for w, u := range state.MatchingWords(state.Users, q.v, q.words[0]) {
		if !yield(q.user(u).at(w)) {
			return
		}
	}
}

// throughTree yields a hit, or the zero one, for each tenant and user of the tree.
func (q *query) throughTree(yield func(hit) bool) {
	for t := range q.v.Below(q.root, "", q.enters) {
		if !yield(q.tenant(t)) {
			return
		}
		if q.enters(t) && !q.usersOf(t, yield) {
			return
		}
	}
}

func (q *query) enters(t *model.Tenant) bool {
	return t.ID == q.root || t.AncestralAccess && !t.Personal() && (q.deleted || !t.Deleted())
}

func (q *query) usersOf(t *model.Tenant, yield func(hit) bool) bool {
	in := func(u *model.User) bool { return u.TenantID == t.ID }
	for u := range state.UsersByTenant.While(q.v, &model.User{TenantID: t.ID}, in) {
		if !yield(q.user(u)) {
			return false
		}
	}
	return true
}

func (q *query) tenant(t *model.Tenant) hit {
	word, ok := state.Tenants.Match(t, q.words)
	if !ok || t.Deleted() && !q.deleted || !q.v.Open(q.root, t.ID, true) {
		return hit{}
	}
	return hit{tenant: t, word: word}
}

func (q *query) user(u *model.User) hit {
	word, ok := state.Users.Match(u, q.words)
	if !ok || u.Deleted() && !q.deleted || !q.v.Open(q.root, u.TenantID, true) {
		return hit{}
	}
	return hit{user: u, word: word}
}
