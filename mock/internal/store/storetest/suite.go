package storetest

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/store"
)

// Open makes an empty engine for one test. The suite closes it.
type Open func(tb testing.TB) store.Engine

// Reopen closes e and opens what it kept.
type Reopen func(tb testing.TB, e store.Engine) store.Engine

// Run holds an engine against the contract, each claim in a parallel sub-test
// with an engine of its own. A nil reopen says that the engine does not
// outlive its process; then the claims about that are left out.
func Run(t *testing.T, open Open, reopen Reopen) {
	t.Helper()
	run(t, open, nil, commitClaims)
	run(t, open, nil, worldClaims)
	run(t, open, nil, loadClaims)
	run(t, open, nil, stageClaims)
	run(t, open, nil, stageEndClaims)
	if reopen != nil {
		run(t, open, reopen, durableClaims)
	}
}

// claims are tests by the sentence they prove.
type claims map[string]func(*check)

func run(t *testing.T, open Open, reopen Reopen, list claims) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(list)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &check{t: t, engine: open(t), reopenEngine: reopen}
			t.Cleanup(func() { c.must("Close", c.engine.Close()) })
			list[name](c)
		})
	}
}

// check is one claim under test: an engine and the steps that claims share.
type check struct {
	t            *testing.T
	engine       store.Engine
	reopenEngine Reopen
}

func (c *check) ctx() context.Context { return c.t.Context() }

func (c *check) must(call string, err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatalf("%s: got error %v, want none", call, err)
	}
}

func (c *check) refused(call string, err, want error) {
	c.t.Helper()
	if !errors.Is(err, want) {
		c.t.Errorf("%s: got error %v, want %v", call, err, want)
	}
}

func (c *check) commit(batches ...store.Batch) {
	c.t.Helper()
	c.must("Commit", c.engine.Commit(c.ctx(), batches))
}

func (c *check) stage(world string, meta []byte, changes ...store.Change) store.Stage {
	c.t.Helper()
	s, err := c.engine.Stage(c.ctx(), world, meta)
	c.must("Stage", err)
	c.must("Put", s.Put(c.ctx(), changes))
	return s
}

func (c *check) reopen() {
	c.t.Helper()
	c.engine = c.reopenEngine(c.t, c.engine)
}

// holds compares a world with what it should hold, in order.
func (c *check) holds(world string, seq uint64, want ...store.Change) {
	c.t.Helper()
	got, at := Rows(c.t, c.engine, world)
	if at != seq {
		c.t.Errorf("Load(%q): got sequence %d, want %d", world, at, seq)
	}
	// A diff of many rows takes seconds; equal ones need none.
	if slices.EqualFunc(want, got, equal) {
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		c.t.Errorf("Load(%q): rows (-want +got):\n%s", world, diff)
	}
}

func equal(a, b store.Change) bool {
	return a.Table == b.Table && a.Key == b.Key && (a.Value == nil) == (b.Value == nil) && bytes.Equal(a.Value, b.Value)
}

// lists compares the worlds with what should be there, in order.
func (c *check) lists(want ...store.World) {
	c.t.Helper()
	got, err := c.engine.Worlds(c.ctx())
	c.must("Worlds", err)
	if diff := cmp.Diff(want, got, equateEmpty); diff != "" {
		c.t.Errorf("Worlds(): (-want +got):\n%s", diff)
	}
}

// equateEmpty: whether an engine says nil or empty for no meta, and for no
// worlds, is nobody's business.
var equateEmpty = cmp.FilterValues(func(a, b any) bool {
	return size(a) == 0 && size(b) == 0
}, cmp.Ignore())

func size(v any) int {
	switch v := v.(type) {
	case []byte:
		return len(v)
	case []store.World:
		return len(v)
	}
	return -1
}

// Rows loads a world: its rows in order and the sequence they are at.
func Rows(tb testing.TB, e store.Engine, world string) ([]store.Change, uint64) {
	tb.Helper()
	var rows []store.Change
	seq, err := e.Load(tb.Context(), world, func(c store.Change) error {
		c.Value = bytes.Clone(c.Value)
		rows = append(rows, c)
		return nil
	})
	if err != nil {
		tb.Fatalf("Load(%q): got error %v, want none", world, err)
	}
	return rows, seq
}

// row sets one; gone removes one.
func row(table, key, value string) store.Change {
	return store.Change{Table: table, Key: key, Value: []byte(value)}
}

func gone(table, key string) store.Change {
	return store.Change{Table: table, Key: key}
}

// created is world w at sequence 1 with these rows.
func created(w string, changes ...store.Change) store.Batch {
	return store.Batch{World: w, Op: store.Create, Seq: 1, Meta: []byte("made " + w), Changes: changes}
}

// applied follows sequence after with these changes.
func applied(w string, after uint64, changes ...store.Change) store.Batch {
	return store.Batch{World: w, After: after, Seq: after + 1, Changes: changes}
}
