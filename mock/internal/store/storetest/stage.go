package storetest

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/store"
)

var stageClaims = claims{
	"a stage is seen only once it is finished":              (*check).unseen,
	"a finished stage replaces the world":                   (*check).finished,
	"a stage takes rows and removals like a commit":         (*check).stagedChanges,
	"a stage without rows makes an empty world":             (*check).emptyStage,
	"a world can be written and dropped while it is staged": (*check).meanwhile,
	"of two stages of one world the last to finish counts":  (*check).twoStages,
	"the caller may reuse its bytes after a put":            (*check).stagedBytes,
}

func (c *check) unseen() {
	c.commit(created("old", row("t", "a", "1")))
	s := c.stage("new", []byte("staged"), row("t", "a", "2"))
	over := c.stage("old", []byte("staged"), row("t", "b", "2"))
	c.must("Put", over.Put(c.ctx(), []store.Change{row("t", "c", "3")}))
	c.lists(store.World{ID: "old", Seq: 1, Meta: []byte("made old")})
	c.holds("old", 1, row("t", "a", "1"))
	_, err := c.engine.Load(c.ctx(), "new", func(store.Change) error { return nil })
	c.refused("Load of a world that is only staged", err, store.ErrNotFound)

	c.must("Finish", s.Finish(c.ctx(), 7))
	c.must("Finish", over.Finish(c.ctx(), 8))
	c.holds("new", 7, row("t", "a", "2"))
	c.holds("old", 8, row("t", "b", "2"), row("t", "c", "3"))
	c.lists(store.World{ID: "new", Seq: 7, Meta: []byte("staged")}, store.World{ID: "old", Seq: 8, Meta: []byte("staged")})
}

func (c *check) finished() {
	c.commit(created("w", manyRows(3000)...))
	s := c.stage("w", []byte("anew"), row("t", "a", "1"))
	c.must("Finish", s.Finish(c.ctx(), 1))
	c.holds("w", 1, row("t", "a", "1"))
	c.commit(applied("w", 1, row("t", "b", "2")))
	c.holds("w", 2, row("t", "a", "1"), row("t", "b", "2"))
	c.lists(store.World{ID: "w", Seq: 2, Meta: []byte("anew")})
}

func (c *check) stagedChanges() {
	s := c.stage("w", nil, row("t", "b", "1"), row("t", "c", "1"))
	c.must("Put", s.Put(c.ctx(), []store.Change{row("t", "a", ""), gone("t", "b"), gone("u", "b"), row("t", "c", "2")}))
	c.must("Put of nothing", s.Put(c.ctx(), nil))
	c.must("Finish", s.Finish(c.ctx(), 1))
	c.holds("w", 1, row("t", "a", ""), row("t", "c", "2"))
}

func (c *check) emptyStage() {
	s, err := c.engine.Stage(c.ctx(), "w", []byte("empty"))
	c.must("Stage", err)
	c.must("Finish", s.Finish(c.ctx(), 0))
	c.holds("w", 0)
	c.lists(store.World{ID: "w", Meta: []byte("empty")})
}

func (c *check) meanwhile() {
	c.commit(created("v", row("t", "a", "1")), created("w", row("t", "a", "1")))
	v, w := c.stage("v", nil, row("t", "s", "1")), c.stage("w", nil, row("t", "s", "1"))
	c.commit(applied("v", 1, row("t", "b", "2")), store.Batch{World: "w", Op: store.Drop, After: 1})
	c.holds("v", 2, row("t", "a", "1"), row("t", "b", "2"))
	c.must("Finish", v.Finish(c.ctx(), 3))
	c.must("Finish", w.Finish(c.ctx(), 3))
	c.holds("v", 3, row("t", "s", "1"))
	c.holds("w", 3, row("t", "s", "1"))
}

func (c *check) twoStages() {
	a, b := c.stage("w", nil, row("t", "a", "1")), c.stage("w", nil, row("t", "b", "2"))
	c.must("Finish", b.Finish(c.ctx(), 5))
	c.must("Finish", a.Finish(c.ctx(), 4))
	c.holds("w", 4, row("t", "a", "1"))
}

func (c *check) stagedBytes() {
	meta, changes := []byte("meta"), []store.Change{row("t", "a", "1")}
	s := c.stage("w", meta, changes...)
	meta[0], changes[0].Value[0] = '!', '!'
	c.must("Finish", s.Finish(c.ctx(), 1))
	c.holds("w", 1, row("t", "a", "1"))
	c.lists(store.World{ID: "w", Seq: 1, Meta: []byte("meta")})
}

var stageEndClaims = claims{
	"an aborted stage leaves the world as it was":    (*check).aborted,
	"a stage that ended takes nothing more":          (*check).ended,
	"a stage refuses what a commit refuses":          (*check).stageInvalid,
	"a context that is done stages nothing":          (*check).stageCancelled,
	"commits go on after stages, drops and replaces": (*check).goesOn,
}

func (c *check) aborted() {
	c.commit(created("old", row("t", "a", "1")))
	s, over := c.stage("new", nil, row("t", "a", "2")), c.stage("old", nil, manyRows(3000)...)
	c.must("Abort", s.Abort())
	c.must("Abort", over.Abort())
	c.must("Abort again", over.Abort())
	c.lists(store.World{ID: "old", Seq: 1, Meta: []byte("made old")})
	c.commit(applied("old", 1, row("t", "b", "2")), created("new"))
	c.holds("old", 2, row("t", "a", "1"), row("t", "b", "2"))
	c.holds("new", 1)
}

func (c *check) ended() {
	done, gaveUp := c.stage("w", nil, row("t", "a", "1")), c.stage("v", nil, row("t", "a", "1"))
	c.must("Finish", done.Finish(c.ctx(), 1))
	c.must("Abort", gaveUp.Abort())
	for name, s := range map[string]store.Stage{"finished": done, "aborted": gaveUp} {
		c.refused("Put after "+name, s.Put(c.ctx(), []store.Change{row("t", "b", "1")}), store.ErrClosed)
		c.refused("Finish after "+name, s.Finish(c.ctx(), 2), store.ErrClosed)
		c.must("Abort after "+name, s.Abort())
	}
	c.holds("w", 1, row("t", "a", "1"))
	c.lists(store.World{ID: "w", Seq: 1})
}

func (c *check) stageInvalid() {
	_, err := c.engine.Stage(c.ctx(), "", nil)
	c.refused("Stage of a world without a name", err, store.ErrInvalid)
	s := c.stage("w", nil, row("t", "a", "1"))
	c.refused("Put without a key", s.Put(c.ctx(), []store.Change{row("t", "b", "2"), row("t", "", "2")}), store.ErrInvalid)
	c.must("Finish", s.Finish(c.ctx(), 1))
	c.holds("w", 1, row("t", "a", "1"))
}

func (c *check) stageCancelled() {
	ctx, cancel := context.WithCancel(c.ctx())
	cancel()
	s := c.stage("w", nil, row("t", "a", "1"))
	c.refused("Put", s.Put(ctx, []store.Change{row("t", "b", "2")}), context.Canceled)
	c.refused("Finish", s.Finish(ctx, 1), context.Canceled)
	c.lists()
	c.must("Finish", s.Finish(c.ctx(), 1))
	c.holds("w", 1, row("t", "a", "1"))
}

// goesOn gives an engine that cleans up behind itself the chance to take away
// too much.
func (c *check) goesOn() {
	c.commit(created("keep", row("t", "a", "1")), created("w", manyRows(5000)...))
	for seq := uint64(1); seq < 40; seq++ {
		s := c.stage("w", nil, manyRows(500)...)
		if seq%3 == 0 {
			c.must("Abort", s.Abort())
		} else {
			c.must("Finish", s.Finish(c.ctx(), 1))
		}
		c.commit(applied("keep", seq, row("t", "a", "1")), store.Batch{World: "w", Op: store.Replace, After: 1, Seq: 1, Changes: manyRows(100)})
	}
	c.holds("keep", 40, row("t", "a", "1"))
	c.holds("w", 1, manyRows(100)...)
}
