package inject

import (
	"context"
	"net/http"
	"strconv"
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

// madeUp answers with a refusal that no gate and no operation made.
func madeUp(ex *op.Exchange, err error) error {
	ex.Injected, ex.Cause = true, op.CauseInjected
	ex.Fail(err)
	return nil
}

// madeUpAs is madeUp with a status, which becomes the platform code too. The refusal's own kind decides nothing but the
// envelope.
func madeUpAs(ex *op.Exchange, status int, refusal *model.Error) error {
	refusal.Platform = status
	err := madeUp(ex, refusal)
	ex.Reply.Status = status
	return err
}

// lostAck lets the operation run, and then loses what it said. Answers that were refusals are lost too: the client
// cannot know.
func lostAck(ctx context.Context, c *call) error {
	if err := c.next(ctx, c.ex); err != nil {
		return err
	}
	p := c.hit.Params.(*fault.LostAck)
	if p.Mode == fault.LostError {
		return madeUpAs(c.ex, p.Status, &model.Error{
			Kind: model.Unavailable, Reason: "lost_ack", Message: http.StatusText(p.Status),
			Info: "the answer did not arrive in time; whether the request was carried out is not known",
		})
	}
	ends := map[string]op.End{fault.LostReset: op.EndReset, fault.LostEmpty: op.EndClose, fault.LostTimeout: op.EndStall}
	c.ex.Injected = true
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
	return madeUp(c.ex, &model.Error{
		Kind: model.Unavailable, Reason: "read_only", Message: "Service unavailable",
		Info: "the service takes no changes at the moment; reading works", Header: retryAfter(p.RetryAfter),
	})
}

func isRead(ex *op.Exchange) bool {
	return ex.Request.Method == http.MethodGet || ex.Request.Method == http.MethodHead
}

// retryAfter is nil for no time.
func retryAfter(d fault.Duration) map[string]string {
	if d == 0 {
		return nil
	}
	return map[string]string{"Retry-After": strconv.Itoa(int(time.Duration(d) / time.Second))}
}
