package storetest

import "github.com/tenantry/tenantry/mock/internal/store"

var worldClaims = claims{
	"worlds are listed by id with sequence and meta":          (*check).listing,
	"a world that exists cannot be created":                   (*check).createTwice,
	"a world that does not exist cannot be written to":        (*check).missing,
	"worlds share no rows":                                    (*check).separate,
	"dropping a world takes its rows along":                   (*check).drop,
	"replacing a world leaves none of its rows":               (*check).replace,
	"a replaced world may go back to an earlier sequence":     (*check).goBack,
	"meta is kept until a batch carries another":              (*check).meta,
	"a world may start at any sequence, with or without rows": (*check).anyStart,
	"every call on a closed engine says so":                   (*check).closed,
}

func (c *check) listing() {
	c.commit(created("b"), created("a"), created("c"), applied("b", 1))
	c.lists(
		store.World{ID: "a", Seq: 1, Meta: []byte("made a")},
		store.World{ID: "b", Seq: 2, Meta: []byte("made b")},
		store.World{ID: "c", Seq: 1, Meta: []byte("made c")},
	)
}

func (c *check) createTwice() {
	c.commit(created("w", row("t", "a", "1")))
	err := c.engine.Commit(c.ctx(), []store.Batch{created("w", row("t", "a", "2"))})
	c.refused("Commit of a world that exists", err, store.ErrExists)
	c.holds("w", 1, row("t", "a", "1"))
}

func (c *check) missing() {
	for _, op := range []store.Op{store.Apply, store.Replace, store.Drop} {
		b := store.Batch{World: "w", Op: op, Seq: 1}
		c.refused(op.String()+" of no world", c.engine.Commit(c.ctx(), []store.Batch{b}), store.ErrNotFound)
	}
	_, err := c.engine.Load(c.ctx(), "w", func(store.Change) error { return nil })
	c.refused("Load of no world", err, store.ErrNotFound)
	c.lists()
}

func (c *check) separate() {
	c.commit(created("v", row("t", "a", "1")), created("w", row("t", "a", "2")))
	c.commit(applied("v", 1, gone("t", "a"), row("t", "b", "3")))
	c.holds("v", 2, row("t", "b", "3"))
	c.holds("w", 1, row("t", "a", "2"))
}

func (c *check) drop() {
	c.commit(created("w", row("t", "a", "1"), row("u", "a", "1")), created("v", row("t", "a", "1")))
	c.commit(store.Batch{World: "w", Op: store.Drop, After: 1})
	c.lists(store.World{ID: "v", Seq: 1, Meta: []byte("made v")})
	c.commit(created("w", row("t", "b", "2")))
	c.holds("w", 1, row("t", "b", "2"))
	c.holds("v", 1, row("t", "a", "1"))
}

func (c *check) replace() {
	c.commit(created("w", row("t", "a", "1"), row("u", "a", "1")))
	c.commit(store.Batch{
		World: "w", Op: store.Replace, After: 1, Seq: 2, Meta: []byte("anew"),
		Changes: []store.Change{row("t", "b", "2")},
	})
	c.holds("w", 2, row("t", "b", "2"))
	c.lists(store.World{ID: "w", Seq: 2, Meta: []byte("anew")})
	c.commit(applied("w", 2, row("t", "c", "3")))
	c.holds("w", 3, row("t", "b", "2"), row("t", "c", "3"))
}

func (c *check) goBack() {
	c.commit(created("w"), applied("w", 1), applied("w", 2))
	c.commit(store.Batch{World: "w", Op: store.Replace, After: 3, Seq: 1})
	c.holds("w", 1)
	c.commit(applied("w", 1, row("t", "a", "1")))
	c.holds("w", 2, row("t", "a", "1"))
}

func (c *check) meta() {
	c.commit(created("w"), applied("w", 1))
	c.lists(store.World{ID: "w", Seq: 2, Meta: []byte("made w")})
	b := applied("w", 2)
	b.Meta = []byte("settings changed")
	c.commit(b, applied("w", 3))
	c.lists(store.World{ID: "w", Seq: 4, Meta: []byte("settings changed")})
	c.commit(store.Batch{World: "w", Op: store.Replace, After: 4, Seq: 5})
	c.lists(store.World{ID: "w", Seq: 5})
}

func (c *check) anyStart() {
	c.commit(store.Batch{World: "v", Op: store.Create}, store.Batch{World: "w", Op: store.Create, Seq: 1 << 40})
	c.commit(applied("v", 0), applied("w", 1<<40))
	c.holds("v", 1)
	c.holds("w", 1<<40+1)
}

func (c *check) closed() {
	c.commit(created("w"))
	s := c.stage("w", nil)
	c.must("Close", c.engine.Close())
	c.must("Close again", c.engine.Close())
	_, err := c.engine.Worlds(c.ctx())
	c.refused("Worlds", err, store.ErrClosed)
	_, err = c.engine.Load(c.ctx(), "w", func(store.Change) error { return nil })
	c.refused("Load", err, store.ErrClosed)
	_, err = c.engine.Stage(c.ctx(), "w", nil)
	c.refused("Stage", err, store.ErrClosed)
	c.refused("Commit", c.engine.Commit(c.ctx(), []store.Batch{applied("w", 1)}), store.ErrClosed)
	c.refused("Put", s.Put(c.ctx(), nil), store.ErrClosed)
	c.refused("Finish", s.Finish(c.ctx(), 2), store.ErrClosed)
	c.must("Abort", s.Abort())
}
