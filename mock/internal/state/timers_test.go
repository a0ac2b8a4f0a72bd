package state_test

import (
	"testing"
	"time"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

func TestAUserIsDisabledWhenItsTimeHasCome(t *testing.T) {
	t.Parallel()
	clock := frozen()
	w := inMemory(t, clock)
	update(t, w, func(tx *state.Tx) error {
		row, _ := state.Users.Get(tx, alice)
		u := *row
		u.SetExtras(model.UserExtras{DisableAfter: model.FormatNaive(start.Add(time.Hour))})
		tx.UpdateUser(&u)
		return nil
	})
	enabled := func() bool {
		u, err := w.View(t.Context()).User(alice)
		if err != nil {
			t.Fatal(err)
		}
		return u.Enabled
	}
	if !enabled() {
		t.Fatal("the user is disabled before its time")
	}
	if err := clock.Advance(time.Hour); err != nil {
		t.Fatal(err)
	}
	if enabled() {
		t.Error("the user is still enabled after its time")
	}
}

func TestATrialEndsByItself(t *testing.T) {
	t.Parallel()
	clock := frozen()
	w := inMemory(t, clock)
	update(t, w, func(tx *state.Tx) error {
		row, _ := state.Tenants.Get(tx, customer)
		c := *row
		c.Pricing = model.StartPricing(model.Customer, tx.Now())
		tx.UpdateTenant(&c)
		return nil
	})
	mode := func() string {
		c, err := w.View(t.Context()).Tenant(customer)
		if err != nil {
			t.Fatal(err)
		}
		return c.Pricing.Mode
	}
	if err := clock.Set(time.Date(2026, 4, 30, 23, 59, 59, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	if got := mode(); got != model.Trial {
		t.Errorf("before one full month: %q, want trial", got)
	}
	if err := clock.Set(time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	if got := mode(); got != model.Production {
		t.Errorf("after one full month: %q, want production", got)
	}
}
