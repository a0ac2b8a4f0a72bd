package state

import (
	"fmt"
	"time"

	"github.com/tenantry/tenantry/mock/model"
)

// dueAt reports whether a timer of the snapshot has run out.
func dueAt(s *snapshot, now time.Time) bool {
	first, ok := s.tables[Timers.slot].(*table[model.Timer]).order(TimersByTime.index).Min()
	return ok && !first.At.After(now)
}

// Schedule sets the one timer of a kind for a row; a zero time removes it.
func (tx *Tx) Schedule(kind, key string, at time.Time) {
	id := model.TimerID(kind, key)
	if at.IsZero() {
		Timers.remove(tx, id)
		return
	}
	Timers.put(tx, &model.Timer{ID: id, Kind: kind, Key: key, At: at})
}

// transitions says what happens when a timer of a kind runs out.
var transitions = map[string]func(*Tx, string) error{
	model.TimerDisableUser: (*Tx).disableDueUser,
	model.TimerEndTrial:    (*Tx).endTrial,
	model.TimerReport:      (*Tx).generateReport,
}

// runTimers runs all that is due, in the order of time. A transition may schedule another one.
func (tx *Tx) runTimers() error {
	for {
		t, ok := TimersByTime.First(tx, &model.Timer{}, func(t *model.Timer) bool { return !t.At.After(tx.now) })
		if !ok {
			return nil
		}
		Timers.remove(tx, t.ID)
		run, known := transitions[t.Kind]
		if !known {
			return fmt.Errorf("timer %q has no transition in this version", t.ID)
		}
		if err := run(tx, t.Key); err != nil {
			return fmt.Errorf("run timer %q: %w", t.ID, err)
		}
	}
}

// disableDueUser disables a user whose disable_after has passed (reference, POST /users).
func (tx *Tx) disableDueUser(key string) error {
	u, ok := Users.Get(tx, model.UserID(key))
	if !ok || u.Deleted() || !u.Enabled {
		return nil
	}
	changed := *u
	changed.Enabled = false
	tx.UpdateUser(&changed)
	return nil
}

// endTrial puts a tenant into production after one full month (wire facts, core 6.12).
func (tx *Tx) endTrial(key string) error {
	t, ok := Tenants.Get(tx, model.TenantID(key))
	if !ok || t.Deleted() || t.Pricing.Mode != model.Trial {
		return nil
	}
	changed := *t
	changed.Pricing.Mode = model.Production
	changed.Pricing.Version = tx.Millis(t.Pricing.Version)
	tx.PutTenant(&changed)
	return nil
}
