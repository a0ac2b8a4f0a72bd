package state

import (
	"context"
	"fmt"

	"github.com/tenantry/tenantry/mock/internal/store"
)

// A Snapshot is one state of a world, held fast: to fork, to go back to, to compare. It costs what has changed since.
type Snapshot struct{ s *snapshot }

// Snapshot is the newest visible state.
func (w *World) Snapshot() Snapshot { return Snapshot{w.visible.Load()} }

// Seq is the sequence of the last change in the snapshot.
func (s Snapshot) Seq() uint64 { return s.s.seq }

// IsZero reports whether s holds no state.
func (s Snapshot) IsZero() bool { return s.s == nil }

// At is a view of the snapshot in the place of w's own state, at w's present time.
func (w *World) At(s Snapshot) *View { return &View{s: s.s, now: w.clock.Now(), src: w.src} }

// Build makes the state that fill describes.
func Build(cfg Config, fill func(*Tx) error) (Snapshot, error) {
	s, err := build(cfg, fill)
	return Snapshot{s}, err
}

// NewWorld makes a memory world that begins with a snapshot: pointer work, whatever the size.
func NewWorld(cfg Config, from Snapshot) *World {
	cfg.Commits = nil
	return newWorld(cfg, from.s.fork())
}

// CreateWorld makes a durable world that begins with a snapshot; it writes a copy of all of it. meta is kept for
// the opener.
func CreateWorld(ctx context.Context, cfg Config, meta []byte, from Snapshot) (*World, error) {
	if err := Keep(ctx, cfg.Commits, cfg.ID, meta, from); err != nil {
		return nil, err
	}
	return adopt(cfg, from.s.fork()), nil
}

// Keep stores a snapshot under an id of its own, all of it or nothing.
func Keep(ctx context.Context, commits *Committer, id string, meta []byte, from Snapshot) error {
	if err := stage(ctx, commits.engine, id, meta, from.s); err != nil {
		return fmt.Errorf("store world %q: %w", id, err)
	}
	return nil
}

// Kept loads what Keep stored, or the state of a durable world.
func Kept(ctx context.Context, commits *Committer, id string) (Snapshot, error) {
	s, err := loadSnapshot(ctx, commits.engine, id)
	return Snapshot{s}, err
}

// Discard removes a stored world or snapshot. The world takes no more writes.
func (c *Committer) Discard(ctx context.Context, world store.World) error {
	err := c.engine.Commit(ctx, []store.Batch{{World: world.ID, After: world.Seq, Op: store.Drop}})
	if err != nil {
		return fmt.Errorf("drop world %q: %w", world.ID, err)
	}
	return nil
}

// Stored lists what the engine keeps.
func (c *Committer) Stored(ctx context.Context) ([]store.World, error) {
	worlds, err := c.engine.Worlds(ctx)
	if err != nil {
		return nil, fmt.Errorf("list the worlds of the data file: %w", err)
	}
	return worlds, nil
}

// Replace puts another state in the place of the world's, at once for all readers; a durable world is stored first.
// Writers wait, and what those before it changed is gone. Sequence and identifiers go on from those of the new state.
// before runs when nothing can fail any more and no reader sees the new state yet: it sets the clock, so that no
// timer of the one state runs at the time of the other.
func (w *World) Replace(ctx context.Context, meta []byte, with Snapshot, before func()) error {
	w.settle()
	defer w.mu.Unlock()
	if w.refusal != nil {
		return w.refusal
	}
	if w.commits != nil {
		if err := Keep(ctx, w.commits, w.id, meta, with); err != nil {
			return err
		}
	}
	before()
	w.head, w.last = with.s.fork(), nil
	w.visible.Store(w.head)
	return nil
}

// Retire ends the world: whoever still has it writes in vain. A durable one is dropped from the engine.
func (w *World) Retire(ctx context.Context, cause error) error {
	w.settle()
	defer w.mu.Unlock()
	w.refusal = cause
	if w.commits == nil {
		return nil
	}
	w.commits.leave(w)
	return w.commits.Discard(ctx, store.World{ID: w.id, Seq: w.visible.Load().seq})
}

// settle takes the world's lock when nothing of it is queued. It cannot wait with the lock held: a committer that
// fails takes it.
func (w *World) settle() {
	for {
		w.mu.Lock()
		last := w.last
		if last == nil || last.isDone() {
			return
		}
		w.mu.Unlock()
		_ = last.await() // a failure is told to its writer, and shows in w.refusal
	}
}
