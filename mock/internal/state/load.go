package state

import (
	"context"
	"fmt"

	"github.com/tenantry/tenantry/mock/internal/store"
)

// stageRows bounds how many rows a bulk load hands to the engine at once.
const stageRows = 4096

// NewMemory makes a world that lives in memory, filled by fill in one step. The fill is not a commit
// like others: its sequence is 1 and nothing of it is journaled.
func NewMemory(cfg Config, fill func(*Tx) error) (*World, error) {
	s, err := Build(cfg, fill)
	if err != nil {
		return nil, err
	}
	return NewWorld(cfg, s), nil
}

// Create makes a durable world: it is built in memory, staged in bounded batches and becomes visible at once,
// so a crash in the middle leaves no world. meta is kept for the opener.
func Create(ctx context.Context, cfg Config, meta []byte, fill func(*Tx) error) (*World, error) {
	s, err := Build(cfg, fill)
	if err != nil {
		return nil, err
	}
	return CreateWorld(ctx, cfg, meta, s)
}

// Open loads a durable world from the engine.
func Open(ctx context.Context, cfg Config) (*World, error) {
	s, err := loadSnapshot(ctx, cfg.Commits.engine, cfg.ID)
	if err != nil {
		return nil, err
	}
	return adopt(cfg, s), nil
}

func loadSnapshot(ctx context.Context, engine store.Engine, id string) (*snapshot, error) {
	s := emptySnapshot()
	in := newIntake(s)
	seq, err := engine.Load(ctx, id, in.add)
	if failed := in.end(); failed != nil {
		err = failed
	}
	if err != nil {
		return nil, fmt.Errorf("load world %q: %w", id, err)
	}
	in.build()
	s.seq = seq
	return s, nil
}

func adopt(cfg Config, s *snapshot) *World {
	w := newWorld(cfg, s)
	cfg.Commits.join(w)
	return w
}

func build(cfg Config, fill func(*Tx) error) (*snapshot, error) {
	tx := newTx(emptySnapshot(), View{now: cfg.Clock.Now(), src: cfg.Source})
	tx.quiet = true
	if err := fill(tx); err != nil {
		return nil, err
	}
	if err := tx.runTimers(); err != nil { // what is due already is so in every copy of the world
		return nil, err
	}
	return tx.s, nil
}

func stage(ctx context.Context, engine store.Engine, world string, meta []byte, s *snapshot) error {
	st, err := engine.Stage(ctx, world, meta)
	if err != nil {
		return err
	}
	defer func() { _ = st.Abort() }() // does nothing after Finish
	for slot, t := range s.tables {
		if err := stageTable(ctx, st, s, slot, t); err != nil {
			return err
		}
	}
	return st.Finish(ctx, s.seq)
}

func stageTable(ctx context.Context, st store.Stage, s *snapshot, slot int, t anyTable) error {
	var rows []change
	var failed error
	flush := func() bool {
		out, err := encode(s.tables, rows)
		if err == nil {
			err = st.Put(ctx, out)
		}
		failed, rows = err, rows[:0]
		return err == nil
	}
	t.each(func(key string, row any) bool {
		rows = append(rows, change{slot, key, row})
		return len(rows) < stageRows || flush()
	})
	if failed == nil && len(rows) > 0 {
		flush()
	}
	return failed
}
