package inject

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/op"
)

// connectionEffects break the connection.
var connectionEffects = map[string]effect{
	"connection_reset": reset,
	"empty_response":   emptyResponse,
	"limit_data":       limitData,
}

func reset(ctx context.Context, c *call) error {
	p := c.hit.Params.(*fault.Reset)
	if p.AfterBytes == nil {
		return c.silent(ctx, op.EndReset)
	}
	if err := c.next(ctx, c.ex); err != nil {
		return err
	}
	c.cut(*p.AfterBytes, op.EndReset)
	return nil
}

func emptyResponse(ctx context.Context, c *call) error { return c.silent(ctx, op.EndClose) }

// silent ends the connection without a byte. In the phase after, the operation has run and its reply is known to the
// journal, but not sent.
func (c *call) silent(ctx context.Context, end op.End) error {
	if c.hit.Phase == fault.Before {
		c.hangUp(end)
		return nil
	}
	if err := c.next(ctx, c.ex); err != nil {
		return err
	}
	d := c.delivery()
	d.Mute, d.End = true, end
	c.ex.Inject()
	return nil
}

func limitData(ctx context.Context, c *call) error {
	if err := c.next(ctx, c.ex); err != nil {
		return err
	}
	c.cut(c.hit.Params.(*fault.LimitData).Bytes, op.EndClose)
	return nil
}

// cut ends the connection after so many bytes of the body. A body that is not longer is not touched.
func (c *call) cut(bytes int, end op.End) {
	if bytes >= len(c.ex.Reply.Body) {
		return
	}
	d := c.delivery()
	d.Limit, d.End = bytes, end
	c.ex.Inject()
}
