package memory

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/tenantry/tenantry/mock/internal/store"
)

// An Engine keeps worlds in memory. Make one with New.
type Engine struct {
	mu     sync.RWMutex
	worlds map[string]*world
	closed bool
}

type world struct {
	seq  uint64
	meta []byte
	rows map[rowKey][]byte
}

type rowKey struct{ table, key string }

// New returns an engine without worlds.
func New() *Engine {
	return &Engine{worlds: map[string]*world{}}
}

// Worlds lists the worlds by ID.
func (e *Engine) Worlds(ctx context.Context) ([]store.World, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if err := e.usable(ctx); err != nil {
		return nil, err
	}
	list := make([]store.World, 0, len(e.worlds))
	for _, id := range slices.Sorted(maps.Keys(e.worlds)) {
		w := e.worlds[id]
		list = append(list, store.World{ID: id, Seq: w.seq, Meta: bytes.Clone(w.meta)})
	}
	return list, nil
}

// Load hands the rows of one world to each. Commits wait for it.
func (e *Engine) Load(ctx context.Context, id string, each func(store.Change) error) (uint64, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if err := e.usable(ctx); err != nil {
		return 0, err
	}
	w, ok := e.worlds[id]
	if !ok {
		return 0, fmt.Errorf("load world %q: %w", id, store.ErrNotFound)
	}
	for _, k := range slices.SortedFunc(maps.Keys(w.rows), rowKey.compare) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		if err := each(store.Change{Table: k.table, Key: k.key, Value: w.rows[k]}); err != nil {
			return 0, err
		}
	}
	return w.seq, nil
}

// Commit checks every batch before it applies the first.
func (e *Engine) Commit(ctx context.Context, batches []store.Batch) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.usable(ctx); err != nil {
		return err
	}
	if err := e.check(batches); err != nil {
		return err
	}
	for i := range batches {
		e.apply(&batches[i])
	}
	return nil
}

// Close forgets every world.
func (e *Engine) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed, e.worlds = true, nil
	return nil
}

// usable is called under the lock: the context counts until the work begins.
func (e *Engine) usable(ctx context.Context) error {
	if e.closed {
		return store.ErrClosed
	}
	return ctx.Err()
}

// check walks the batches over the heads alone, since a later batch may follow
// an earlier one of the same commit.
func (e *Engine) check(batches []store.Batch) error {
	heads := map[string]*store.World{}
	for i := range batches {
		b := &batches[i]
		head, seen := heads[b.World]
		if w, ok := e.worlds[b.World]; ok && !seen {
			head = &store.World{ID: b.World, Seq: w.seq}
		}
		if err := b.Check(head); err != nil {
			return err
		}
		if b.Op == store.Drop {
			heads[b.World] = nil
			continue
		}
		heads[b.World] = &store.World{ID: b.World, Seq: b.Seq}
	}
	return nil
}

func (e *Engine) apply(b *store.Batch) {
	w := e.worlds[b.World]
	switch b.Op {
	case store.Drop:
		delete(e.worlds, b.World)
		return
	case store.Create, store.Replace:
		w = &world{rows: map[rowKey][]byte{}}
		e.worlds[b.World] = w
	case store.Apply:
	}
	w.seq = b.Seq
	if b.Meta != nil {
		w.meta = bytes.Clone(b.Meta)
	}
	w.put(b.Changes)
}

func (w *world) put(changes []store.Change) {
	for _, c := range changes {
		k := rowKey{c.Table, c.Key}
		if c.Value == nil {
			delete(w.rows, k)
			continue
		}
		w.rows[k] = copied(c.Value)
	}
}

func (k rowKey) compare(o rowKey) int {
	return cmp.Or(cmp.Compare(k.table, o.table), cmp.Compare(k.key, o.key))
}

// copied is never nil: an empty value is a value.
func copied(v []byte) []byte {
	return append(make([]byte, 0, len(v)), v...)
}
