package bolt

import (
	"context"
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"

	"github.com/tenantry/tenantry/mock/internal/store"
)

// writesPerGiveBack bounds how much of the file scattered writes can make
// resident.
const writesPerGiveBack = 256

// Commit applies the batches in one transaction and takes some garbage along.
func (e *Engine) Commit(ctx context.Context, batches []store.Batch) error {
	if len(batches) == 0 {
		return e.view(ctx, func(*bbolt.Tx) error { return nil })
	}
	return e.write(ctx, func(w *writer) error {
		for i := range batches {
			if err := w.batch(&batches[i]); err != nil {
				return err
			}
		}
		return w.sweep(sweepRows)
	})
}

// write runs fn in a transaction and makes it durable. What fn leaves in the
// writer takes effect with the transaction only.
func (e *Engine) write(ctx context.Context, fn func(*writer) error) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.failed != nil {
		return fmt.Errorf("%w: %w", store.ErrFailed, e.failed)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	tx, err := e.db.Begin(true)
	if err != nil {
		return translated(err)
	}
	// After a commit this does nothing; it is for errors and panics of fn.
	defer func() { _ = tx.Rollback() }()
	w := &writer{tx: tx, rows: tx.Bucket(rowsBucket), garbage: e.garbage}
	if err := fn(w); err != nil {
		return err
	}
	if e.writes++; e.writes%writesPerGiveBack == 0 {
		e.giveBack(tx)
	}
	if err := tx.Commit(); err != nil {
		// A sync that failed may have thrown the pages away: trying again could
		// succeed and mean nothing.
		e.failed = err
		return fmt.Errorf("%w: write data file %q: %w", store.ErrFailed, e.path, err)
	}
	e.garbage = w.garbage
	return nil
}

// writer is one write transaction under way.
type writer struct {
	tx      *bbolt.Tx
	rows    *bbolt.Bucket
	garbage []generation // what is left over when the transaction is done
}

func (w *writer) batch(b *store.Batch) error {
	r, err := lookup(w.tx, b.World)
	if err != nil {
		return err
	}
	var is *store.World
	if r != nil {
		is = &store.World{ID: b.World, Seq: r.seq}
	}
	if err := b.Check(is); err != nil {
		return err
	}
	if err := w.apply(b, r); err != nil {
		return fmt.Errorf("%v world %q: %w", b.Op, b.World, err)
	}
	return nil
}

func (w *writer) apply(b *store.Batch, r *record) error {
	switch b.Op {
	case store.Drop:
		w.discard(r.gen)
		return w.worlds().Delete([]byte(b.World))
	case store.Create, store.Replace:
		gen, err := w.generation()
		if err != nil {
			return err
		}
		if r != nil {
			w.discard(r.gen)
		}
		r = &record{gen: gen}
	case store.Apply:
	}
	r.seq = b.Seq
	if b.Meta != nil {
		r.meta = b.Meta
	}
	if err := put(w.rows.Bucket(r.gen[:]), b.Changes, bbolt.DefaultFillPercent); err != nil {
		return err
	}
	return w.record(b.World, *r)
}

func (w *writer) worlds() *bbolt.Bucket { return w.tx.Bucket(worldsBucket) }

func (w *writer) record(world string, r record) error {
	return w.worlds().Put([]byte(world), r.encode())
}

// generation makes an empty one, which is never one that was there before.
func (w *writer) generation() (generation, error) {
	n, err := w.rows.NextSequence()
	if err != nil {
		return generation{}, fmt.Errorf("new generation: %w", err)
	}
	var gen generation
	binary.BigEndian.PutUint64(gen[:], n)
	if _, err := w.rows.CreateBucket(gen[:]); err != nil {
		return generation{}, fmt.Errorf("new generation: %w", err)
	}
	return gen, nil
}

// put writes changes into the tables of a generation. fill says how full a page
// may get before it is split.
func put(rows *bbolt.Bucket, changes []store.Change, fill float64) error {
	var table *bbolt.Bucket
	for i := range changes {
		c := &changes[i]
		if i == 0 || c.Table != changes[i-1].Table {
			var err error
			if table, err = rows.CreateBucketIfNotExists([]byte(c.Table)); err != nil {
				return fmt.Errorf("table %q: %w", c.Table, err)
			}
			table.FillPercent = fill
		}
		if err := set(table, c); err != nil {
			return fmt.Errorf("row %s/%s: %w", c.Table, c.Key, err)
		}
	}
	return nil
}

func set(table *bbolt.Bucket, c *store.Change) error {
	if c.Value == nil {
		return table.Delete([]byte(c.Key))
	}
	return table.Put([]byte(c.Key), c.Value)
}
