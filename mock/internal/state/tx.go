package state

import (
	"encoding/json"
	"fmt"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/store"
)

// A Tx is a View that can be changed. It is for one goroutine and only valid inside the function it was
// handed to. It sees its own changes.
type Tx struct {
	*View
	ids     *det.IDs
	owned   []bool // which tables are private to this Tx
	changes []change
	quiet   bool // a bulk fill: nobody will ask for the changes
}

// A change is kept as the row itself and encoded outside the world's lock: rows never change after put.
type change struct {
	slot int
	key  string
	row  any // nil: removed
}

// usualChanges are as many as most transactions make.
const usualChanges = 4

func newTx(base *snapshot, v View) *Tx {
	s := base.fork()
	s.seq++
	v.s = s
	return &Tx{View: &v, ids: v.src.At(s.seq), owned: make([]bool, len(s.tables))}
}

// own makes the table private to the Tx before its first change.
func own[K ~string, R any](tx *Tx, k Kind[K, R]) *table[R] {
	if !tx.owned[k.slot] {
		tx.s.tables[k.slot] = tx.s.tables[k.slot].clone()
		tx.owned[k.slot] = true
	}
	return k.in(tx)
}

func (tx *Tx) record(slot int, key string, row any) {
	if tx.quiet {
		return
	}
	if tx.changes == nil {
		tx.changes = make([]change, 0, usualChanges)
	}
	tx.changes = append(tx.changes, change{slot, key, row})
}

// UUID is a new identifier. Identifiers depend on seed, world, sequence and order alone.
func (tx *Tx) UUID() string { return tx.ids.UUID() }

// IDs hands out secrets and other identifiers of this transaction.
func (tx *Tx) IDs() *det.IDs { return tx.ids }

// Millis is a version in milliseconds: now, or one more than old, so that two writers
// can be told apart under a frozen clock.
func (tx *Tx) Millis(old int64) int64 { return max(tx.now.UnixMilli(), old+1) }

// encode turns changes into what an engine stores.
func encode(tables []anyTable, changes []change) ([]store.Change, error) {
	out := make([]store.Change, 0, len(changes))
	for _, c := range changes {
		sc := store.Change{Table: tables[c.slot].name(), Key: c.key}
		if c.row != nil {
			value, err := json.Marshal(c.row)
			if err != nil {
				return nil, fmt.Errorf("encode row %s/%s: %w", sc.Table, c.key, err)
			}
			sc.Value = value
		}
		out = append(out, sc)
	}
	return out, nil
}
