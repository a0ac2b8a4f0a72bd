package idp_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

func (w *world) lockout() {
	w.change(func(tx *state.Tx) { tx.SetSettings(model.Settings{"lockout": "on"}) })
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
	w.lockout()
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
	w.lockout()
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

const plainPass = "open sesame" // pass as HTTP Basic spells it

// basic is whom HTTP Basic with the administrator's login and a password is, "" when it is refused.
func (w *world) basic(password string) string {
	w.t.Helper()
	r := w.request(http.MethodGet, w.url+"/whoami", "")
	r.SetBasicAuth("admin", password)
	if a := w.do(r); a.Status == http.StatusOK {
		return a.Body
	}
	return ""
}

func TestLockoutCountsBasic(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.lockout()
	var guesses sync.WaitGroup
	for range model.LockoutFailures {
		guesses.Go(func() {
			if who := w.basic("wrong"); who != "" {
				t.Errorf("a wrong password makes the caller %q", who)
			}
		})
	}
	guesses.Wait()
	if who := w.basic(plainPass); who != "" {
		t.Fatalf("after %d wrong passwords the right one makes the caller %q", model.LockoutFailures, who)
	}
	w.guess(pass, 1) // the count is that of the login, however it is used
	advance(model.LockoutPeriod)(w)
	if w.basic(plainPass) == "" {
		t.Fatal("the login is locked after the period")
	}
}

func TestBasicRespectsAndForgivesFailures(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.lockout()
	for range 2 {
		w.guess("wrong", model.LockoutFailures-1)
		if w.basic(plainPass) == "" {
			t.Fatal("the right password is refused before the login is locked")
		}
	}
	w.guess("wrong", model.LockoutFailures)
	if who := w.basic(plainPass); who != "" {
		t.Fatalf("the login is locked, and Basic makes the caller %q", who)
	}
}

func TestBasicCountsNothingUnlessTurnedOn(t *testing.T) {
	t.Parallel()
	w := start(t)
	for range 2 * model.LockoutFailures {
		w.basic("wrong")
	}
	w.lockout()
	if w.basic(plainPass) == "" {
		t.Fatal("wrong passwords were counted before the setting was on")
	}
}
