package det

import "time"

// A Timer gives a channel that is closed once the wall time d has passed, and a stop that frees it before. It is how
// waits are handed their time, so that tests decide when it is over.
type Timer func(d time.Duration) (done <-chan struct{}, stop func())

// After is the Timer of the machine's clock.
func After(d time.Duration) (<-chan struct{}, func()) {
	done := make(chan struct{})
	t := time.AfterFunc(d, func() { close(done) })
	return done, func() { t.Stop() }
}
