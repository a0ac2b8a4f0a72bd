package metrics

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/op"
)

// unrouted is the operation of requests that no operation answers.
const unrouted = "none"

// Requests is the middleware that counts. It belongs outside of all that makes or changes replies.
func (m *Metrics) Requests(next op.Handler) op.Handler {
	return func(ctx context.Context, ex *op.Exchange) error {
		begin := det.Wall()
		m.inFlight.Add(1)
		defer m.inFlight.Add(-1) // after a panic, too
		err := next(ctx, ex)
		s := series{operation: unrouted, status: ex.Reply.Status}
		if ex.Operation != nil {
			s.operation = ex.Operation.ID
		}
		if ex.World != nil {
			s.sandbox = ex.World.ID
		}
		m.observe(s, det.Since(begin))
		for i := range ex.Faults {
			m.faults.WithLabelValues(ex.Faults[i].Kind).Inc()
		}
		return err
	}
}
