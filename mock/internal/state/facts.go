package state

import (
	"maps"

	"github.com/tenantry/tenantry/mock/model"
)

// Settings are the world's switches.
func (v *View) Settings() model.Settings {
	if f, ok := Facts.Get(v, model.FactSettings); ok {
		return f.Settings
	}
	return nil
}

// SetSettings changes the named switches and keeps the others.
func (tx *Tx) SetSettings(changed model.Settings) {
	all := maps.Clone(tx.Settings())
	if all == nil {
		all = model.Settings{}
	}
	maps.Copy(all, changed)
	Facts.put(tx, &model.Fact{Name: model.FactSettings, Settings: all})
}

// Count is the next integer of a counter, from 1.
func (tx *Tx) Count(counter string) int64 {
	counters := map[string]int64{}
	if f, ok := Facts.Get(tx, model.FactCounters); ok {
		maps.Copy(counters, f.Counters)
	}
	counters[counter]++
	Facts.put(tx, &model.Fact{Name: model.FactCounters, Counters: counters})
	return counters[counter]
}

// Reserve makes the counter go on after n: a fixture brings integers of its own.
func (tx *Tx) Reserve(counter string, n int64) {
	counters := map[string]int64{}
	if f, ok := Facts.Get(tx, model.FactCounters); ok {
		maps.Copy(counters, f.Counters)
	}
	if counters[counter] >= n {
		return
	}
	counters[counter] = n
	Facts.put(tx, &model.Fact{Name: model.FactCounters, Counters: counters})
}
