package state

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/model"
)

// Source derives a world's identifiers and keys.
type Source = det.Source

// A World is one isolated state. Its methods are safe for concurrent use.
type World struct {
	id      string
	clock   det.Clock
	src     Source
	commits *Committer // nil: the world lives in memory

	visible atomic.Pointer[snapshot] // what readers see: durable, or committed in memory

	mu      sync.Mutex
	head    *snapshot // what the next writer starts from; ahead of visible while commits are queued
	last    *pending  // the newest queued commit
	refusal error     // set once the world takes no more writes
}

// Config is what a world is made of.
type Config struct {
	ID      string
	Clock   det.Clock
	Source  Source
	Commits *Committer // nil: in memory
}

func newWorld(cfg Config, s *snapshot) *World {
	w := &World{id: cfg.ID, clock: cfg.Clock, src: cfg.Source, commits: cfg.Commits, head: s}
	w.visible.Store(s)
	return w
}

// ID is the world's name.
func (w *World) ID() string { return w.id }

// View is the newest visible state at the world's present time. Transitions that are due have
// been committed before; if that failed the view shows them undone.
func (w *World) View(ctx context.Context) *View {
	now := w.clock.Now()
	s := w.visible.Load()
	if dueAt(s, now) {
		_ = w.Update(ctx, func(*Tx) error { return nil }) // runs what is due; a failure shows in the next write
		s = w.visible.Load()
	}
	return &View{s: s, now: now, src: w.src}
}

// Update runs f on the newest head and commits what it did, all or nothing. It answers once the result is
// durable, refused and empty ones too: whatever f read is durable by then. Errors of f come back as they
// are; a failing engine is a refusal of kind model.Unavailable.
func (w *World) Update(ctx context.Context, f func(*Tx) error) error {
	wait, err := w.apply(ctx, f)
	if wait != nil {
		if failed := wait.await(); failed != nil {
			return failed
		}
	}
	return err
}

// apply runs f under the world's lock and queues the result.
func (w *World) apply(ctx context.Context, f func(*Tx) error) (*pending, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.refusal != nil {
		return nil, w.refusal
	}
	if err := ctx.Err(); err != nil {
		return w.last, err
	}
	now := w.clock.Now()
	if err := w.runDue(now); err != nil {
		return w.last, err
	}
	tx := newTx(w.head, View{now: now, src: w.src})
	if err := f(tx); err != nil {
		return w.last, err
	}
	return w.queue(tx), nil
}

// queue makes the Tx the newest head and hands its changes on. It is called with the lock held.
func (w *World) queue(tx *Tx) *pending {
	if len(tx.changes) == 0 {
		return w.last
	}
	after := w.head.seq
	w.head = tx.s
	if w.commits == nil {
		w.visible.Store(w.head)
		return nil
	}
	w.last = w.commits.enqueue(w, after, tx)
	return w.last
}

// runDue commits the transitions whose time has come, each in the order of its time.
func (w *World) runDue(now time.Time) error {
	if !dueAt(w.head, now) {
		return nil
	}
	tx := newTx(w.head, View{now: now, src: w.src})
	if err := tx.runTimers(); err != nil {
		return err
	}
	w.queue(tx)
	return nil
}

// drop takes the world back to its last durable state and refuses further writes.
func (w *World) drop(cause error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.head = w.visible.Load()
	w.last = nil
	w.refusal = cause
}

func errReadOnly(cause error) error {
	return &model.Error{
		Kind: model.Unavailable, Reason: "store_failed", Message: "Service unavailable",
		Info: "the data file could not be written (" + cause.Error() + "); changes are refused until the server is restarted",
	}
}
