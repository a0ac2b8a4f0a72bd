package state

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/tidwall/btree"
)

// mostEdits bounds how far an index may fall behind its table, and with it what the reader who comes next has to do.
const mostEdits = 512

// An edit is a row that came into the place of another in a table; either may be nil. Edits are a list from the newest to
// the oldest, which snapshots share.
type edit[R any] struct {
	old, row *R
	before   *edit[R]
	n        int // how many there are, this one included
}

// and is the list with one more.
func (e *edit[R]) and(old, row *R) *edit[R] {
	return &edit[R]{old, row, e, e.count() + 1}
}

func (e *edit[R]) count() int {
	if e == nil {
		return 0
	}
	return e.n
}

// An index is a tree of items that follows the rows of its table. It does so when it is read: most writes read few of the
// orders of a table, and many edits at a time copy the nodes near the root of a tree once, and those that they share. It
// is safe for concurrent readers.
type index[R, T any] struct {
	follow func(tree *btree.BTreeG[T], old, row *R)
	mu     sync.Mutex // of whoever brings it up to date
	now    atomic.Pointer[stand[R, T]]
}

// A stand is a tree with all edits up to one. It never changes; snapshots share it.
type stand[R, T any] struct {
	copy sync.Mutex // two copies of one tree at a time would race
	tree *btree.BTreeG[T]
	last *edit[R] // nil: those before the first of the list
}

func newTree[T any](less func(a, b T) bool) *btree.BTreeG[T] {
	return btree.NewBTreeGOptions(less, btree.Options{NoLocks: true, Degree: degree})
}

// start begins with a tree that holds all edits.
func (x *index[R, T]) start(follow func(*btree.BTreeG[T], *R, *R), tree *btree.BTreeG[T]) {
	x.follow = follow
	x.now.Store(&stand[R, T]{tree: tree})
}

// is makes the index the same as another one.
func (x *index[R, T]) is(o *index[R, T]) {
	x.follow = o.follow
	x.now.Store(o.now.Load())
}

// upTo is the tree with the edits up to the last one. It is for reading alone.
func (x *index[R, T]) upTo(last *edit[R]) *btree.BTreeG[T] {
	if s := x.now.Load(); s.last == last {
		return s.tree
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	s := x.now.Load()
	if s.last != last {
		s = s.with(last, x.follow)
		x.now.Store(s)
	}
	return s.tree
}

// settle is upTo for a list that ends there: the next edit begins a new one.
func (x *index[R, T]) settle(last *edit[R]) {
	x.now.Store(&stand[R, T]{tree: x.upTo(last)})
}

// with is the stand with the edits that came after it.
func (s *stand[R, T]) with(last *edit[R], follow func(*btree.BTreeG[T], *R, *R)) *stand[R, T] {
	var later []*edit[R]
	for e := last; e != s.last; e = e.before {
		later = append(later, e)
	}
	s.copy.Lock()
	tree := s.tree.Copy()
	s.copy.Unlock()
	for _, e := range slices.Backward(later) {
		follow(tree, e.old, e.row)
	}
	return &stand[R, T]{tree: tree, last: last}
}
