package state_test

import (
	"testing"
	"time"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

func TestRemovingATokenTakesWhatWasNarrowedFromIt(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	update(t, w, func(tx *state.Tx) error {
		end := tx.Now().Add(time.Hour)
		for _, token := range []model.Token{{ID: "a"}, {ID: "b", Parent: "a"}, {ID: "c", Parent: "b"}, {ID: "d"}} {
			token.ExpiresAt = end
			tx.PutToken(&token)
		}
		tx.PutRefresh(&model.RefreshToken{Hash: "r", Family: "a", ExpiresAt: end})
		return nil
	})
	update(t, w, func(tx *state.Tx) error {
		if !tx.RemoveToken("a") || tx.RemoveToken("a") {
			t.Error("RemoveToken does not tell whether there was one")
		}
		return nil
	})
	v := w.View(t.Context())
	if _, ok := state.Tokens.Get(v, "d"); !ok || state.Tokens.Len(v) != 1 || state.Refreshes.Len(v) != 1 {
		t.Errorf("%d access and %d refresh tokens are left, want the other one and the refresh token", state.Tokens.Len(v), state.Refreshes.Len(v))
	}
}

func TestAnOldStateAtTheTimeOfALaterOne(t *testing.T) {
	t.Parallel()
	clock := frozen()
	w := inMemory(t, clock)
	old := w.View(t.Context())
	update(t, w, closeTenant(customer))
	if err := clock.Advance(time.Minute); err != nil {
		t.Fatal(err)
	}
	now := w.View(t.Context())
	lagging := old.At(now)
	if lagging.Seq() != old.Seq() || !lagging.Now().Equal(now.Now()) || old.Now().Equal(now.Now()) {
		t.Errorf("seq %d at %v; want %d at %v", lagging.Seq(), lagging.Now(), old.Seq(), now.Now())
	}
}
