package run

import (
	"context"
	"fmt"

	"github.com/tenantry/tenantry/contracttest/arazzo"
)

// A cleanup is steps that run at the end of the scenario, and what they know of it.
type cleanup struct {
	flow  *flow
	steps []*arazzo.Step
}

// cleanUp runs the cleanups, the last one first, whatever became of the context meanwhile.
func (s *scenario) cleanUp(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.cfg.CleanupTimeout)
	defer cancel()
	for len(s.cleanups) > 0 {
		last := s.cleanups[len(s.cleanups)-1]
		s.cleanups = s.cleanups[:len(s.cleanups)-1]
		last.run(ctx)
	}
}

// run takes the steps in the order in which they are written; one that fails keeps none of the others from running.
func (c cleanup) run(ctx context.Context) {
	f := *c.flow
	f.cleanup = true
	f.own = make(map[string]map[string]any)
	for id, outputs := range c.flow.own {
		f.own[id] = outputs
	}
	for _, s := range c.steps {
		if ctx.Err() != nil {
			a := f.attempt(s)
			a.unready(fmt.Errorf("the cleanups took longer than %s", f.cfg.CleanupTimeout))
			a.end()
			continue
		}
		f.step(ctx, s)
	}
}
