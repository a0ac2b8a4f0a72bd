package state_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// registration is a token of the customer that lives for a while.
func registration(id int64, code string, life time.Duration) *model.RegistrationToken {
	return &model.RegistrationToken{ID: id, Code: code, TenantID: customer, CreatedAt: start, ExpiresAt: start.Add(life)}
}

func register(tokens ...*model.RegistrationToken) func(*state.Tx) error {
	return func(tx *state.Tx) error {
		for _, r := range tokens {
			tx.PutRegistrationToken(r)
		}
		return nil
	}
}

func TestRegistrationTokenByCode(t *testing.T) {
	t.Parallel()
	clock := frozen()
	w := inMemory(t, clock)
	update(t, w, register(registration(1, "AAAA-AAAA-AAAA", time.Minute), registration(2, "BBBB-BBBB-BBBB", time.Hour)))
	found := func(code string) int64 {
		r, ok := w.View(t.Context()).RegistrationTokenByCode(code)
		if !ok {
			return 0
		}
		return r.ID
	}
	check := func(claim string, want map[string]int64) {
		t.Helper()
		got := map[string]int64{}
		for code := range want {
			got[code] = found(code)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: mismatch (-want +got):\n%s", claim, diff)
		}
	}
	check("codes are found whole", map[string]int64{"AAAA-AAAA-AAAA": 1, "BBBB-BBBB-BBBB": 2, "AAAA": 0, "": 0, "aaaa-aaaa-aaaa": 0})
	if err := clock.Advance(time.Minute); err != nil {
		t.Fatalf("advance the clock: %v", err)
	}
	check("an expired one is not", map[string]int64{"AAAA-AAAA-AAAA": 0, "BBBB-BBBB-BBBB": 2})
	update(t, w, setEnabled(partner, false))
	check("nor one below a suspended tenant", map[string]int64{"BBBB-BBBB-BBBB": 0})
	update(t, w, setEnabled(partner, true))
	check("but again when it is back", map[string]int64{"BBBB-BBBB-BBBB": 2})
	update(t, w, deleteTenant(customer))
	check("not when the tenant is deleted", map[string]int64{"BBBB-BBBB-BBBB": 0})
}

func setEnabled(id model.TenantID, enabled bool) func(*state.Tx) error {
	return func(tx *state.Tx) error {
		row, err := tx.Tenant(id)
		if err != nil {
			return err
		}
		changed := *row
		changed.Enabled = enabled
		tx.UpdateTenant(&changed)
		return nil
	}
}

func TestExpiredRegistrationTokensAreTakenAway(t *testing.T) {
	t.Parallel()
	clock := frozen()
	w := inMemory(t, clock)
	var old []*model.RegistrationToken
	for id := range int64(10) {
		old = append(old, registration(id+1, "OLD", time.Minute))
	}
	update(t, w, register(old...))
	if err := clock.Advance(time.Hour); err != nil {
		t.Fatalf("advance the clock: %v", err)
	}
	for id := range int64(3) {
		update(t, w, register(registration(id+11, "NEW", 24*time.Hour)))
	}
	var left []int64
	for r := range state.RegistrationTokens.All(w.View(t.Context())) {
		left = append(left, r.ID)
	}
	if diff := cmp.Diff([]int64{11, 12, 13}, left); diff != "" {
		t.Errorf("rows left mismatch (-want +got):\n%s", diff)
	}
}

func TestRegistrationTokensGoOnInTheOrderOfTheirIDs(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	update(t, w, register(registration(10, "TEN", time.Hour), registration(9, "NINE", time.Hour), registration(100, "HUNDRED", time.Hour)))
	v := w.View(t.Context())
	ids := func(tokens []*model.RegistrationToken) (all []int64) {
		for _, r := range tokens {
			all = append(all, r.ID)
		}
		return all
	}
	want := []int64{9, 10, 100}
	if diff := cmp.Diff(want, ids(v.RegistrationTokensOf(customer))); diff != "" {
		t.Errorf("of the tenant: mismatch (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, ids(v.RegistrationTokensSeen(&model.Actor{Roots: []model.TenantID{partner}}))); diff != "" {
		t.Errorf("seen from above: mismatch (-want +got):\n%s", diff)
	}
	if got := v.RegistrationTokensSeen(&model.Actor{Roots: []model.TenantID{sibling}}); len(got) > 0 {
		t.Errorf("seen from beside: got %v", ids(got))
	}
}
