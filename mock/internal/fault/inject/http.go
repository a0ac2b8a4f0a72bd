package inject

import (
	"context"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/model"
)

// httpEffects answer in place of the service.
var httpEffects = map[string]effect{
	"error":       fail,
	"retry_after": tellToRetry,
	"rate_limit":  limitRate,
	"outage":      beDown,
	"degradation": degrade,
}

func fail(ctx context.Context, c *call) error {
	if c.hit.Phase == fault.After {
		if err := c.next(ctx, c.ex); err != nil {
			return err
		}
	}
	p := c.hit.Params.(*fault.Error)
	c.ex.FailWith(p.Status, &model.Error{Platform: p.Code, Reason: p.Reason, Message: p.Message})
	return nil
}

// defaultRetry is what retry_after tells without an "after".
const defaultRetry = 30 * time.Second

func tellToRetry(_ context.Context, c *call) error {
	p := c.hit.Params.(*fault.RetryAfter)
	after := time.Duration(p.After)
	if after == 0 {
		after = defaultRetry
	}
	refusal := &model.Error{}
	switch p.Form {
	case fault.FormSeconds:
		refusal.Header = retryIn(after)
	case fault.FormDate:
		at := c.ex.World.Clock.Now().Add(after)
		refusal.Header = map[string]string{"Retry-After": at.UTC().Format(http.TimeFormat)}
	case fault.FormMalformed:
		refusal.Header = map[string]string{"Retry-After": "soon"}
	}
	c.ex.FailWith(p.Status, refusal)
	return nil
}

// limitRate answers a request that is over the quota; those within it never come here.
func limitRate(_ context.Context, c *call) error {
	c.ex.FailWith(http.StatusTooManyRequests, &model.Error{Header: retryIn(c.hit.Wait)})
	return nil
}

func beDown(_ context.Context, c *call) error {
	p := c.hit.Params.(*fault.Outage)
	refusal := &model.Error{}
	if p.RetryAfter {
		refusal.Header = retryIn(c.hit.Wait)
	}
	c.ex.FailWith(p.Status, refusal)
	return nil
}

func degrade(ctx context.Context, c *call) error {
	p := c.hit.Params.(*fault.Degradation)
	if p.Delay == 0 {
		c.ex.FailWith(p.Status, &model.Error{})
		return nil
	}
	return c.late(ctx, time.Duration(c.hit.Level*float64(p.Delay)))
}

// retryIn is the header in whole seconds, rounded up: a client that waits as long is not early.
func retryIn(d time.Duration) map[string]string {
	seconds := int64(math.Ceil(d.Seconds()))
	return map[string]string{"Retry-After": strconv.FormatInt(max(0, seconds), 10)}
}
