package journal

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
)

// DefaultBudget is the size of all journals of a process, in bytes.
const DefaultBudget = 32 << 20

// A Budget bounds the journals of a process together. It is safe for concurrent use.
type Budget struct {
	limit int64
	used  atomic.Int64

	mu       sync.Mutex
	journals map[*Journal]struct{}
}

// NewBudget makes a budget of limit bytes; 0 is DefaultBudget.
func NewBudget(limit int64) *Budget {
	if limit <= 0 {
		limit = DefaultBudget
	}
	return &Budget{limit: limit, journals: map[*Journal]struct{}{}}
}

// Used is the memory that all journals take, in bytes.
func (b *Budget) Used() int64 { return b.used.Load() }

func (b *Budget) join(j *Journal) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.journals[j] = struct{}{}
}

func (b *Budget) leave(j *Journal) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.journals, j)
}

// grow counts bytes that a journal took, or gave back, and makes room if they are too many. It is called without the
// journal's lock.
func (b *Budget) grow(by int64) {
	if b.used.Add(by) > b.limit && by > 0 {
		b.shrink()
	}
}

// shrink lets the largest journals give up their oldest entries. A little more room is made than is needed, so that not
// every request has to make its own.
func (b *Budget) shrink() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.used.Load() <= b.limit { // somebody else was here
		return
	}
	type sized struct {
		journal *Journal
		bytes   int64
	}
	list := make([]sized, 0, len(b.journals))
	sizes := make([]int64, 0, len(b.journals))
	for j := range b.journals {
		n := j.Bytes()
		list, sizes = append(list, sized{j, n}), append(sizes, n)
	}
	level := waterline(sizes, b.used.Load()-(b.limit-b.limit/16))
	for _, one := range list {
		if one.bytes > level {
			b.used.Add(-one.journal.giveUpTo(level))
		}
	}
}

// waterline is the size to which everything larger must be cut to free so many bytes.
func waterline(sizes []int64, free int64) int64 {
	slices.SortFunc(sizes, func(a, b int64) int { return cmp.Compare(b, a) })
	var sum int64
	for i, size := range sizes {
		sum += size
		next := int64(0)
		if i+1 < len(sizes) {
			next = sizes[i+1]
		}
		if above := sum - int64(i+1)*next; above >= free {
			return next + (above-free)/int64(i+1)
		}
	}
	return 0
}

// giveUpTo cuts the journal to at most limit bytes and says how many that freed.
func (j *Journal) giveUpTo(limit int64) int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	before := j.bytes
	j.giveUp(limit)
	if j.bytes != before {
		j.tell()
	}
	return before - j.bytes
}
