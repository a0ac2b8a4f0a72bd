package measure

import (
	"context"
	"time"

	"github.com/tenantry/tenantry/contracttest"
)

// Now is the present time on the wall.
func Now() time.Time { return contracttest.WallClock{}.Now() }

// Wait waits, or returns the error of the context that ended first.
func Wait(ctx context.Context, d time.Duration) error { return contracttest.WallClock{}.Sleep(ctx, d) }

// A Watch is a running stopwatch.
type Watch struct{ from time.Time }

// Begin starts a stopwatch.
func Begin() Watch { return Watch{Now()} }

// Elapsed is the time since it was started.
func (w Watch) Elapsed() time.Duration { return Now().Sub(w.from) }
