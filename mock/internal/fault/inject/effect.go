package inject

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/op"
)

// A call is one request under one fault.
type call struct {
	ex   *op.Exchange
	hit  fault.Hit
	keys *auth.Keys // that sign the tokens of all worlds
	next op.Handler // the rest of the chain: further faults, the gates, the operation. It fills in ex.Reply, errors too
}

// An effect is what one kind of fault does to a request. It decides whether and when the rest of the chain runs; what it
// puts into the reply marks the exchange as injected.
type effect func(ctx context.Context, c *call) error
