package model_test

import (
	"testing"
	"time"

	"github.com/tenantry/tenantry/mock/model"
)

func TestLockoutCountsFailuresInARow(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	failed := func(times int, apart time.Duration) (model.Credential, time.Time) {
		c, now := model.Credential{}, start
		for range times {
			c = c.Fail(now)
			now = now.Add(apart)
		}
		return c, now.Add(-apart)
	}
	for name, tt := range map[string]struct {
		times       int
		apart, wait time.Duration
		want        bool
	}{
		"none":                 {0, 0, 0, false},
		"one less than enough": {model.LockoutFailures - 1, time.Second, 0, false},
		"enough":               {model.LockoutFailures, time.Second, 0, true},
		"more than enough":     {model.LockoutFailures + 1, time.Second, 0, true},
		"enough, to the last moment of the period": {model.LockoutFailures, time.Second, model.LockoutPeriod - 1, true},
		"enough, a period ago":                     {model.LockoutFailures, time.Second, model.LockoutPeriod, false},
		"enough, each a period after the other":    {model.LockoutFailures, model.LockoutPeriod, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, last := failed(tt.times, tt.apart)
			if got := c.Locked(last.Add(tt.wait)); got != tt.want {
				t.Errorf("Locked after %d failures: got %v, want %v", tt.times, got, tt.want)
			}
			if c = c.Forgive(); c.Locked(last) || c.Failures != 0 {
				t.Errorf("Forgive: got %d failures, want none", c.Failures)
			}
		})
	}
}
