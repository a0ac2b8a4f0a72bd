package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
)

// stint is how many requests a worker sends to one sandbox.
const stint = 1000

// load sends the requests to the server of a control plane, in stints that the workers take one after the other.
func load(ctx context.Context, control string, workers, requests int, r *result) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var left atomic.Int64
	left.Store(int64(requests))
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			c := newClient()
			defer c.CloseIdleConnections()
			for n := left.Add(-stint) + stint; n > 0 && ctx.Err() == nil; n = left.Add(-stint) + stint {
				counts, err := work(ctx, c, control, int(min(n, stint)))
				r.count(counts)
				if err != nil {
					cancel(fmt.Errorf("a sandbox: %w", err))
				}
			}
		})
	}
	all.Wait()
	return context.Cause(ctx)
}
