package idp_test

import (
	"testing"
	"time"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

func (w *world) lockout(value string) {
	w.change(func(tx *state.Tx) { tx.SetSettings(model.Settings{"lockout": value}) })
}

func (w *world) guess(password string, times int) {
	w.t.Helper()
	for range times {
		w.refused(w.form("token", "", "grant_type=password&username=admin&password="+password), 401, "invalid_grant")
	}
}

func TestLockout(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.lockout("on")
	w.guess("wrong", model.LockoutFailures)
	w.guess(pass, 1)
	advance(model.LockoutPeriod - time.Microsecond)(w)
	w.guess(pass, 1)
	advance(time.Microsecond)(w)
	w.login("")
}

func TestSuccessForgivesFailures(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.lockout("on")
	for range 2 {
		w.guess("wrong", model.LockoutFailures-1)
		w.login("")
	}
}

func TestNoLockoutUnlessTurnedOn(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.guess("wrong", 2*model.LockoutFailures)
	w.login("")
}
