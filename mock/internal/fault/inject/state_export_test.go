package inject

import (
	"context"
	"maps"
	"slices"

	"github.com/tenantry/tenantry/mock/internal/op"
)

// Observe is what the middleware calls around every exchange.
func Observe(ctx context.Context, ex *op.Exchange) { observe(ctx, ex) }

// Acts are the kinds of the families state and OAuth that have an effect.
func Acts() []string {
	return slices.AppendSeq(slices.Collect(maps.Keys(stateEffects)), maps.Keys(oauthEffects))
}
