package inject

import (
	"context"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/op"
)

// latencyEffects take time.
var latencyEffects = map[string]effect{
	"delay":         delay,
	"slow_response": slowResponse,
	"stall":         stall,
	// SlowBody has read the body slowly before the chain began.
	"slow_request_read": func(ctx context.Context, c *call) error { return c.next(ctx, c.ex) },
}

func delay(ctx context.Context, c *call) error {
	d := c.hit.Params.(*fault.Delay).At(c.hit.Chance("delay"))
	if c.hit.Phase == fault.Before {
		return c.late(ctx, d)
	}
	if err := c.next(ctx, c.ex); err != nil {
		return err
	}
	_ = det.Wait(ctx, d) // the reply is complete; whether anybody still takes it shows when it is sent
	return nil
}

// late lets the rest of the chain wait. It does not run when the client has gone meanwhile.
func (c *call) late(ctx context.Context, d time.Duration) error {
	if det.Wait(ctx, d) != nil {
		c.hangUp(op.EndClose)
		return nil
	}
	return c.next(ctx, c.ex)
}

func slowResponse(ctx context.Context, c *call) error {
	if err := c.next(ctx, c.ex); err != nil {
		return err
	}
	p := c.hit.Params.(*fault.Pace)
	d := c.delivery()
	d.Chunk, d.Pause = p.Chunk, time.Duration(p.Pause)
	return nil
}

func stall(ctx context.Context, c *call) error {
	if c.hit.Phase == fault.Before {
		c.hangUp(op.EndStall)
		return nil
	}
	if err := c.next(ctx, c.ex); err != nil {
		return err
	}
	d := c.delivery()
	d.End = op.EndStall
	switch c.hit.Params.(*fault.Stall).Sent {
	case fault.SentNothing:
		d.Mute = true
	case fault.SentHalf:
		d.Limit = len(c.ex.Reply.Body) / 2
	default:
		d.Limit = 0
	}
	// An answer without a body is complete with its headers.
	d.Mute = d.Mute || len(c.ex.Reply.Body) == 0
	c.ex.Inject()
	return nil
}

// delivery is how the reply is sent, for the effect to change.
func (c *call) delivery() *op.Delivery {
	if c.ex.Delivery == nil {
		c.ex.Delivery = &op.Delivery{Limit: -1}
	}
	return c.ex.Delivery
}

// hangUp leaves the client without any reply.
func (c *call) hangUp(end op.End) {
	c.ex.Reply = op.Reply{}
	c.ex.Delivery = &op.Delivery{Mute: true, End: end}
	c.ex.Inject()
}
