package storetest

import "github.com/tenantry/tenantry/mock/internal/store"

var durableClaims = claims{
	"opening again finds everything":          (*check).survives,
	"opening again finds no stage":            (*check).abandoned,
	"what was dropped or replaced stays away": (*check).staysAway,
}

func (c *check) survives() {
	c.commit(created("v", row("t", "a", "1")), created("w", manyRows(2000)...))
	c.commit(applied("v", 1, row("t", "b", ""), gone("t", "a")))
	s := c.stage("x", []byte("staged"), row("t", "a", "1"))
	c.must("Finish", s.Finish(c.ctx(), 9))
	for range 2 {
		c.reopen()
		c.lists(
			store.World{ID: "v", Seq: 2, Meta: []byte("made v")},
			store.World{ID: "w", Seq: 1, Meta: []byte("made w")},
			store.World{ID: "x", Seq: 9, Meta: []byte("staged")},
		)
		c.holds("v", 2, row("t", "b", ""))
		c.holds("w", 1, manyRows(2000)...)
		c.holds("x", 9, row("t", "a", "1"))
	}
	c.commit(applied("v", 2, row("t", "c", "1")))
	c.holds("v", 3, row("t", "b", ""), row("t", "c", "1"))
}

func (c *check) abandoned() {
	c.commit(created("w", row("t", "a", "1")))
	c.stage("w", []byte("staged"), manyRows(2000)...)
	c.stage("v", []byte("staged"), manyRows(2000)...)
	c.reopen()
	c.lists(store.World{ID: "w", Seq: 1, Meta: []byte("made w")})
	c.holds("w", 1, row("t", "a", "1"))
	s := c.stage("v", nil, row("t", "a", "1"))
	c.must("Finish", s.Finish(c.ctx(), 1))
	c.holds("v", 1, row("t", "a", "1"))
}

func (c *check) staysAway() {
	c.commit(created("v", manyRows(5000)...), created("w", manyRows(5000)...))
	c.commit(
		store.Batch{World: "v", Op: store.Drop, After: 1},
		store.Batch{World: "w", Op: store.Replace, After: 1, Seq: 2, Changes: []store.Change{row("t", "a", "1")}},
	)
	c.reopen()
	c.lists(store.World{ID: "w", Seq: 2})
	c.holds("w", 2, row("t", "a", "1"))
}
