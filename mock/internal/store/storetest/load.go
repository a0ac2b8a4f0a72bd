package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/tenantry/tenantry/mock/internal/store"
)

var loadClaims = claims{
	"rows come by table, then key, bytewise":            (*check).order,
	"keys of a load live on, values end where they end": (*check).loadersBytes,
	"an error of the reader ends the load":              (*check).readerStops,
	"fifty thousand rows fit one commit":                (*check).bigCommit,
	"a load sees one state while others commit":         (*check).concurrent,
	"of writers at the same sequence exactly one wins":  (*check).race,
}

func (c *check) order() {
	c.commit(created("w",
		row("tb", "a", "6"), row("t", "b", "3"), row("t", "a\xff", "2"), row("t", "a", "1"),
		row("t", "é", "5"), row("t", "b0", "4"), row("a", "z", "0")))
	c.holds("w", 1,
		row("a", "z", "0"), row("t", "a", "1"), row("t", "a\xff", "2"), row("t", "b", "3"),
		row("t", "b0", "4"), row("t", "é", "5"), row("tb", "a", "6"))
}

func (c *check) loadersBytes() {
	const n = 2000 // enough for pages of their own, which later commits use again
	c.commit(created("w", manyRows(n)...))
	kept, _ := Rows(c.t, c.engine, "w")
	for seq := range uint64(4) {
		changes := manyRows(n)
		for i := range changes {
			changes[i].Value = bytes.Repeat([]byte("x"), len(changes[i].Value))
		}
		c.commit(applied("w", seq+1, changes...))
	}
	if !slices.EqualFunc(manyRows(n), kept, equal) {
		c.t.Error("rows kept from Load changed with later commits")
	}
	_, err := c.engine.Load(c.ctx(), "w", func(r store.Change) error {
		_ = append(r.Value, "!!!!!!!!!!!!!!!!"...)
		return nil
	})
	c.must("Load", err)
	again, _ := Rows(c.t, c.engine, "w")
	for _, r := range again {
		if strings.Trim(string(r.Value), "x") != "" {
			c.t.Fatalf("a reader that appended to a value wrote over others: %q", r.Value)
		}
	}
}

func (c *check) readerStops() {
	c.commit(created("w", row("t", "a", "1"), row("t", "b", "2")))
	stop, calls := errors.New("stop"), 0
	_, err := c.engine.Load(c.ctx(), "w", func(store.Change) error { calls++; return stop })
	c.refused("Load", err, stop)
	if calls != 1 {
		c.t.Errorf("Load after an error: got %d calls, want 1", calls)
	}
}

func (c *check) bigCommit() {
	const n = 50_000
	big := created("w", manyRows(n)...)
	c.commit(big)
	c.holds("w", 1, big.Changes...)
	for i := range big.Changes {
		if i%2 == 0 {
			big.Changes[i].Value = nil
		}
	}
	c.commit(applied("w", 1, big.Changes...))
	if got, _ := Rows(c.t, c.engine, "w"); len(got) != n/2 {
		c.t.Errorf("rows after removing every other one: got %d, want %d", len(got), n/2)
	}
}

// manyRows makes n rows of a table, in key order.
func manyRows(n int) []store.Change {
	rows := make([]store.Change, 0, n)
	for i := range n {
		rows = append(rows, row("t", fmt.Sprintf("%08d", i), "value of row "+strconv.Itoa(i)))
	}
	return rows
}

// concurrent commits pairs of equal rows; a load that saw half a commit would
// see them differ.
func (c *check) concurrent() {
	const commits, loads = 50, 20
	c.commit(created("w", manyRows(2000)...))
	var wg sync.WaitGroup
	wg.Go(func() {
		for seq := range uint64(commits) {
			v := strconv.FormatUint(seq, 10)
			c.soft("Commit", c.engine.Commit(c.ctx(), []store.Batch{applied("w", seq+1, row("a", "1", v), row("z", "1", v))}))
		}
	})
	wg.Go(func() {
		for range loads {
			last := map[string]string{}
			_, err := c.engine.Load(c.ctx(), "w", func(r store.Change) error { last[r.Table] = string(r.Value); return nil })
			c.soft("Load", err)
			if last["a"] != last["z"] {
				c.t.Errorf("Load while others commit: got rows %q and %q of one commit, want equal", last["a"], last["z"])
			}
		}
	})
	wg.Wait()
}

// soft is must for goroutines of a test, which may not end it.
func (c *check) soft(call string, err error) {
	c.t.Helper()
	if err != nil {
		c.t.Errorf("%s: got error %v, want none", call, err)
	}
}

func (c *check) race() {
	const writers = 8
	c.commit(created("w"))
	errs := make([]error, writers)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() {
			errs[i] = c.engine.Commit(c.ctx(), []store.Batch{applied("w", 1, row("t", strconv.Itoa(i), "1"))})
		})
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
			continue
		}
		c.refused("Commit of a loser", err, store.ErrConflict)
	}
	if rows, _ := Rows(c.t, c.engine, "w"); won != 1 || len(rows) != 1 {
		c.t.Errorf("%d writers at one sequence: got %d winners and %d rows, want 1 and 1", writers, won, len(rows))
	}
}
