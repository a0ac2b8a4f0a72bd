package state_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/store/memory"
	"github.com/tenantry/tenantry/mock/model"
)

// crowd is enough users for several parcels and deep trees. Their logins are in another order than their ids.
const crowd = 3000

func crowded(tx *state.Tx) error {
	for i := range crowd {
		tx.PutUser(&model.User{
			ID: model.UserID(fmt.Sprintf("u%05d", i)), IdentityID: model.IdentityID(fmt.Sprintf("i%05d", crowd-i)),
			TenantID: model.TenantID(fmt.Sprintf("t%03d", i%97)), Login: fmt.Sprintf("Login-%05d", (i*7919)%crowd),
			Contact: model.Contact{Email: "who@example.com", FirstName: new(fmt.Sprintf("Name%d", i%10))},
		})
	}
	return nil
}

// orders reads the users in all ways there are.
func orders(v *state.View) map[string][]model.UserID {
	ids := func(each func(func(*model.User) bool)) []model.UserID {
		var all []model.UserID
		each(func(u *model.User) bool { all = append(all, u.ID); return true })
		return all
	}
	return map[string][]model.UserID{
		"key":      ids(state.Users.All(v)),
		"tenant":   ids(state.UsersByTenant.From(v, &model.User{})),
		"login":    ids(state.UsersByLogin.From(v, &model.User{})),
		"identity": ids(state.UsersByIdentity.From(v, &model.User{})),
		"word":     ids(usersWith(v, "name1")),
		"address":  ids(usersWith(v, "who@")),
	}
}

func TestWorldsThatAreLoadedAtOnceAreLikeThoseFilledRowByRow(t *testing.T) {
	t.Parallel()
	slow, err := state.NewMemory(config(frozen(), nil), crowded)
	if err != nil {
		t.Fatal(err)
	}
	fast, err := state.NewMemory(config(frozen(), nil), func(tx *state.Tx) error { return tx.Bulk(func() error { return crowded(tx) }) })
	if err != nil {
		t.Fatal(err)
	}
	want := orders(slow.View(t.Context()))
	if n := len(want["login"]); n != crowd || !slices.IsSorted(want["key"]) {
		t.Fatalf("%d users, want %d in order", n, crowd)
	}
	if d := cmp.Diff(want, orders(fast.View(t.Context()))); d != "" {
		t.Errorf("in bulk (-row by row +at once):\n%s", d)
	}
	if d := cmp.Diff(want, orders(reloaded(t, crowded).View(t.Context()))); d != "" {
		t.Errorf("loaded from an engine (-row by row +loaded):\n%s", d)
	}
}

func TestLoadedWorldsCanBeChanged(t *testing.T) {
	t.Parallel()
	w := reloaded(t, crowded)
	err := w.Update(t.Context(), func(tx *state.Tx) error {
		for i := range crowd {
			u, _ := state.Users.Get(tx, model.UserID(fmt.Sprintf("u%05d", i)))
			changed := *u
			changed.Login = strings.Replace(u.Login, "Login", "other", 1)
			tx.UpdateUser(&changed)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	v := w.View(t.Context())
	if _, old := v.UserByLogin("login-00001"); old {
		t.Error("the old login is still found")
	}
	if _, found := v.UserByLogin("other-00001"); !found || len(orders(v)["login"]) != crowd {
		t.Errorf("found = %v, users by login = %d, want all %d", found, len(orders(v)["login"]), crowd)
	}
}

// reloaded stores a world and loads it again.
func reloaded(t *testing.T, fill func(*state.Tx) error) *state.World {
	t.Helper()
	engine := memory.New()
	commits := state.NewCommitter(engine)
	t.Cleanup(func() { _ = commits.Close() })
	cfg := config(frozen(), commits)
	if _, err := state.Create(t.Context(), cfg, nil, fill); err != nil {
		t.Fatal(err)
	}
	again := state.NewCommitter(engine)
	t.Cleanup(func() { _ = again.Close() })
	w, err := state.Open(t.Context(), config(frozen(), again))
	if err != nil {
		t.Fatal(err)
	}
	return w
}
