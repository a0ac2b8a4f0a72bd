package det

import (
	"context"
	"time"
)

// Wait blocks for d of the wall, or until the context ends, whose error it then returns. Zero or less does not block.
func Wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	done, stop := After(d)
	defer stop()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
