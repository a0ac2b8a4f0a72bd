package state

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"sync"

	"github.com/tidwall/btree"
)

// A def says how rows of one table are keyed and in which orders they can be walked.
type def[R any] struct {
	name    string
	key     func(*R) string
	indexes []order[R]
	words   func(*R) []string  // the words by which a row is searched; nil: it is not
	sequels []func() sequel[R] // what else follows from the rows
}

// A sequel follows from the rows of a table as its orders do, and is no order of rows. Each is a type of its own, so that
// the tables that have none, which are most, bring none into the binary.
type sequel[R any] interface {
	copied() sequel[R]
	// settle is for a list of edits that ends there.
	settle(last *edit[R])
	// fill makes it anew from all rows, in the order of their keys.
	fill(rows []*R)
}

// sequelOf is the sequel of a type that a table has.
func sequelOf[S sequel[R], R any](t *table[R]) (s S) {
	for _, m := range t.more {
		if is, ok := m.(S); ok {
			return is
		}
	}
	return s
}

// An order is a secondary index: the rows for which has is true (nil: all), sorted by less, which
// ends on the key so that no two rows are equal. lead is for sorting many rows fast; tables that stay small have none.
type order[R any] struct {
	less func(a, b *R) bool
	has  func(*R) bool
	lead func(*R) lead
}

// A table is one kind of row in one snapshot. Trees are copied on write: clone is O(1) for each tree. Two
// copies of one tree at a time would race, and worlds that were forked share tables: hence the lock.
// Once a snapshot is published nothing but clone touches its rows and edits, and readers beside it are safe.
type table[R any] struct {
	def   *def[R]
	copy  sync.Mutex
	rows  *btree.Map[string, *R]
	edits *edit[R] // that the indexes may not have yet
	by    []index[R, *R]
	more  []sequel[R]
}

// degree is half of how many rows a node of a tree holds. Each write copies one node on each level: with 12 it copies half
// of the bytes that it copies with the trees' default of 32, for as much memory. With fewer the nodes themselves, and what
// is allocated for them, begin to cost more than is saved.
const degree = 12

func newTable[R any](d *def[R]) *table[R] {
	t := &table[R]{def: d, rows: btree.NewMap[string, *R](degree), by: make([]index[R, *R], len(d.indexes))}
	for i := range t.by {
		t.by[i].start(d.indexes[i].follow, newTree(d.indexes[i].less))
	}
	for _, start := range d.sequels {
		t.more = append(t.more, start())
	}
	return t
}

func (t *table[R]) clone() anyTable {
	t.copy.Lock()
	rows := t.rows.Copy()
	t.copy.Unlock()
	c := &table[R]{def: t.def, rows: rows, edits: t.edits, by: make([]index[R, *R], len(t.by))}
	for i := range t.by {
		c.by[i].is(&t.by[i])
	}
	for _, m := range t.more {
		c.more = append(c.more, m.copied())
	}
	return c
}

func (t *table[R]) put(row *R) {
	old, had := t.rows.Set(t.def.key(row), row)
	if !had {
		old = nil
	}
	t.edit(old, row)
}

func (t *table[R]) remove(key string) bool {
	old, had := t.rows.Delete(key)
	if had {
		t.edit(old, nil)
	}
	return had
}

// edit tells the indexes, which follow when they are read, or now if they have fallen far behind.
func (t *table[R]) edit(old, row *R) {
	if len(t.by)+len(t.more) == 0 {
		return
	}
	t.edits = t.edits.and(old, row)
	if t.edits.count() < mostEdits {
		return
	}
	for i := range t.by {
		t.by[i].settle(t.edits)
	}
	for _, m := range t.more {
		m.settle(t.edits)
	}
	t.edits = nil
}

// order is the tree of an index.
func (t *table[R]) order(index int) *btree.BTreeG[*R] { return t.by[index].upTo(t.edits) }

// follow puts row in the place of old; either may be nil. One that keeps its place is written once.
func (x *order[R]) follow(tree *btree.BTreeG[*R], old, row *R) {
	was := old != nil && (x.has == nil || x.has(old))
	is := row != nil && (x.has == nil || x.has(row))
	if was && (!is || x.less(old, row) || x.less(row, old)) {
		tree.Delete(old)
	}
	if is {
		tree.Set(row)
	}
}

// ascend walks an index from the first row that is not less than pivot.
func (t *table[R]) ascend(index int, pivot *R) iter.Seq[*R] {
	return func(yield func(*R) bool) { t.order(index).Ascend(pivot, yield) }
}

// anyTable is what the snapshot needs of a table whatever its rows are.
type anyTable interface {
	clone() anyTable
	name() string
	size() int
	add(value []byte) error
	each(func(key string, row any) bool)
	lookup(key string) (any, bool)
}

func (t *table[R]) name() string { return t.def.name }
func (t *table[R]) size() int    { return t.rows.Len() }

// add is load for a row from outside: its key comes from itself and must be new, and all its members must be known.
func (t *table[R]) add(value []byte) error {
	row := new(R)
	d := json.NewDecoder(bytes.NewReader(value))
	d.DisallowUnknownFields()
	if err := d.Decode(row); err != nil {
		return err
	}
	key := t.def.key(row)
	if key == "" {
		return errors.New("it has no id")
	}
	if _, twice := t.rows.Get(key); twice {
		return fmt.Errorf("there is another row %q", key)
	}
	t.put(row)
	return nil
}

func (t *table[R]) each(f func(key string, row any) bool) {
	t.rows.Scan(func(key string, row *R) bool { return f(key, row) })
}

func (t *table[R]) lookup(key string) (any, bool) {
	row, ok := t.rows.Get(key)
	return row, ok
}
