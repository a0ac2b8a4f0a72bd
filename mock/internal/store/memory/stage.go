package memory

import (
	"bytes"
	"context"
	"fmt"

	"github.com/tenantry/tenantry/mock/internal/store"
)

// Stage begins a world that is not in the map yet.
func (e *Engine) Stage(ctx context.Context, id string, meta []byte) (store.Stage, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if err := e.usable(ctx); err != nil {
		return nil, err
	}
	if err := store.CheckWorld(id); err != nil {
		return nil, fmt.Errorf("stage world: %w", err)
	}
	w := &world{meta: bytes.Clone(meta), rows: map[rowKey][]byte{}}
	return &stage{engine: e, id: id, world: w}, nil
}

type stage struct {
	engine *Engine
	id     string
	world  *world // nil when finished or aborted
}

// Put copies the rows into the staged world.
func (s *stage) Put(ctx context.Context, changes []store.Change) error {
	s.engine.mu.Lock()
	defer s.engine.mu.Unlock()
	if err := s.usable(ctx); err != nil {
		return err
	}
	if err := store.CheckChanges(changes); err != nil {
		return fmt.Errorf("stage world %q: %w", s.id, err)
	}
	s.world.put(changes)
	return nil
}

// Finish puts the staged world into the map.
func (s *stage) Finish(ctx context.Context, seq uint64) error {
	s.engine.mu.Lock()
	defer s.engine.mu.Unlock()
	if err := s.usable(ctx); err != nil {
		return err
	}
	s.world.seq = seq
	s.engine.worlds[s.id], s.world = s.world, nil
	return nil
}

// Abort forgets the staged world.
func (s *stage) Abort() error {
	s.world = nil
	return nil
}

func (s *stage) usable(ctx context.Context) error {
	if s.world == nil {
		return fmt.Errorf("stage of world %q: %w", s.id, store.ErrClosed)
	}
	return s.engine.usable(ctx)
}
