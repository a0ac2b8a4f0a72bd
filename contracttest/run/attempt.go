package run

import (
	"context"
	"slices"
	"time"

	"github.com/tenantry/tenantry/contracttest/arazzo"
	"github.com/tenantry/tenantry/contracttest/report"
)

// run tries the step until no action, and no server, asks for another try.
func (a *attempt) run(ctx context.Context) next {
	for {
		wait, n := a.try(ctx)
		if wait == nil {
			return n
		}
		if err := a.cfg.Clock.Sleep(ctx, *wait); err != nil {
			a.found(report.Finding{Kind: report.Setup, Severity: report.SeverityError, Message: "interrupted while waiting for another try"})
			return next{way: abort}
		}
	}
}

// try sends the request once and judges the answer. It returns how long to wait before another try, else what follows.
func (a *attempt) try(ctx context.Context) (wait *time.Duration, n next) {
	s := scope{ctx: ctx, flow: a.flow}
	r, err := a.build(s)
	if err != nil {
		return nil, a.unready(err)
	}
	s.sent = r.sent
	a.rec.Attempts++
	received, lost := a.send(ctx, r)
	s.received = received
	if received != nil {
		a.contract(received)
	}
	outputs, err := evaluate(a.s.Outputs, s)
	if err != nil {
		return nil, a.unready(err)
	}
	a.keep(a.s.ID, outputs)
	a.register(outputs)
	findings, err := a.criteria(s, lost)
	if err != nil {
		return nil, a.unready(err)
	}
	if len(findings) == 0 {
		return nil, a.succeeded(s)
	}
	return a.failed(s, findings)
}

// succeeded takes the first success action whose criteria hold.
func (a *attempt) succeeded(s scope) next {
	action, err := first(a.s.OnSuccess, s)
	switch {
	case err != nil:
		return a.unready(err)
	case action == nil:
		return next{}
	case action.Type == arazzo.Goto:
		return next{way: jump, step: action.Step}
	}
	return next{way: finish}
}

// failed takes the first failure action whose criteria hold, and whose retries are not used up.
func (a *attempt) failed(s scope, findings []report.Finding) (wait *time.Duration, n next) {
	left := slices.DeleteFunc(slices.Clone(a.s.OnFailure), func(x arazzo.Action) bool {
		return x.Type == arazzo.Retry && a.retries[x.Name] >= x.Limit
	})
	action, err := first(left, s)
	if err != nil {
		return nil, a.unready(err)
	}
	if action != nil && action.Type == arazzo.Retry {
		a.retries[action.Name]++
		pause := action.After
		if asked, ok := a.retryAfter(s.received); ok {
			pause = min(asked, a.cfg.MaxWait)
		}
		return &pause, next{}
	}
	if asked, ok := a.throttled(s.received); ok && action == nil {
		a.waits++
		return &asked, next{}
	}
	n = next{way: abort}
	if action != nil && action.Type == arazzo.Goto {
		n = next{way: jump, step: action.Step}
	}
	for _, f := range findings {
		if n.way == jump {
			f.Severity, f.Message = report.SeverityNote, f.Message+"; handled by "+action.Name
		}
		a.found(f)
	}
	return nil, n
}

// first is the first action whose criteria all hold, nil if there is none.
func first(actions []arazzo.Action, s scope) (*arazzo.Action, error) {
	for i := range actions {
		holds := true
		for _, c := range actions[i].Criteria {
			v, err := c.Test.Judge(s)
			if err != nil {
				return nil, err
			}
			holds = holds && v.Holds
		}
		if holds {
			return &actions[i], nil
		}
	}
	return nil, nil
}
