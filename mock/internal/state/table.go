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
	words   func(*R) []string // the words by which a row is searched; nil: it is not
}

// An order is a secondary index: the rows for which has is true (nil: all), sorted by less, which
// ends on the key so that no two rows are equal.
type order[R any] struct {
	less func(a, b *R) bool
	has  func(*R) bool
}

// A word is one entry of the search index. It is the same type for every table: with one of their own each, the trees
// took three megabytes of the binary.
type word struct {
	text string
	key  string
	row  any // of the table's type
}

func lessWord(a, b word) bool {
	if a.text != b.text {
		return a.text < b.text
	}
	return a.key < b.key
}

// A table is one kind of row in one snapshot. Trees are copied on write: clone is O(1) for each tree. Two
// copies of one tree at a time would race, and worlds that were forked share tables: hence the lock.
// Once a snapshot is published nothing but clone touches its tables, and readers beside it are safe.
type table[R any] struct {
	def   *def[R]
	copy  sync.Mutex
	rows  *btree.Map[string, *R]
	by    []*btree.BTreeG[*R]
	words *btree.BTreeG[word]
}

func newTable[R any](d *def[R]) *table[R] {
	t := &table[R]{def: d, rows: btree.NewMap[string, *R](0)}
	for i := range d.indexes {
		t.by = append(t.by, btree.NewBTreeGOptions(d.indexes[i].less, btree.Options{NoLocks: true}))
	}
	if d.words != nil {
		t.words = btree.NewBTreeGOptions(lessWord, btree.Options{NoLocks: true})
	}
	return t
}

func (t *table[R]) clone() anyTable {
	t.copy.Lock()
	defer t.copy.Unlock()
	c := &table[R]{def: t.def, rows: t.rows.Copy(), by: make([]*btree.BTreeG[*R], len(t.by))}
	for i := range t.by {
		c.by[i] = t.by[i].Copy()
	}
	if t.words != nil {
		c.words = t.words.Copy()
	}
	return c
}

func (t *table[R]) put(row *R) {
	key := t.def.key(row)
	old, had := t.rows.Set(key, row)
	if had {
		t.unindex(key, old)
	}
	for i := range t.by {
		if has := t.def.indexes[i].has; has == nil || has(row) {
			t.by[i].Set(row)
		}
	}
	if t.words != nil {
		for _, w := range t.def.words(row) {
			t.words.Set(word{w, key, row})
		}
	}
}

func (t *table[R]) remove(key string) bool {
	old, had := t.rows.Delete(key)
	if had {
		t.unindex(key, old)
	}
	return had
}

func (t *table[R]) unindex(key string, old *R) {
	for i := range t.by {
		if has := t.def.indexes[i].has; has == nil || has(old) {
			t.by[i].Delete(old)
		}
	}
	if t.words != nil {
		for _, w := range t.def.words(old) {
			t.words.Delete(word{text: w, key: key})
		}
	}
}

// ascend walks an index from the first row that is not less than pivot.
func (t *table[R]) ascend(index int, pivot *R) iter.Seq[*R] {
	return func(yield func(*R) bool) { t.by[index].Ascend(pivot, yield) }
}

// anyTable is what the snapshot needs of a table whatever its rows are.
type anyTable interface {
	clone() anyTable
	name() string
	size() int
	load(key string, value []byte) error
	add(value []byte) error
	each(func(key string, row any) bool)
	lookup(key string) (any, bool)
}

func (t *table[R]) name() string { return t.def.name }
func (t *table[R]) size() int    { return t.rows.Len() }

func (t *table[R]) load(key string, value []byte) error {
	row := new(R)
	if err := json.Unmarshal(value, row); err != nil {
		return fmt.Errorf("decode row %s/%s: %w", t.def.name, key, err)
	}
	t.put(row)
	return nil
}

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
