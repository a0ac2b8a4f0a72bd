package state_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// An index follows when it is read: whoever reads a snapshot first, and however many do so at once, sees its rows, and
// none of those that came later, however far the index has fallen behind.
func TestSnapshotsAreReadInAnyOrder(t *testing.T) {
	t.Parallel()
	w, err := state.NewMemory(config(frozen(), nil), smallTree)
	if err != nil {
		t.Fatal(err)
	}
	const rounds = 1500 // more than an index may fall behind
	views := make([]*state.View, 0, rounds)
	for n := range rounds {
		err := w.Update(background(), func(tx *state.Tx) error {
			tx.PutUser(&model.User{ID: userID(n), TenantID: partner, Login: fmt.Sprintf("login%04d", n), Version: 1})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		views = append(views, w.View(background()))
	}
	var readers sync.WaitGroup
	for _, n := range []int{rounds - 1, 3, 700, 511, 512, 513, 0, 1023, 1024, 1400} {
		for range 4 {
			readers.Go(func() { readsAlike(t, views[n], n+1) })
		}
	}
	readers.Wait()
}

// readsAlike holds each order of the users of a view to the same rows.
func readsAlike(t *testing.T, v *state.View, want int) {
	t.Helper()
	var byTenant, byLogin, byWord []string
	for u := range state.UsersByTenant.While(v, &model.User{TenantID: partner}, func(u *model.User) bool { return u.TenantID == partner }) {
		byTenant = append(byTenant, u.Login)
	}
	for u := range state.UsersByLogin.From(v, &model.User{Login: "login"}) {
		byLogin = append(byLogin, u.Login)
	}
	for u := range usersWith(v, "login") {
		byWord = append(byWord, u.Login)
	}
	byTenant = slices.DeleteFunc(byTenant, func(login string) bool { return len(login) != len("login0000") })
	slices.Sort(byTenant)
	if diff := cmp.Diff(byTenant, byLogin); diff != "" {
		t.Errorf("by tenant and by login (-tenant +login):\n%s", diff)
	}
	if diff := cmp.Diff(byTenant, byWord); diff != "" {
		t.Errorf("by tenant and by word (-tenant +word):\n%s", diff)
	}
	if len(byTenant) != want {
		t.Errorf("a view has %d users, want %d", len(byTenant), want)
	}
}
