package run

import (
	"context"
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tenantry/tenantry/contracttest/arazzo"
	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/openapi"
)

// A Runner is one run: its scenarios may be run one by one, in any order and at the same time.
type Runner struct {
	cfg     Config
	units   []unit
	begin   sync.Once
	started time.Time    // once the first scenario has begun
	failed  atomic.Bool  // a scenario did not pass
	alone   sync.RWMutex // a scenario that uses faults or the clock holds it for itself

	mu       sync.Mutex // of what follows
	coverage report.Coverage
	results  []*report.Scenario // by unit, nil while it has not ended
}

// New plans a run; nothing is sent yet, and for the plan alone neither a target nor a clock is needed.
func New(cfg Config) *Runner {
	r := &Runner{cfg: cfg.withDefaults(), coverage: documented(cfg.Operations)}
	r.units = plan(&r.cfg)
	r.results = make([]*report.Scenario, len(r.units))
	return r
}

// Scenarios are the ids of what One runs, in the order of the files.
func (r *Runner) Scenarios() []string {
	ids := make([]string, 0, len(r.units))
	for _, u := range r.units {
		ids = append(ids, u.id)
	}
	return ids
}

// Workflows are those of the i-th scenario, in the order in which they run, and the file that they are in.
func (r *Runner) Workflows(i int) (file string, flows []*arazzo.Workflow) {
	return r.units[i].doc.File, r.units[i].flows
}

// Run executes the scenarios that the configuration selects and returns what became of them. It returns once all cleanups
// have ended, also when the context was cancelled.
func Run(ctx context.Context, cfg Config) *report.Report {
	r := New(cfg)
	r.all(ctx)
	rep := r.Report()
	if rep.Interrupted = ctx.Err() != nil; rep.Interrupted {
		rep.Verdict = report.Error
	}
	return rep
}

// Report is what became of the scenarios that have ended, in the order of the files.
func (r *Runner) Report() *report.Report {
	r.begin.Do(func() { r.started = r.cfg.Clock.Now() })
	r.mu.Lock()
	defer r.mu.Unlock()
	rep := &report.Report{
		RunID: r.cfg.RunID, Target: r.cfg.Mask.URL(r.cfg.Target.BaseURL), Started: r.started,
		Duration: r.cfg.Clock.Now().Sub(r.started), Scenarios: []report.Scenario{}, Coverage: make(report.Coverage),
	}
	for id, statuses := range r.coverage {
		rep.Coverage[id] = maps.Clone(statuses)
	}
	var verdicts []report.Verdict
	for _, s := range r.results {
		if s != nil {
			r.cfg.Mask.Scenario(s)
			rep.Scenarios = append(rep.Scenarios, *s)
			verdicts = append(verdicts, s.Verdict)
		}
	}
	rep.Verdict = report.Worst(verdicts...)
	return rep
}

// documented is the coverage of a run that has met nothing yet.
func documented(doc *openapi.Document) report.Coverage {
	c := make(report.Coverage)
	for _, o := range doc.Operations() {
		c[o.ID] = make(map[int]int)
		for _, status := range o.Statuses {
			c[o.ID][status] = 0
		}
	}
	return c
}

// all runs the scenarios, some at a time.
func (r *Runner) all(ctx context.Context) {
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(r.cfg.Parallel, len(r.units)) {
		workers.Go(func() {
			for i := range next {
				r.One(ctx, i)
			}
		})
	}
	for i := range r.units {
		next <- i
	}
	close(next)
	workers.Wait()
}

// One runs the i-th scenario with its cleanups, alone if it must be: then it waits for the others.
func (r *Runner) One(ctx context.Context, i int) report.Scenario {
	if r.units[i].controlled() && r.cfg.Control != nil {
		r.alone.Lock()
		defer r.alone.Unlock()
	} else {
		r.alone.RLock()
		defer r.alone.RUnlock()
	}
	r.begin.Do(func() { r.started = r.cfg.Clock.Now() })
	s := newScenario(r, r.units[i])
	s.run(ctx)
	if s.report.Verdict == report.Fail || s.report.Verdict == report.Error {
		r.failed.Store(true)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cfg.Mask.Scenario(&s.report)
	r.results[i] = &s.report
	r.cfg.Done(s.report)
	return s.report
}

// met counts an answer.
func (r *Runner) met(operation string, status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.coverage[operation][status]++
}
