package bolt

import (
	"fmt"

	"go.etcd.io/bbolt"
)

// sweepRows is how many rows of garbage a commit takes along. It lengthens the
// commit by 1 to 2 ms.
const sweepRows = 1000

// discard leaves the rows of a world to the sweep.
func (w *writer) discard(gen generation) {
	w.garbage = append(w.garbage[:len(w.garbage):len(w.garbage)], gen)
}

// sweep removes garbage up to so many rows. It rides on a commit, so that no
// call waits for the removal of a whole world and no sync is spent on it.
func (w *writer) sweep(budget int) error {
	for len(w.garbage) > 0 && budget > 0 {
		gen := w.garbage[0]
		used, gone, err := sweepGeneration(w.rows.Bucket(gen[:]), budget)
		if err != nil {
			return fmt.Errorf("remove old rows: %w", err)
		}
		budget -= used
		if !gone {
			continue
		}
		if err := w.rows.DeleteBucket(gen[:]); err != nil {
			return fmt.Errorf("remove old rows: %w", err)
		}
		w.garbage = w.garbage[1:]
	}
	return nil
}

// sweepGeneration takes from its first table and says what it used of the
// budget, and whether there was no table left.
func sweepGeneration(gen *bbolt.Bucket, budget int) (used int, gone bool, err error) {
	name, _ := gen.Cursor().First()
	if name == nil {
		return 1, true, nil
	}
	table := gen.Bucket(name)
	keys := firstKeys(table, budget)
	if len(keys) < budget {
		return len(keys) + 1, false, gen.DeleteBucket(name)
	}
	for _, k := range keys {
		if err := table.Delete(k); err != nil {
			return 0, false, err
		}
	}
	return len(keys), false, nil
}

func firstKeys(b *bbolt.Bucket, n int) [][]byte {
	var keys [][]byte
	c := b.Cursor()
	for k, _ := c.First(); k != nil && len(keys) < n; k, _ = c.Next() {
		keys = append(keys, k)
	}
	return keys
}

// clean removes every generation that no world names: what the last process
// had not swept, and its stages. Nobody waits for the file yet, so each goes
// whole, which is the quickest way.
func (e *Engine) clean() error {
	orphans, err := e.orphans()
	if err != nil {
		return err
	}
	for _, gen := range orphans {
		err := e.db.Update(func(tx *bbolt.Tx) error {
			defer e.giveBack(tx)
			return tx.Bucket(rowsBucket).DeleteBucket(gen[:])
		})
		if err != nil {
			return fmt.Errorf("remove old rows: %w", err)
		}
	}
	return nil
}

func (e *Engine) orphans() (list []generation, err error) {
	err = e.db.View(func(tx *bbolt.Tx) error {
		named := map[generation]bool{}
		err := tx.Bucket(worldsBucket).ForEach(func(id, b []byte) error {
			r, err := decode(id, b)
			named[r.gen] = true
			return err
		})
		if err != nil {
			return err
		}
		return tx.Bucket(rowsBucket).ForEachBucket(func(gen []byte) error {
			if !named[generation(gen)] {
				list = append(list, generation(gen))
			}
			return nil
		})
	})
	return list, err
}
