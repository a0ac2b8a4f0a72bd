package state_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

func TestOneTimeTokenIsTakenOnce(t *testing.T) {
	t.Parallel()
	clock := frozen()
	w := inMemory(t, clock)
	put := func(hash string) {
		update(t, w, func(tx *state.Tx) error {
			tx.PutOneTimeToken(&model.OneTimeToken{Hash: hash, User: alice, ExpiresAt: tx.Now().Add(model.OneTimeLife)})
			return nil
		})
	}
	take := func(hash string) (taken bool) {
		update(t, w, func(tx *state.Tx) error {
			_, taken = tx.TakeOneTimeToken(hash)
			return nil
		})
		return taken
	}
	put("a")
	if !take("a") || take("a") || take("b") {
		t.Error("a token is taken once, and only one that is there")
	}
	put("a")
	if err := clock.Advance(model.OneTimeLife); err != nil {
		t.Fatal(err)
	}
	if take("a") {
		t.Error("an expired token is taken")
	}
}

func TestDeadLoginsAreSweptAway(t *testing.T) {
	t.Parallel()
	clock := frozen()
	w := inMemory(t, clock)
	fill := func(mark string, n int) {
		update(t, w, func(tx *state.Tx) error {
			soon := tx.Now().Add(time.Minute)
			for i := range n {
				hash := fmt.Sprint(mark, i)
				tx.PutAuthCode(&model.AuthCode{Hash: hash, ExpiresAt: soon})
				tx.PutDeviceCode(&model.DeviceCode{Hash: hash, UserCode: hash, ExpiresAt: soon})
				tx.PutOneTimeToken(&model.OneTimeToken{Hash: hash, ExpiresAt: soon})
				tx.PutSession(&model.Session{Hash: hash, ExpiresAt: soon})
			}
			return nil
		})
	}
	counts := func() []int {
		v := w.View(t.Context())
		return []int{state.AuthCodes.Len(v), state.DeviceCodes.Len(v), state.OneTimeTokens.Len(v), state.Sessions.Len(v)}
	}
	fill("old", 10)
	if err := clock.Advance(time.Hour); err != nil {
		t.Fatal(err)
	}
	fill("young", 3)
	if diff := cmp.Diff([]int{13, 13, 3, 3}, counts()); diff != "" {
		t.Errorf("after an hour codes stay, for replays to be seen (-want +got):\n%s", diff)
	}
	if err := clock.Advance(3 * time.Hour); err != nil {
		t.Fatal(err)
	}
	fill("new", 4)
	if diff := cmp.Diff([]int{4, 4, 4, 4}, counts()); diff != "" {
		t.Errorf("after four hours (-want +got):\n%s", diff)
	}
}

func TestRevokedUserLosesWhatCouldBecomeASession(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	update(t, w, func(tx *state.Tx) error {
		later := tx.Now().Add(time.Minute)
		for _, user := range []model.UserID{alice, userID(1)} {
			tx.PutAuthCode(&model.AuthCode{Hash: string(user), User: user, ExpiresAt: later})
			tx.PutOneTimeToken(&model.OneTimeToken{Hash: string(user), User: user, ExpiresAt: later})
			tx.PutSession(&model.Session{Hash: string(user), User: user, ExpiresAt: later})
		}
		tx.RevokeUser(alice)
		return nil
	})
	v := w.View(t.Context())
	_, code := state.AuthCodes.Get(v, string(alice))
	_, token := state.OneTimeTokens.Get(v, string(alice))
	_, session := state.Sessions.Get(v, string(alice))
	if code || token || session {
		t.Errorf("left of the user: code %v, one-time token %v, session %v", code, token, session)
	}
	if n := state.AuthCodes.Len(v) + state.OneTimeTokens.Len(v) + state.Sessions.Len(v); n != 3 {
		t.Errorf("%d rows are left of the other user, want 3", n)
	}
}

func TestDeviceByUserCode(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	update(t, w, func(tx *state.Tx) error {
		tx.PutDeviceCode(&model.DeviceCode{Hash: "h", UserCode: "BCDFGHJK", ExpiresAt: tx.Now().Add(time.Minute)})
		return nil
	})
	v := w.View(t.Context())
	if d, ok := v.DeviceByUserCode("BCDFGHJK"); !ok || d.Hash != "h" {
		t.Errorf("DeviceByUserCode = %+v, %v", d, ok)
	}
	for _, code := range []string{"", "BCDFGHJ", "BCDFGHJKL", "bcdfghjk"} {
		if d, ok := v.DeviceByUserCode(code); ok {
			t.Errorf("DeviceByUserCode(%q) = %+v, want none", code, d)
		}
	}
}
