package state_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

func deleteTenant(id model.TenantID) func(*state.Tx) error {
	return func(tx *state.Tx) error {
		row, err := tx.LiveTenant(id)
		if err != nil {
			return err
		}
		tx.DeleteTenant(row)
		return nil
	}
}

func restoreTenant(id model.TenantID, force bool) func(*state.Tx) error {
	return func(tx *state.Tx) error {
		row, err := tx.Tenant(id)
		if err != nil {
			return err
		}
		return tx.RestoreTenant(row, force)
	}
}

func alive(v *state.View) []string {
	var ids []string
	for t := range state.Tenants.All(v) {
		if !t.Deleted() {
			ids = append(ids, string(t.ID))
		}
	}
	for u := range state.Users.All(v) {
		if !u.Deleted() {
			ids = append(ids, string(u.ID))
		}
	}
	slices.Sort(ids)
	return ids
}

func TestARestoreBringsBackJustWhatTheDeletionTook(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	update(t, w, deleteTenant(unit)) // on its own, before
	before := alive(w.View(t.Context()))
	update(t, w, deleteTenant(partner))
	if diff := cmp.Diff([]string{string(root), string(sibling)}, alive(w.View(t.Context()))); diff != "" {
		t.Errorf("after the deletion (-want +got):\n%s", diff)
	}
	update(t, w, restoreTenant(partner, false))
	if diff := cmp.Diff(before, alive(w.View(t.Context()))); diff != "" {
		t.Errorf("after the restore (-want +got):\n%s", diff)
	}
}

func TestARestoreMeetsATakenName(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	update(t, w, deleteTenant(partner))
	update(t, w, rename(sibling, "acme"))
	err := w.Update(t.Context(), restoreTenant(partner, false))
	refusal := &model.Error{}
	if !errors.As(err, &refusal) || refusal.Platform != model.CodeNameConflict {
		t.Fatalf("restore: got %v, want a name conflict", err)
	}
	update(t, w, restoreTenant(partner, true))
	if got := nameOf(t, w.View(t.Context()), partner); got != "Acme_1" {
		t.Errorf("forced, it is called %q, want a postfix", got)
	}
}

func TestALoginIsFreeAfterDeletion(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	update(t, w, func(tx *state.Tx) error {
		if tx.CheckLoginFree("ALICE", "") == nil {
			t.Error("a taken login counts as free in other case")
		}
		u, err := tx.LiveUser(alice)
		if err != nil {
			return err
		}
		tx.DeleteUser(u)
		return tx.CheckLoginFree("alice", "")
	})
}

func TestAUserInACustomerGetsAPersonalTenant(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	for tenant, want := range map[model.TenantID]bool{partner: false, root: false, customer: true, unit: true} {
		u := &model.User{ID: model.UserID("u-" + tenant), TenantID: tenant, Login: "u" + string(tenant), Version: 1}
		update(t, w, func(tx *state.Tx) error { return tx.AddUser(u) })
		personal, ok := state.Tenants.Get(w.View(t.Context()), u.PersonalTenantID)
		if ok != want {
			t.Errorf("a user in %s has a personal tenant: %v, want %v", tenant, ok, want)
		}
		if ok && (personal.OwnerID != u.ID || personal.ParentID != tenant || personal.Kind != model.Unit) {
			t.Errorf("the personal tenant is %+v", personal)
		}
	}
}

func TestTokensDieWithTheirOwner(t *testing.T) {
	t.Parallel()
	off := func(change func(*state.Tx)) func(*state.Tx) error {
		return func(tx *state.Tx) error { change(tx); return nil }
	}
	for name, kill := range map[string]func(*state.Tx) error{
		"when the user is disabled": off(func(tx *state.Tx) {
			row, _ := state.Users.Get(tx, alice)
			u := *row
			u.Enabled = false
			tx.UpdateUser(&u)
		}),
		"when the user is deleted": off(func(tx *state.Tx) {
			row, _ := state.Users.Get(tx, alice)
			tx.DeleteUser(row)
		}),
		"when an ancestor is disabled": off(func(tx *state.Tx) {
			row, _ := state.Tenants.Get(tx, partner)
			p := *row
			p.Enabled = false
			tx.UpdateTenant(&p)
		}),
		"when an ancestor is deleted":        deleteTenant(partner),
		"when the family is revoked":         off(func(tx *state.Tx) { tx.RevokeFamily("f") }),
		"when the user's tokens are revoked": off(func(tx *state.Tx) { tx.RevokeUser(alice) }),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := inMemory(t, frozen())
			update(t, w, func(tx *state.Tx) error {
				later := start.Add(time.Hour)
				tx.PutToken(&model.Token{ID: "t", Family: "f", User: alice, ExpiresAt: later})
				tx.PutToken(&model.Token{ID: "narrowed", Family: "g", Parent: "t", ExpiresAt: later})
				tx.PutRefresh(&model.RefreshToken{Hash: "r", Family: "f", User: alice, ExpiresAt: later})
				return nil
			})
			update(t, w, kill)
			v := w.View(t.Context())
			if n := state.Tokens.Len(v) + state.Refreshes.Len(v); n != 0 {
				t.Errorf("%d tokens are left", n)
			}
		})
	}
}

func TestExpiredTokensArePurgedByNewOnes(t *testing.T) {
	t.Parallel()
	clock := frozen()
	w := inMemory(t, clock)
	put := func(id string) func(*state.Tx) error {
		return func(tx *state.Tx) error {
			tx.PutToken(&model.Token{ID: id, ExpiresAt: tx.Now().Add(time.Minute)})
			return nil
		}
	}
	for _, id := range []string{"a", "b", "c", "d", "e", "f"} {
		update(t, w, put(id))
	}
	if err := clock.Advance(time.Hour); err != nil {
		t.Fatal(err)
	}
	update(t, w, put("g"))
	update(t, w, put("h"))
	if n := state.Tokens.Len(w.View(t.Context())); n != 2 {
		t.Errorf("%d tokens are kept, want the 2 live ones", n)
	}
}
