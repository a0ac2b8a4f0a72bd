package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/api/search"
	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

const root = model.TenantID("f0000000-0000-4000-8000-000000000000")

// syllables make names that share many beginnings.
var syllables = []string{"an", "ana", "anab", "ber", "berta", "ann anabel", "Anna", "BER an"}

// world is a tree of random shape with n tenants, as many users and some of both closed or deleted.
func world(t testing.TB, n int) *state.View {
	t.Helper()
	w, err := state.NewMemory(state.Config{ID: "w", Clock: det.NewVirtual(nil), Source: det.NewSource(7, "w")}, func(tx *state.Tx) error {
		ids := []model.TenantID{root}
		tx.PutTenant(&model.Tenant{ID: root, ParentID: root, Kind: model.Root, Name: "anabel root", Enabled: true, AncestralAccess: true})
		for range n {
			r := tx.IDs().Sum()
			name := func(i int) string { return syllables[int(r[i])%len(syllables)] }
			parent := ids[int(r[0])*len(ids)/256]
			row := &model.Tenant{
				ID: model.TenantID(tx.UUID()), ParentID: parent, Kind: model.Folder, Name: name(1) + " " + name(2),
				AncestralAccess: r[3] > 20, Enabled: true,
			}
			if up, _ := tx.Tenant(parent); up.Deleted() || r[4] < 20 {
				row.DeletedAt = model.MomentOf(tx.Now())
			}
			tx.PutTenant(row)
			ids = append(ids, row.ID)
			u := &model.User{ID: model.UserID(tx.UUID()), TenantID: row.ID, Login: name(5), Contact: model.Contact{Email: name(6)}, DeletedAt: row.DeletedAt}
			tx.PutUser(u)
		}
		return nil
	})
	if err != nil {
		t.Fatalf("make a world: %v", err)
	}
	return w.View(t.Context())
}

// wanted is the answer by the plain rule: look at everything, sort, cut.
func wanted(v *state.View, in model.TenantID, text string, limit int, deleted bool) []string {
	words := state.Words(text)
	longest := slices.MaxFunc(words, func(a, b string) int { return len(a) - len(b) })
	var found []string
	look := func(kind, id string, home model.TenantID, gone bool, texts ...string) {
		have := state.Words(texts...)
		slices.Sort(have)
		starts := func(w string) int {
			return slices.IndexFunc(have, func(h string) bool { return strings.HasPrefix(h, w) })
		}
		for _, w := range words {
			if starts(w) < 0 || gone && !deleted || !v.Open(in, home, true) {
				return
			}
		}
		found = append(found, kind+have[starts(longest)]+"\x00"+id)
	}
	for t := range state.Tenants.All(v) {
		look("1", string(t.ID), t.ID, t.Deleted(), t.Name)
	}
	for u := range state.Users.All(v) {
		look("2", string(u.ID), u.TenantID, u.Deleted(), u.Login, u.Contact.Email)
	}
	slices.Sort(found)
	found = found[:min(limit, len(found))]
	for i, f := range found {
		_, found[i], _ = strings.Cut(f, "\x00")
	}
	return found
}

func TestBothWaysFindWhatTheRuleSays(t *testing.T) {
	t.Parallel()
	v := world(t, 400)
	var roots []model.TenantID
	for row := range state.Tenants.All(v) {
		if len(roots) < 60 || row.ID == root {
			roots = append(roots, row.ID)
		}
	}
	for _, in := range roots {
		for _, text := range []string{"ana", "anab", "ber ana", "anna", "nab", "berta"} {
			for _, limit := range []int{1, 7, 300} {
				for _, deleted := range []bool{false, true} {
					want := wanted(v, in, text, limit, deleted)
					got := search.Find(v, in, text, limit, deleted)
					if d := cmp.Diff(append([]string{}, want...), append([]string{}, got...)); d != "" {
						t.Fatalf("searching %q in %s, limit %d, deleted %v (-want +got):\n%s", text, in, limit, deleted, d)
					}
				}
			}
		}
	}
}

// A search in a small tree must not pay for the matches in the rest of the world.
func BenchmarkSearch(b *testing.B) {
	v := world(b, 100_000)
	small := root
	for row := range state.Tenants.All(v) {
		if !v.HasChildren(row.ID) && !row.Deleted() {
			small = row.ID
		}
	}
	for name, in := range map[string]model.TenantID{"everywhere": root, "in a leaf": small} {
		for _, text := range []string{"ana", "ber anab", "nothing"} {
			b.Run(fmt.Sprintf("%s %s", name, text), func(b *testing.B) {
				for b.Loop() {
					search.Find(v, in, text, 10, false)
				}
			})
		}
	}
}
