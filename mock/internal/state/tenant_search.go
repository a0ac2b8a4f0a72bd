package state

import (
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/model"
)

// Match reports whether each of the prefixes starts a word by which the row is searched; the middle of a word does
// not count (wire facts, core 5). first is the word by which MatchingWords finds the row first for prefixes[0].
func (k Kind[K, R]) Match(row *R, prefixes []string) (first string, ok bool) {
	words := k.def.words(row)
	for _, p := range prefixes {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, p) }) {
			return "", false
		}
	}
	for _, w := range words {
		if strings.HasPrefix(w, prefixes[0]) && (first == "" || w < first) {
			first = w
		}
	}
	return first, true
}

// Names lists the names of the tenants from root down to id, both included.
func (v *View) Names(root, id model.TenantID) []string {
	var names []string
	t, ok := Tenants.Get(v, id)
	for ok {
		names = append(names, t.Name)
		if t.ID == root || t.ParentID == t.ID {
			break
		}
		t, ok = Tenants.Get(v, t.ParentID)
	}
	slices.Reverse(names)
	return names
}
