package state_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// Random changes leave the same in the table, in its indexes and in a plain map.
func TestIndexesFollowTheirRows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w, err := state.NewMemory(config(frozen(), nil), smallTree)
		if err != nil {
			t.Fatal(err)
		}
		want := map[model.UserID]string{alice: "Alice"}
		for range rapid.IntRange(1, 20).Draw(t, "updates") {
			n := rapid.IntRange(0, 5).Draw(t, "user")
			login := fmt.Sprint("Login", rapid.IntRange(0, 3).Draw(t, "login"))
			err := w.Update(background(), func(tx *state.Tx) error {
				tx.PutUser(&model.User{ID: userID(n), TenantID: partner, Login: login, Version: 1})
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			want[userID(n)] = login
		}
		checkUsers(t, w.View(background()), want)
	})
}

func checkUsers(t *rapid.T, v *state.View, want map[model.UserID]string) {
	got := map[model.UserID]string{}
	for u := range state.Users.All(v) {
		got[u.ID] = u.Login
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("rows (-want +got):\n%s", diff)
	}
	var byLogin, sorted []string
	for u := range state.UsersByLogin.From(v, &model.User{}) {
		byLogin = append(byLogin, u.LoginKey())
	}
	for _, login := range want {
		sorted = append(sorted, model.LoginKey(login))
	}
	slices.Sort(sorted)
	if diff := cmp.Diff(sorted, byLogin); diff != "" {
		t.Fatalf("login index (-want +got):\n%s", diff)
	}
	for _, login := range want {
		found := 0
		for range usersWith(v, model.LoginKey(login)) {
			found++
		}
		if found == 0 {
			t.Fatalf("the words do not find %q", login)
		}
	}
}
