package state

import (
	"iter"
)

// A Kind is the handle of one table: its key type, its row type, its place in a snapshot.
type Kind[K ~string, R any] struct {
	slot int
	def  *def[R]
}

// Reader is a View or a Tx.
type Reader interface{ snap() *snapshot }

func (k Kind[K, R]) in(r Reader) *table[R] { return r.snap().tables[k.slot].(*table[R]) }

// Name is the table's name in the data file.
func (k Kind[K, R]) Name() string { return k.def.name }

// Get finds a row by its key. The row is shared: never modify it.
func (k Kind[K, R]) Get(r Reader, key K) (*R, bool) { return k.in(r).rows.Get(string(key)) }

// Len is the number of rows.
func (k Kind[K, R]) Len(r Reader) int { return k.in(r).rows.Len() }

// All walks every row in the order of the keys.
func (k Kind[K, R]) All(r Reader) iter.Seq[*R] {
	return func(yield func(*R) bool) {
		k.in(r).rows.Scan(func(_ string, row *R) bool { return yield(row) })
	}
}

// From walks the rows in the order of the keys, beginning at the first key that is not less than key.
func (k Kind[K, R]) From(r Reader, key K) iter.Seq[*R] {
	return func(yield func(*R) bool) {
		k.in(r).rows.Ascend(string(key), func(_ string, row *R) bool { return yield(row) })
	}
}

// put writes a row. Resource packages use the Put methods of Tx, which keep derived rows in step.
func (k Kind[K, R]) put(tx *Tx, row *R) {
	t := own(tx, k)
	t.put(row)
	tx.record(k.slot, k.def.key(row), row)
}

// remove takes a row away; it says whether there was one.
func (k Kind[K, R]) remove(tx *Tx, key K) bool {
	if _, ok := k.Get(tx, key); !ok {
		return false
	}
	own(tx, k).remove(string(key))
	tx.record(k.slot, string(key), nil)
	return true
}

// An Index is a secondary order of a Kind.
type Index[R any] struct {
	slot  int
	index int
}

// From walks the index from the first row that is not less than pivot.
func (x Index[R]) From(r Reader, pivot *R) iter.Seq[*R] {
	return r.snap().tables[x.slot].(*table[R]).ascend(x.index, pivot)
}

// While walks the index from pivot on for as long as the rows satisfy in.
func (x Index[R]) While(r Reader, pivot *R, in func(*R) bool) iter.Seq[*R] {
	return func(yield func(*R) bool) {
		for row := range x.From(r, pivot) {
			if !in(row) || !yield(row) {
				return
			}
		}
	}
}

// First is the first row of the index from pivot on that satisfies in; a row that does not ends the search.
func (x Index[R]) First(r Reader, pivot *R, in func(*R) bool) (*R, bool) {
	for row := range x.While(r, pivot, in) {
		return row, true
	}
	return nil, false
}
