package state

import (
	"context"
	"slices"
	"sync"

	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/model"
)

// A Committer drains the queued changes of all durable worlds into one commit of the engine at a time, so
// that concurrent writers share a disk sync. When the engine fails, everything queued fails, and every world
// of the committer goes back to its last durable state and turns read-only.
type Committer struct {
	engine store.Engine
	most   int // commits in one of the engine; 0: all that wait

	mu     sync.Mutex
	wake   *sync.Cond
	queued []*pending
	worlds []*World
	broken error
	closed bool
	done   chan struct{}
}

// pending is one queued commit. done is closed when it is durable and visible, or has failed.
type pending struct {
	w       *World
	after   uint64
	s       *snapshot
	changes []change
	done    chan struct{}
	err     error
}

func (p *pending) await() error {
	<-p.done
	return p.err
}

func (p *pending) isDone() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// A CommitterOption adds to a committer.
type CommitterOption func(*Committer)

// AtMost bounds how many commits share a disk sync, which benchmarks compare with no bound.
func AtMost(n int) CommitterOption { return func(c *Committer) { c.most = n } }

// NewCommitter starts the one goroutine that writes to the engine. Close stops it.
func NewCommitter(engine store.Engine, opts ...CommitterOption) *Committer {
	c := &Committer{engine: engine, done: make(chan struct{})}
	for _, opt := range opts {
		opt(c)
	}
	c.wake = sync.NewCond(&c.mu)
	go c.run()
	return c
}

// Close commits what is queued, stops, and closes the engine.
func (c *Committer) Close() error {
	c.mu.Lock()
	c.closed = true
	c.wake.Signal()
	c.mu.Unlock()
	<-c.done
	return c.engine.Close()
}

func (c *Committer) join(w *World) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.worlds = append(c.worlds, w)
}

func (c *Committer) leave(w *World) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.worlds = slices.DeleteFunc(c.worlds, func(o *World) bool { return o == w })
}

// enqueue is called with the world's lock held, which keeps one world's commits in order.
func (c *Committer) enqueue(w *World, after uint64, tx *Tx) *pending {
	p := &pending{w: w, after: after, s: tx.s, changes: tx.changes, done: make(chan struct{})}
	c.mu.Lock()
	defer c.mu.Unlock()
	refusal := c.broken
	if refusal == nil && c.closed {
		refusal = model.Errorf(model.Unavailable, "closed", "the server is shutting down")
	}
	if refusal != nil {
		p.err = refusal
		close(p.done)
		return p
	}
	c.queued = append(c.queued, p)
	c.wake.Signal()
	return p
}

func (c *Committer) run() {
	defer close(c.done)
	for {
		batch := c.take()
		if batch == nil {
			return
		}
		c.commit(batch)
	}
}

// take waits for work; nil means closed and empty.
func (c *Committer) take() []*pending {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.queued) == 0 && !c.closed {
		c.wake.Wait()
	}
	batch := c.queued
	if c.most > 0 && len(batch) > c.most {
		batch = batch[:c.most:c.most]
		c.queued = c.queued[c.most:]
		return batch
	}
	c.queued = nil
	return batch
}

func (c *Committer) commit(batch []*pending) {
	batches, err := merge(batch)
	if err == nil {
		err = c.engine.Commit(context.Background(), batches)
	}
	if err != nil {
		c.fail(batch, err)
		return
	}
	for _, p := range batch {
		p.w.visible.Store(p.s)
		close(p.done)
	}
}

// merge makes one batch for each run of commits of one world.
func merge(queue []*pending) ([]store.Batch, error) {
	var out []store.Batch
	at := map[*World]int{}
	for _, p := range queue {
		changes, err := encode(p.s.tables, p.changes)
		if err != nil {
			return nil, err
		}
		i, ok := at[p.w]
		if !ok {
			at[p.w] = len(out)
			out = append(out, store.Batch{World: p.w.id, After: p.after, Seq: p.s.seq, Changes: changes})
			continue
		}
		out[i].Seq = p.s.seq
		out[i].Changes = append(out[i].Changes, changes...)
	}
	return out, nil
}

// fail refuses what was queued, now and for good. Worlds are dropped before their writers are told, so that
// nobody who was refused can still see the change.
func (c *Committer) fail(batch []*pending, cause error) {
	refusal := errReadOnly(cause)
	c.mu.Lock()
	c.broken = refusal
	batch = append(batch, c.queued...)
	c.queued = nil
	worlds := append([]*World(nil), c.worlds...)
	c.mu.Unlock()
	for _, w := range worlds {
		w.drop(refusal)
	}
	for _, p := range batch {
		p.err = refusal
		close(p.done)
	}
}
