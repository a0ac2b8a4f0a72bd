package bolt

import (
	"bytes"
	"context"
	"fmt"

	"github.com/tenantry/tenantry/mock/internal/store"
)

// stagedFill packs pages nearly full, since a stage is mostly written in key
// order: half the file of bbolt's default, with room for a row or two.
const stagedFill = 0.9

// Stage makes a generation that no record names yet. Each Put is a transaction
// of its own.
func (e *Engine) Stage(ctx context.Context, world string, meta []byte) (store.Stage, error) {
	if err := store.CheckWorld(world); err != nil {
		return nil, fmt.Errorf("stage world: %w", err)
	}
	s := &stage{engine: e, world: world, meta: bytes.Clone(meta)}
	err := e.write(ctx, func(w *writer) (err error) {
		s.gen, err = w.generation()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("stage world %q: %w", world, err)
	}
	return s, nil
}

type stage struct {
	engine *Engine
	world  string
	meta   []byte
	gen    generation
	ended  bool
}

// Put adds rows to the generation.
func (s *stage) Put(ctx context.Context, changes []store.Change) error {
	if err := store.CheckChanges(changes); err != nil {
		return fmt.Errorf("stage world %q: %w", s.world, err)
	}
	return s.write(ctx, func(w *writer) error {
		return put(w.rows.Bucket(s.gen[:]), changes, stagedFill)
	})
}

// Finish points the record of the world at the generation.
func (s *stage) Finish(ctx context.Context, seq uint64) error {
	err := s.write(ctx, func(w *writer) error {
		old, err := lookup(w.tx, s.world)
		if err != nil {
			return err
		}
		if old != nil {
			w.discard(old.gen)
		}
		return w.record(s.world, record{gen: s.gen, seq: seq, meta: s.meta})
	})
	if err == nil {
		s.ended = true
	}
	return err
}

// Abort leaves the generation to later commits, or to the next Open.
func (s *stage) Abort() error {
	if s.ended {
		return nil
	}
	s.ended = true
	s.engine.mu.Lock()
	defer s.engine.mu.Unlock()
	s.engine.garbage = append(s.engine.garbage, s.gen)
	return nil
}

func (s *stage) write(ctx context.Context, fn func(*writer) error) error {
	err := store.ErrClosed
	if !s.ended {
		err = s.engine.write(ctx, fn)
	}
	if err != nil {
		return fmt.Errorf("stage world %q: %w", s.world, err)
	}
	return nil
}
