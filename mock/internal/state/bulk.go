package state

import (
	"encoding/json"
	"fmt"
	"reflect"
	"sort"

	"github.com/tidwall/btree"
)

// A bulk is a table that takes all of its rows at once.
type bulk interface {
	// plan is the plan of its rows.
	plan() rowPlan
	// decode makes a row; it may be called from several goroutines.
	decode(p rowPlan, key string, value []byte) (any, error)
	// fill is the work of building the trees of an empty table from rows of its type, in ascending order of their keys.
	// The jobs may run at the same time.
	fill(rows []any) []func()
	bare() anyTable
}

func (t *table[R]) plan() rowPlan { return planOf(reflect.TypeFor[R]()) }

func (t *table[R]) decode(p rowPlan, key string, value []byte) (any, error) {
	row := new(R)
	if p.read(value, reflect.ValueOf(row).Elem()) {
		return row, nil
	}
	row = new(R)
	if err := json.Unmarshal(value, row); err != nil {
		return nil, fmt.Errorf("decode row %s/%s: %w", t.def.name, key, err)
	}
	return row, nil
}

func (t *table[R]) fill(made []any) []func() {
	rows := make([]*R, len(made))
	for i := range made {
		rows[i] = made[i].(*R)
	}
	return t.jobs(rows)
}

func (t *table[R]) jobs(rows []*R) []func() {
	jobs := []func(){func() { t.fillRows(rows) }}
	if t.words != nil {
		jobs = append(jobs, func() { t.fillWords(rows) })
	}
	for i := range t.by {
		jobs = append(jobs, func() { t.fillIndex(i, rows) })
	}
	return jobs
}

func (t *table[R]) fillRows(rows []*R) {
	dense(len(rows),
		func(i int) { t.rows.Load(t.def.key(rows[i]), rows[i]) },
		func(i int) { t.rows.Set(t.def.key(rows[i]), rows[i]) })
}

func (t *table[R]) fillIndex(index int, rows []*R) {
	order := &t.def.indexes[index]
	in := make([]*R, 0, len(rows))
	for _, row := range rows {
		if order.has == nil || order.has(row) {
			in = append(in, row)
		}
	}
	sort.Slice(in, func(i, j int) bool { return order.less(in[i], in[j]) })
	t.by[index].start(order.follow, filled(order.less, in))
}

func (t *table[R]) fillWords(rows []*R) {
	texts := map[string]string{} // few words are as many: most are names
	words := make([]word, 0, len(rows))
	for _, row := range rows {
		for _, text := range t.def.words(row) {
			if is, ok := texts[text]; ok {
				text = is
			} else if len(text) <= sharedWord {
				texts[text] = text
			}
			words = append(words, word{text, any(row).(searched)})
		}
	}
	sort.Slice(words, func(i, j int) bool { return lessWord(words[i], words[j]) })
	t.words.start(t.def.spell, filled(lessWord, words))
}

// sharedWord is the length up to which a word is likely to be that of many rows; longer ones are addresses.
const sharedWord = 14

// filled is a tree of sorted items.
func filled[T any](less func(a, b T) bool, sorted []T) *btree.BTreeG[T] {
	tree := newTree(less)
	dense(len(sorted),
		func(i int) { tree.Load(sorted[i]) },
		func(i int) { tree.Set(sorted[i]) })
	return tree
}

// dense puts n sorted items into an empty tree so that its leaves are full. The tree splits a full leaf in the middle;
// filled in order, it would be left with leaves that are half empty. So every other item comes first, which makes half
// full leaves, and then each of the rest fits into the gap between two.
func dense(n int, load, set func(i int)) {
	for i := 0; i < n; i += 2 {
		load(i)
	}
	for i := 1; i < n; i += 2 {
		set(i)
	}
}
