package journal

import (
	"sync"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/model"
)

// DefaultLimit is the size of a world's journal, in bytes.
const DefaultLimit = 2 << 20

// A Journal keeps the newest requests of one world. Its methods are safe for concurrent use.
type Journal struct {
	budget *Budget
	limit  int64
	timer  det.Timer

	mu      sync.Mutex
	kept    []*Entry // ascending and without gaps; from head on
	head    int
	bytes   int64
	last    uint64 // number of the newest entry that ever was
	cleared uint64 // the newest number that Clear took away
	closed  bool
	changed chan struct{} // nil: nobody waits
}

// An Option adds to a journal.
type Option func(*Journal)

// WithTimer makes Verify wait by another clock than the machine's.
func WithTimer(t det.Timer) Option { return func(j *Journal) { j.timer = t } }

// New makes a journal of at most limit bytes that counts against the budget. A limit of 0 is DefaultLimit; a nil budget
// is one of its own.
func New(b *Budget, limit int64, opts ...Option) *Journal {
	if limit <= 0 {
		limit = DefaultLimit
	}
	if b == nil {
		b = NewBudget(limit)
	}
	j := &Journal{budget: b, limit: limit, timer: det.After}
	for _, opt := range opts {
		opt(j)
	}
	b.join(j)
	return j
}

// Begin gives the entry the next number and keeps it, in flight. The entry is the journal's from now on; of it the caller
// may read its number only.
func (j *Journal) Begin(e *Entry) {
	j.mu.Lock()
	j.last++
	e.N, e.State, e.size = j.last, InFlight, e.cost()
	before := j.bytes
	if !j.closed {
		j.kept = append(j.kept, e)
		j.bytes += e.size
		j.giveUp(j.limit)
	}
	grown := j.bytes - before
	j.tell()
	j.mu.Unlock()
	j.budget.grow(grown)
}

// Amend lets fill add to an entry that is in flight. Nothing happens if it was evicted. fill is called with the journal
// locked: it assigns, and does not work. What it assigns is the journal's.
func (j *Journal) Amend(n uint64, fill func(*Entry)) { j.change(n, fill) }

// Complete is Amend for the last time: the reply is decided.
func (j *Journal) Complete(n uint64, fill func(*Entry)) {
	j.change(n, func(e *Entry) {
		fill(e)
		e.State = Complete
	})
}

// Delivered notes whether the reply was sent as decided.
func (j *Journal) Delivered(n uint64, ok bool) {
	said := &no
	if ok {
		said = &yes
	}
	j.change(n, func(e *Entry) { e.Delivered = said })
}

// yes and no are what all entries point to.
var yes, no = true, false

func (j *Journal) change(n uint64, fill func(*Entry)) {
	j.mu.Lock()
	e := j.at(n)
	if e == nil {
		j.mu.Unlock()
		return
	}
	before := j.bytes
	fill(e)
	j.bytes -= e.size
	e.N, e.size = n, e.cost()
	j.bytes += e.size
	j.giveUp(j.limit)
	grown := j.bytes - before
	j.tell()
	j.mu.Unlock()
	j.budget.grow(grown)
}

// Clear forgets all entries. Numbers go on, so that cursors stay valid. A request in flight is forgotten too.
func (j *Journal) Clear() {
	j.mu.Lock()
	freed := j.drop()
	j.cleared = j.last
	j.tell()
	j.mu.Unlock()
	j.budget.grow(-freed)
}

// Close gives the memory back for good; later requests are counted and not kept.
func (j *Journal) Close() {
	j.budget.leave(j)
	j.mu.Lock()
	freed := j.drop()
	j.closed, j.cleared = true, j.last
	j.tell()
	j.mu.Unlock()
	j.budget.grow(-freed)
}

// Bytes is the memory that the entries take.
func (j *Journal) Bytes() int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.bytes
}

// Changed is closed at the next change: an entry began, was completed, delivered or forgotten. Who waits for something
// asks for the channel first and then looks.
func (j *Journal) Changed() <-chan struct{} {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.changed == nil {
		j.changed = make(chan struct{})
	}
	return j.changed
}

// Get is a copy of one entry. One that was evicted or cleared is a refusal with a reason of its own.
func (j *Journal) Get(n uint64) (Entry, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if e := j.at(n); e != nil {
		return *e, nil
	}
	switch {
	case n == 0 || n > j.last:
		return Entry{}, model.Errorf(model.NotFound, "not_found", "there is no journal entry %d; the newest is %d", n, j.last)
	case n <= j.cleared:
		return Entry{}, model.Errorf(model.NotFound, "cleared", "journal entry %d was cleared", n)
	}
	return Entry{}, model.Errorf(model.NotFound, ReasonEvicted,
		"journal entry %d was evicted: the journal keeps %d bytes, and its oldest entry is %d", n, j.limit, j.oldest())
}

// ReasonEvicted is the reason of a refusal for entries that were given up.
const ReasonEvicted = "evicted"

// at is the entry with the number, if it is kept. It is called with the lock held, as all below.
func (j *Journal) at(n uint64) *Entry {
	first := j.oldest()
	if n < first || n > j.last || j.head == len(j.kept) {
		return nil
	}
	return j.kept[j.head+int(n-first)] //nolint:gosec // less than the length of the list
}

// oldest is the number of the oldest kept entry, or of the next one.
func (j *Journal) oldest() uint64 {
	if j.head == len(j.kept) {
		return j.last + 1
	}
	return j.kept[j.head].N
}

// giveUp lets the oldest entries go until at most limit bytes are left.
func (j *Journal) giveUp(limit int64) {
	for j.bytes > limit && j.head < len(j.kept) {
		j.bytes -= j.kept[j.head].size
		j.kept[j.head] = nil
		j.head++
	}
	if j.head > len(j.kept)/2 { // moving the rest is paid for by what was let go
		n := copy(j.kept, j.kept[j.head:])
		clear(j.kept[n:])
		j.kept, j.head = j.kept[:n], 0
	}
}

// drop lets everything go, the list itself included.
func (j *Journal) drop() (freed int64) {
	freed = j.bytes
	j.kept, j.head, j.bytes = nil, 0, 0
	return freed
}

func (j *Journal) tell() {
	if j.changed != nil {
		close(j.changed)
		j.changed = nil
	}
}
