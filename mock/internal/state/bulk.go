package state

import (
	"encoding/json"
	"fmt"
	"reflect"
	"sort"
	"unsafe"

	"github.com/tidwall/btree"

	"github.com/tenantry/tenantry/mock/internal/store"
)

// A bulk is a table that takes all of its rows at once.
type bulk interface {
	// plan is the plan of its rows.
	plan() rowPlan
	// decode makes a list of rows, with texts that k keeps; it may be called from several goroutines.
	decode(p rowPlan, stored []store.Change, k *keeper) (rows any, err error)
	// listed is a list of the rows that the table has.
	listed() (rows any)
	// fill is the work of building the trees of an empty table from lists of its rows, in ascending order of their keys.
	// The jobs may run at the same time.
	fill(lists []any) []func()
	bare() anyTable
}

func (t *table[R]) plan() rowPlan { return planOf(reflect.TypeFor[R]()) }

// slabBytes is the memory that some rows have together: enough to cost no more than they hold, little enough that a row
// that lives does not keep many that do not.
const slabBytes = 32 << 10

func (t *table[R]) decode(p rowPlan, stored []store.Change, k *keeper) (any, error) {
	rows := make([]*R, len(stored))
	var slab []R
	for i := range stored {
		if len(slab) == 0 {
			slab = make([]R, min(slabBytes/int(unsafe.Sizeof(*rows[i])), len(stored)-i))
		}
		rows[i], slab = &slab[0], slab[1:]
		if err := decodeRow(p, t.def.name, &stored[i], k, rows[i]); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// decodeRow reads a row into the struct that row points to.
func decodeRow(p rowPlan, table string, c *store.Change, k *keeper, row any) error {
	v := reflect.ValueOf(row).Elem()
	if p.read(c.Value, k, v) {
		return nil
	}
	v.SetZero()
	if err := json.Unmarshal(c.Value, row); err != nil {
		return fmt.Errorf("decode row %s/%s: %w", table, c.Key, err)
	}
	return nil
}

func (t *table[R]) listed() any {
	rows := make([]*R, 0, t.size())
	t.rows.Scan(func(_ string, row *R) bool {
		rows = append(rows, row)
		return true
	})
	return rows
}

func (t *table[R]) fill(lists []any) []func() {
	if len(lists) == 1 {
		return t.jobs(lists[0].([]*R))
	}
	n := 0
	for _, l := range lists {
		n += len(l.([]*R))
	}
	rows := make([]*R, 0, n)
	for _, l := range lists {
		rows = append(rows, l.([]*R)...)
	}
	return t.jobs(rows)
}

func (t *table[R]) jobs(rows []*R) []func() {
	jobs := []func(){func() { t.fillRows(rows) }}
	for _, m := range t.more {
		jobs = append(jobs, func() { m.fill(rows) })
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
	if order.lead != nil {
		in = sorted(in, order.lead, order.less)
	} else {
		sort.Slice(in, func(i, j int) bool { return order.less(in[i], in[j]) })
	}
	t.by[index].start(order.follow, filled(order.less, in))
}

// filled is a tree of sorted items.
func filled[T any](less func(a, b T) bool, sorted []T) *btree.BTreeG[T] {
	tree := newTree(less)
	var near btree.PathHint // the place of an item is beside that of the one before
	dense(len(sorted),
		func(i int) { tree.Load(sorted[i]) },
		func(i int) { tree.SetHint(sorted[i], &near) })
	return tree
}

// dense puts n sorted items into an empty tree so that its leaves are nearly full. The tree splits a full leaf in the
// middle; filled in order, it would be left with leaves that are half empty. So every other item comes first, of which each
// leaf gets as many as half a split leaf holds, and then the rest fits into the gaps. One in a run has no gap: leaves with
// one item less than they can hold need half of the memory, since their memory grows to the double.
func dense(n int, load, set func(i int)) {
	const run, behind = 2*degree - 1, 2 * (2*degree - 1) // where leaves have been split, and the items are at hand still
	for i := range n + behind {
		if i < n && i%run%2 == 0 {
			load(i)
		}
		if at := i - behind; at >= 0 && at%run%2 != 0 {
			set(at)
		}
	}
}
