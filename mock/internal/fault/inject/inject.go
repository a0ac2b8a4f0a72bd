package inject

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/op"
)

// An Injector carries out the faults of all worlds of a server.
type Injector struct{ keys *auth.Keys }

// New makes an injector. The keys are those that sign the tokens of all worlds.
func New(keys *auth.Keys) *Injector { return &Injector{keys} }

// Faults is the middleware. In a world without rules it is one atomic load.
func (i *Injector) Faults(next op.Handler) op.Handler {
	return func(ctx context.Context, ex *op.Exchange) error {
		if ex.World == nil || ex.World.Faults.Empty() {
			return next(ctx, ex)
		}
		observe(ctx, ex)
		defer observe(ctx, ex)
		hits := ex.World.Faults.Hits(ex.Seen)
		if len(hits) == 0 {
			return next(ctx, ex)
		}
		defer release(ctx, ex, hits)
		return i.nest(hits, answered(next))(ctx, ex)
	}
}

// release says that the request is over: now, or, if its delivery takes time too, when its context ends. A server ends it
// when the handler returns.
func release(ctx context.Context, ex *op.Exchange, hits []fault.Hit) {
	for _, hit := range hits {
		if ex.Delivery == nil || ctx.Done() == nil {
			hit.Done()
			continue
		}
		context.AfterFunc(ctx, hit.Done)
	}
}

// answered makes a handler that always leaves a reply, so that an effect behind it sees refusals as the client would.
func answered(next op.Handler) op.Handler {
	return func(ctx context.Context, ex *op.Exchange) error {
		if err := next(ctx, ex); err != nil {
			ex.Fail(err)
		}
		return nil
	}
}

// nest puts the effects around a handler, the first hit outermost.
func (i *Injector) nest(hits []fault.Hit, h op.Handler) op.Handler {
	for n := len(hits) - 1; n >= 0; n-- {
		h = i.around(hits[n], h)
	}
	return h
}

func (i *Injector) around(hit fault.Hit, next op.Handler) op.Handler {
	act := effects[hit.Kind.Name]
	return func(ctx context.Context, ex *op.Exchange) error {
		ex.Faults = append(ex.Faults, evidence(hit))
		return act(ctx, &call{ex: ex, hit: hit, keys: i.keys, next: next})
	}
}

func evidence(hit fault.Hit) op.Applied {
	return op.Applied{Rule: hit.Rule.ID, Kind: hit.Kind.Name, Index: hit.Index, Drawn: hit.Drawn}
}
