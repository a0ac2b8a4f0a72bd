package sandbox

import (
	"slices"
	"sync"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/state"
)

// maxBases bounds how many filled fixtures are kept to begin worlds with.
const maxBases = 8

// A baseKey is all that a filled fixture depends on.
type baseKey struct {
	fixture string
	seed    int64
	at      time.Time // zero: whenever the first of them was filled
}

// bases are the states that fixtures make, so that a fixture is read once and not for each world. What a fixture
// leaves to be drawn is the same in all worlds of a seed.
type bases struct {
	mu   sync.Mutex
	kept []base // the latest used at the end
}

type base struct {
	key   baseKey
	state state.Snapshot
}

// get is the state of a key; build makes it where it is not kept.
func (b *bases) get(key baseKey, build func() (state.Snapshot, error)) (state.Snapshot, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	i := slices.IndexFunc(b.kept, func(kept base) bool { return kept.key == key })
	if i >= 0 {
		found := b.kept[i]
		b.kept = append(slices.Delete(b.kept, i, i+1), found)
		return found.state, nil
	}
	s, err := build()
	if err != nil {
		return s, err
	}
	if len(b.kept) == maxBases {
		b.kept = slices.Delete(b.kept, 0, 1)
	}
	b.kept = append(b.kept, base{key, s})
	return s, nil
}

// fixture is the state that a fixture makes at a time.
func (m *Manager) fixture(key baseKey) (state.Snapshot, error) {
	return m.bases.get(key, func() (state.Snapshot, error) {
		fill, err := m.cfg.Fixture(key.fixture)
		if err != nil {
			return state.Snapshot{}, err
		}
		at := key.at
		if at.IsZero() {
			at = m.cfg.Wall()
		}
		clock := det.NewVirtual(m.cfg.Wall)
		clock.Restore(det.ClockState{Virtual: at, Wall: at})
		return state.Build(state.Config{ID: Default, Clock: clock, Source: det.NewSource(key.seed, Default)}, fill)
	})
}
