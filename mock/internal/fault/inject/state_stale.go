package inject

import (
	"context"
	"sync"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
)

// staleRead shows a read an older state. Who makes the request is judged by the newest one, and changes see it too.
func staleRead(ctx context.Context, c *call) error {
	if !isRead(c.ex) {
		return c.next(ctx, c.ex)
	}
	old := lagOf(c.hit.Params.(*fault.StaleRead)).read(ctx, c.ex.World)
	if c.ex.Stale == nil || old.Seq() < c.ex.Stale.Seq() {
		c.ex.Stale = old
	}
	return c.next(ctx, c.ex)
}

// observe shows the state that the world has now to its rules of the kind stale_read, whatever they match: a read can
// only lag behind changes that were seen. It is to be called before and after every exchange.
func observe(ctx context.Context, ex *op.Exchange) {
	for _, p := range ex.World.Faults.StaleReads() {
		lagOf(p).note(ctx, ex.World)
	}
}

// A lag is the states that reads of one rule may still see. It begins with the one that the world has when the first
// request comes after the rule was put.
type lag struct {
	reads int           // how many reads a change stays out of sight
	life  time.Duration // or how long

	mu   sync.Mutex
	kept []past // oldest first. Just the first one is in sight
}

// A past is a state, when it was first seen, and how many reads there were since.
type past struct {
	view  *state.View
	at    time.Time
	reads int
}

func lagOf(p *fault.StaleRead) *lag {
	return p.Memory(func() any { return &lag{reads: p.Reads, life: time.Duration(p.For)} }).(*lag)
}

func (l *lag) note(ctx context.Context, w *sandbox.World) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.add(w.State.View(ctx), det.Wall())
}

// read is what a read sees. It counts for the next ones.
func (l *lag) read(ctx context.Context, w *sandbox.World) *state.View {
	l.mu.Lock()
	defer l.mu.Unlock()
	newest, now := w.State.View(ctx), det.Wall()
	l.add(newest, now)
	l.forget(now)
	for i := range l.kept {
		l.kept[i].reads++
	}
	return l.kept[0].view.At(newest)
}

// add is handed the views in their order, because it is called with the lock under which they were taken.
func (l *lag) add(v *state.View, now time.Time) {
	n := len(l.kept)
	switch {
	case n == 0:
		l.kept = []past{{view: v, at: now.Add(-l.life), reads: l.reads}}
	case l.kept[n-1].view.Seq() == v.Seq():
	case n > 1 && l.covers(l.kept[n-2], l.kept[n-1], now):
		l.kept[n-1] = past{view: v, at: now}
	default:
		l.forget(now)
		l.kept = append(l.kept, past{view: v, at: now})
	}
}

// steps bounds the states that are kept for a time: those that are closer together count as one.
const steps = 32

// covers reports whether the last state need not be kept beside a newer one: no read was between them, or they are so
// close together that the difference is not worth the memory.
func (l *lag) covers(before, last past, now time.Time) bool {
	if l.reads > 0 {
		return last.reads == 0
	}
	return now.Sub(before.at) < l.life/steps
}

// forget drops what is older than the newest state in sight.
func (l *lag) forget(now time.Time) {
	first := 0
	for i, p := range l.kept {
		if l.reads > 0 && p.reads >= l.reads || l.reads == 0 && now.Sub(p.at) >= l.life {
			first = i
		}
	}
	l.kept = append(l.kept[:0:0], l.kept[first:]...)
}
