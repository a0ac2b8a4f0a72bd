package det

import "time"

// AfterFunc calls f in its own goroutine when d of the wall has passed.
func AfterFunc(d time.Duration, f func()) { time.AfterFunc(d, f) }
