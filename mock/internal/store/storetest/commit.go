package storetest

import (
	"context"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/store"
)

var commitClaims = claims{
	"a committed row is loaded as it was written":            (*check).roundTrip,
	"a change without a value removes the row":               (*check).removal,
	"an empty value is a value":                              (*check).emptyValue,
	"of two changes to one row the last counts":              (*check).lastCounts,
	"batches of one world follow each other in one commit":   (*check).chain,
	"one conflicting batch refuses all":                      (*check).atomic,
	"changes that follow another sequence conflict":          (*check).conflict,
	"a batch that no engine takes is refused":                (*check).invalid,
	"a context that is done before a commit applies nothing": (*check).cancelled,
	"the caller may reuse its bytes after a commit":          (*check).callersBytes,
	"a commit without batches does nothing":                  (*check).nothing,
}

func (c *check) roundTrip() {
	all := []byte{0, 1, 0xff, '\n', '"'}
	c.commit(created("w", row("t", "a", "1")))
	c.commit(applied("w", 1, row("t", string(all), string(all)), row("u", "a", "2")))
	c.holds("w", 2, row("t", string(all), string(all)), row("t", "a", "1"), row("u", "a", "2"))
}

func (c *check) removal() {
	c.commit(created("w", row("t", "a", "1"), row("t", "b", "2")))
	c.commit(applied("w", 1, gone("t", "a"), gone("t", "never was"), gone("no such table", "a")))
	c.holds("w", 2, row("t", "b", "2"))
	c.commit(applied("w", 2, gone("t", "b")))
	c.holds("w", 3)
}

func (c *check) emptyValue() {
	c.commit(created("w", row("t", "a", "")))
	c.holds("w", 1, row("t", "a", ""))
}

func (c *check) lastCounts() {
	c.commit(created("w", row("t", "a", "1"), gone("t", "a"), row("t", "b", "1"), row("t", "b", "2"), gone("t", "c"), row("t", "c", "3")))
	c.holds("w", 1, row("t", "b", "2"), row("t", "c", "3"))
}

func (c *check) chain() {
	c.commit(
		created("w", row("t", "a", "1")),
		applied("w", 1, row("t", "a", "2")),
		created("v", row("t", "a", "9")),
		applied("w", 2, row("t", "b", "3")),
		store.Batch{World: "v", Op: store.Drop, After: 1},
	)
	c.holds("w", 3, row("t", "a", "2"), row("t", "b", "3"))
	c.lists(store.World{ID: "w", Seq: 3, Meta: []byte("made w")})
}

func (c *check) atomic() {
	c.commit(created("v", row("t", "a", "1")), created("w", row("t", "a", "1")))
	err := c.engine.Commit(c.ctx(), []store.Batch{
		applied("v", 1, row("t", "a", "2")),
		created("x", row("t", "a", "2")),
		{World: "v", Op: store.Replace, After: 2, Seq: 3},
		applied("w", 7, row("t", "a", "2")),
	})
	c.refused("Commit of a batch that conflicts", err, store.ErrConflict)
	c.holds("v", 1, row("t", "a", "1"))
	c.holds("w", 1, row("t", "a", "1"))
	c.lists(store.World{ID: "v", Seq: 1, Meta: []byte("made v")}, store.World{ID: "w", Seq: 1, Meta: []byte("made w")})
}

func (c *check) conflict() {
	c.commit(created("w"), applied("w", 1))
	for _, after := range []uint64{0, 1, 3} {
		for _, op := range []store.Op{store.Apply, store.Replace, store.Drop} {
			b := store.Batch{World: "w", Op: op, After: after, Seq: 9}
			c.refused(op.String()+" after another sequence", c.engine.Commit(c.ctx(), []store.Batch{b}), store.ErrConflict)
		}
	}
	c.holds("w", 2)
}

func (c *check) invalid() {
	c.commit(created("w", row("t", "a", "1")))
	long := strings.Repeat("k", store.MaxKey+1)
	for name, b := range map[string]store.Batch{
		"without a world":            {Seq: 2, After: 1},
		"of a long world":            {World: long, Op: store.Create},
		"with an unknown op":         {World: "w", Op: store.Drop + 1, After: 1, Seq: 2},
		"that stands still":          {World: "w", After: 1, Seq: 1},
		"that creates in the middle": {World: "x", Op: store.Create, After: 1, Seq: 2},
		"that drops and changes":     {World: "w", Op: store.Drop, After: 1, Changes: []store.Change{row("t", "a", "2")}},
		"without a table":            applied("w", 1, row("", "a", "2")),
		"without a key":              applied("w", 1, row("t", "b", "2"), row("t", "", "2")),
		"with a long key":            applied("w", 1, row("t", "b", "2"), gone("t", long)),
		"with a long table":          applied("w", 1, row(long, "b", "2")),
	} {
		c.refused("Commit of a batch "+name, c.engine.Commit(c.ctx(), []store.Batch{b}), store.ErrInvalid)
	}
	c.holds("w", 1, row("t", "a", "1"))
}

func (c *check) cancelled() {
	c.commit(created("w"))
	ctx, cancel := context.WithCancel(c.ctx())
	cancel()
	err := c.engine.Commit(ctx, []store.Batch{applied("w", 1, row("t", "a", "1"))})
	c.refused("Commit", err, context.Canceled)
	_, err = c.engine.Load(ctx, "w", func(store.Change) error { return nil })
	c.refused("Load", err, context.Canceled)
	_, err = c.engine.Worlds(ctx)
	c.refused("Worlds", err, context.Canceled)
	_, err = c.engine.Stage(ctx, "w", nil)
	c.refused("Stage", err, context.Canceled)
	c.holds("w", 1)
}

func (c *check) callersBytes() {
	b := created("w", row("t", "a", "1"))
	c.commit(b)
	b.Meta[0], b.Changes[0].Value[0], b.Changes[0].Key = '!', '!', "!"
	c.holds("w", 1, row("t", "a", "1"))
	c.lists(store.World{ID: "w", Seq: 1, Meta: []byte("made w")})
}

func (c *check) nothing() {
	c.commit()
	c.lists()
}
