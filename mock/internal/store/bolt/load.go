package bolt

import (
	"bytes"
	"context"
	"fmt"

	"go.etcd.io/bbolt"

	"github.com/tenantry/tenantry/mock/internal/store"
)

// How often a load looks at its context, and gives the pages back that it has
// read.
const (
	rowsPerGlance    = 1024
	bytesPerGiveBack = 16 << 20
)

// Worlds lists the worlds by ID, which is how bbolt keeps them.
func (e *Engine) Worlds(ctx context.Context) ([]store.World, error) {
	var list []store.World
	err := e.view(ctx, func(tx *bbolt.Tx) error {
		return tx.Bucket(worldsBucket).ForEach(func(id, b []byte) error {
			r, err := decode(id, b)
			list = append(list, store.World{ID: string(id), Seq: r.seq, Meta: bytes.Clone(r.meta)})
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list worlds: %w", err)
	}
	return list, nil
}

// Load hands out the memory of the file, which ends with the transaction. A
// commit that must enlarge the memory map waits until the load is done.
func (e *Engine) Load(ctx context.Context, world string, each func(store.Change) error) (uint64, error) {
	var seq uint64
	err := e.view(ctx, func(tx *bbolt.Tx) error {
		r, err := lookup(tx, world)
		if err != nil {
			return err
		}
		if r == nil {
			return store.ErrNotFound
		}
		seq = r.seq
		l := loader{engine: e, tx: tx, each: each}
		return l.world(ctx, tx.Bucket(rowsBucket).Bucket(r.gen[:]))
	})
	if err != nil {
		return 0, fmt.Errorf("load world %q: %w", world, err)
	}
	return seq, nil
}

func (e *Engine) view(ctx context.Context, read func(*bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return translated(e.db.View(read))
}

// loader is one load under way.
type loader struct {
	engine *Engine
	tx     *bbolt.Tx
	each   func(store.Change) error

	rows, bytes int
}

func (l *loader) world(ctx context.Context, rows *bbolt.Bucket) error {
	err := rows.ForEachBucket(func(table []byte) error {
		return l.table(ctx, string(table), rows.Bucket(table).Cursor())
	})
	l.engine.giveBack(l.tx)
	return err
}

func (l *loader) table(ctx context.Context, name string, c *bbolt.Cursor) error {
	for k, v := c.First(); k != nil; k, v = c.Next() {
		row := store.Change{Table: name, Key: string(k), Value: v[:len(v):len(v)]}
		if err := l.each(row); err != nil {
			return err
		}
		if err := l.pause(ctx, len(k)+len(v)); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) pause(ctx context.Context, n int) error {
	l.rows++
	if l.bytes += n; l.bytes >= bytesPerGiveBack {
		l.bytes = 0
		l.engine.giveBack(l.tx)
	}
	if l.rows%rowsPerGlance == 0 {
		return ctx.Err()
	}
	return nil
}
