package inject

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/model"
)

// stateEffects are what the kinds of the family do.
var stateEffects = map[string]effect{
	"lost_ack":         lostAck,
	"stale_read":       staleRead,
	"conflict":         conflict,
	"pagination_shift": paginationShift,
	"async_stuck":      asyncStuck,
	"read_only":        readOnly,
}

// lostAck lets the operation run, and then loses what it said. Answers that were refusals are lost too: the client
// cannot know.
func lostAck(ctx context.Context, c *call) error {
	if err := c.next(ctx, c.ex); err != nil {
		return err
	}
	p := c.hit.Params.(*fault.LostAck)
	if p.Mode == fault.LostError {
		c.ex.FailWith(p.Status, &model.Error{Info: "the answer did not arrive in time; whether the request was carried out is not known"})
		return nil
	}
	ends := map[string]op.End{fault.LostReset: op.EndReset, fault.LostEmpty: op.EndClose, fault.LostTimeout: op.EndStall}
	c.ex.Inject()
	c.ex.Delivery = &op.Delivery{Mute: true, End: ends[p.Mode]}
	return nil
}

// readOnly refuses what may change something, by its method. Tokens and logins are left alone: a service that lets
// nobody in is no read-only one.
func readOnly(ctx context.Context, c *call) error {
	if isRead(c.ex) || c.ex.Operation == nil || strings.HasPrefix(c.ex.Operation.Path, "/idp/") {
		return c.next(ctx, c.ex)
	}
	p := c.hit.Params.(*fault.ReadOnly)
	c.ex.FailWith(http.StatusServiceUnavailable, &model.Error{
		Info: "the service takes no changes at the moment; reading works", Header: retryAfter(p.RetryAfter),
	})
	return nil
}

func isRead(ex *op.Exchange) bool {
	return ex.Request.Method == http.MethodGet || ex.Request.Method == http.MethodHead
}

// retryAfter is nil for no time.
func retryAfter(d fault.Duration) map[string]string {
	if d == 0 {
		return nil
	}
	return retryIn(time.Duration(d))
}
