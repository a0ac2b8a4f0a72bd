package state_test

import (
	"context"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// start is the time at which every world of these tests begins.
var start = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// ids of the small tree: root, partner in it, customer in that, unit in that.
const (
	root     = model.TenantID("a0000000-0000-4000-8000-000000000000")
	partner  = model.TenantID("a0000000-0000-4000-8000-000000000001")
	customer = model.TenantID("a0000000-0000-4000-8000-000000000002")
	unit     = model.TenantID("a0000000-0000-4000-8000-000000000003")
	sibling  = model.TenantID("a0000000-0000-4000-8000-000000000004")

	alice = model.UserID("b0000000-0000-4000-8000-000000000001")
)

func frozen() *det.Virtual {
	c := det.NewVirtual(func() time.Time { return start })
	c.Freeze()
	return c
}

func config(clock det.Clock, commits *state.Committer) state.Config {
	return state.Config{ID: "w", Clock: clock, Source: det.NewSource(1, "w"), Commits: commits}
}

func smallTree(tx *state.Tx) error {
	for _, t := range []*model.Tenant{
		tenant(root, root, model.Root, "Root"),
		tenant(partner, root, model.Partner, "Acme"),
		tenant(sibling, root, model.Partner, "Other"),
		tenant(customer, partner, model.Customer, "Harbor Clinic"),
		tenant(unit, customer, model.Unit, "Ward"),
	} {
		if err := tx.Fill(t); err != nil {
			return err
		}
	}
	return tx.Fill(&model.User{ID: alice, TenantID: customer, IdentityID: "i1", Login: "Alice", Version: 1, Enabled: true, CreatedAt: model.MomentOf(start), UpdatedAt: model.MomentOf(start)})
}

func tenant(id, parent model.TenantID, kind model.TenantKind, name string) *model.Tenant {
	return &model.Tenant{
		ID: id, ParentID: parent, Kind: kind, Name: name, Version: 1, Enabled: true, AncestralAccess: true,
		CreatedAt: model.MomentOf(start), UpdatedAt: model.MomentOf(start), Pricing: model.Pricing{Mode: model.Production},
	}
}

// inMemory is a world in memory with the small tree.
func inMemory(t testing.TB, clock det.Clock) *state.World {
	t.Helper()
	w, err := state.NewMemory(config(clock, nil), smallTree)
	if err != nil {
		t.Fatalf("make a world: %v", err)
	}
	return w
}

func update(t testing.TB, w *state.World, f func(*state.Tx) error) {
	t.Helper()
	if err := w.Update(t.Context(), f); err != nil {
		t.Fatalf("update: %v", err)
	}
}

// rename is the smallest change that can be seen.
func rename(id model.TenantID, name string) func(*state.Tx) error {
	return func(tx *state.Tx) error {
		t, err := tx.Tenant(id)
		if err != nil {
			return err
		}
		changed := *t
		changed.Name = name
		tx.UpdateTenant(&changed)
		return nil
	}
}

func nameOf(t testing.TB, v *state.View, id model.TenantID) string {
	t.Helper()
	row, err := v.Tenant(id)
	if err != nil {
		t.Fatalf("tenant %s: %v", id, err)
	}
	return row.Name
}

// addUser makes the n-th user of a numbered series.
func addUser(n int) func(*state.Tx) error {
	return func(tx *state.Tx) error {
		return tx.AddUser(&model.User{
			ID: userID(n), TenantID: partner, IdentityID: model.IdentityID(fmt.Sprint("i", n)),
			Login: fmt.Sprint("user", n), Version: 1, Enabled: true, CreatedAt: model.MomentOf(tx.Now()), UpdatedAt: model.MomentOf(tx.Now()),
		})
	}
}

func userID(n int) model.UserID { return model.UserID(fmt.Sprintf("b1000000-0000-4000-8000-%012d", n)) }

func background() context.Context { return context.Background() }

// usersWith walks the users that have a word starting with prefix.
func usersWith(v *state.View, prefix string) iter.Seq[*model.User] {
	return func(yield func(*model.User) bool) {
		for _, u := range state.MatchingWords(state.Users, v, prefix) {
			if !yield(u) {
				return
			}
		}
	}
}
