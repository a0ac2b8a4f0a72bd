package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/tenantry/tenantry/mock/internal/store"
)

// ErrInjected is what a Failing engine fails with.
var ErrInjected = errors.New("injected failure")

// Failing lets the first n commits through to e and fails every later one with
// ErrInjected, as a store.ErrFailed. The Finish of a stage counts as a commit.
// Nothing of a failed one reaches e. Reading goes on.
func Failing(e store.Engine, n int64) store.Engine {
	f := &failing{Engine: e}
	f.left.Store(n)
	return f
}

type failing struct {
	store.Engine

	left atomic.Int64
}

func (f *failing) Commit(ctx context.Context, batches []store.Batch) error {
	if err := f.take(); err != nil {
		return err
	}
	return f.Engine.Commit(ctx, batches)
}

func (f *failing) Stage(ctx context.Context, world string, meta []byte) (store.Stage, error) {
	s, err := f.Engine.Stage(ctx, world, meta)
	if err != nil {
		return nil, err
	}
	return &hookedStage{Stage: s, before: f.take}, nil
}

func (f *failing) take() error {
	if f.left.Add(-1) < 0 {
		return fmt.Errorf("%w: %w", store.ErrFailed, ErrInjected)
	}
	return nil
}

// Slow calls wait before each commit to e, and before each Finish of a stage:
// until wait returns, nothing of that commit is durable. Commits wait for each
// other, as they do for a disk.
func Slow(e store.Engine, wait func()) store.Engine {
	return &slow{Engine: e, wait: wait}
}

type slow struct {
	store.Engine

	mu   sync.Mutex
	wait func()
}

func (s *slow) Commit(ctx context.Context, batches []store.Batch) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wait()
	return s.Engine.Commit(ctx, batches)
}

func (s *slow) Stage(ctx context.Context, world string, meta []byte) (store.Stage, error) {
	stage, err := s.Engine.Stage(ctx, world, meta)
	if err != nil {
		return nil, err
	}
	return &hookedStage{Stage: stage, before: func() error { s.wait(); return nil }}, nil
}

type hookedStage struct {
	store.Stage

	before func() error
}

func (h *hookedStage) Finish(ctx context.Context, seq uint64) error {
	if err := h.before(); err != nil {
		return err
	}
	return h.Stage.Finish(ctx, seq)
}

// A Counter counts the commits that succeeded, as they pass.
type Counter struct {
	store.Engine

	commits, batches, changes atomic.Int64
}

// Counting wraps e.
func Counting(e store.Engine) *Counter {
	return &Counter{Engine: e}
}

// Commit passes on and counts.
func (c *Counter) Commit(ctx context.Context, batches []store.Batch) error {
	if err := c.Engine.Commit(ctx, batches); err != nil {
		return err
	}
	c.commits.Add(1)
	c.batches.Add(int64(len(batches)))
	for i := range batches {
		c.changes.Add(int64(len(batches[i].Changes)))
	}
	return nil
}

// Commits is the number of calls of Commit.
func (c *Counter) Commits() int64 { return c.commits.Load() }

// Batches is the number of batches in them.
func (c *Counter) Batches() int64 { return c.batches.Load() }

// Changes is the number of changes in those.
func (c *Counter) Changes() int64 { return c.changes.Load() }
