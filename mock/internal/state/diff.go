package state

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// A Difference is one row that two snapshots do not share.
type Difference struct {
	Table  string          `json:"table"`
	Key    string          `json:"key"`
	Change string          `json:"change"`           // added, removed or changed
	Before json.RawMessage `json:"before,omitempty"` // the row as it was
	After  json.RawMessage `json:"after,omitempty"`
}

// The sorts of difference.
const (
	Added   = "added"
	Removed = "removed"
	Changed = "changed"
)

// Diff lists the rows that differ, by table and key, up to a limit; more says that there are others. Rows that both
// share cost a comparison of two pointers.
func (s Snapshot) Diff(with Snapshot, limit int) (list []Difference, more bool, err error) {
	for slot, before := range s.s.tables {
		after := with.s.tables[slot]
		if before == after {
			continue
		}
		found, err := diffTables(before, after, limit-len(list)+1)
		if err != nil {
			return nil, false, err
		}
		if list = append(list, found...); len(list) > limit {
			return list[:limit], true, nil
		}
	}
	return list, false, nil
}

func diffTables(before, after anyTable, limit int) ([]Difference, error) {
	var list []Difference
	var failed error
	add := func(key string, was, is any) bool {
		d, differ, err := difference(before.name(), key, was, is)
		if failed = err; differ {
			list = append(list, d)
		}
		return err == nil && len(list) < limit
	}
	before.each(func(key string, was any) bool {
		is, ok := after.lookup(key)
		if !ok {
			return add(key, was, nil)
		}
		return was == is || add(key, was, is)
	})
	if failed != nil || len(list) >= limit {
		return list, failed
	}
	after.each(func(key string, is any) bool {
		if _, ok := before.lookup(key); ok {
			return true
		}
		return add(key, nil, is)
	})
	return list, failed
}

// difference compares rows as they are stored: one that was put again unchanged is none.
func difference(table, key string, was, is any) (d Difference, differ bool, err error) {
	d = Difference{Table: table, Key: key, Change: Changed}
	if was == nil {
		d.Change = Added
	} else if d.Before, err = json.Marshal(was); err != nil {
		return d, false, fmt.Errorf("encode row %s/%s: %w", table, key, err)
	}
	if is == nil {
		d.Change = Removed
	} else if d.After, err = json.Marshal(is); err != nil {
		return d, false, fmt.Errorf("encode row %s/%s: %w", table, key, err)
	}
	return d, !bytes.Equal(d.Before, d.After), nil
}
