package model

import "time"

// A login is locked for LockoutPeriod after LockoutFailures wrong passwords in a row, in worlds with the setting
// "lockout" on. The vendor publishes no numbers; these are ours.
const (
	LockoutFailures = 5
	LockoutPeriod   = 15 * time.Minute
)

// Locked reports whether the login is locked at the moment.
func (c *Credential) Locked(now time.Time) bool {
	return c.Failures >= LockoutFailures && now.Before(c.FailedAt.Add(LockoutPeriod))
}

// Fail returns c after one more wrong password. Failures that are a period old no longer count.
func (c Credential) Fail(now time.Time) Credential {
	if !now.Before(c.FailedAt.Add(LockoutPeriod)) {
		c.Failures = 0
	}
	c.Failures, c.FailedAt = c.Failures+1, now
	return c
}

// Forgive returns c without failures, as after the right password.
func (c Credential) Forgive() Credential {
	c.Failures, c.FailedAt = 0, time.Time{}
	return c
}
