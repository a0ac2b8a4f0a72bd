package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/model"
)

// DefaultSpec says what the default world is made from. Empty members take what the data file was made with, else
// DefaultFixture and DefaultSeed.
type DefaultSpec struct {
	Fixture  string
	Seed     *int64
	Settings model.Settings // put in force at every start
	At       time.Time      // where the clock of a new world is stopped; zero: it follows the wall
	File     string         // name of the data file, for errors
}

// made is what the data file says of the default world.
type made struct {
	Fixture string    `json:"fixture"`
	Seed    int64     `json:"seed"`
	At      time.Time `json:"at,omitzero"` // when the fixture was filled, in the world's time
}

// OpenDefault makes the default world, or loads it from the data file.
func (m *Manager) OpenDefault(ctx context.Context, spec DefaultSpec) error {
	w := &World{ID: Default, Clock: det.NewVirtual(m.cfg.Wall), Created: m.cfg.Wall(), snapshots: map[string]saved{}}
	m.settings = spec.Settings
	if !spec.At.IsZero() {
		w.Clock.Restore(det.ClockState{Virtual: spec.At.UTC(), Wall: w.Created})
	}
	var err error
	if m.ledger == nil {
		err = m.memoryDefault(w, spec)
	} else {
		err = m.durableDefault(ctx, w, spec)
	}
	if err != nil {
		return err
	}
	if w.Faults == nil {
		m.equip(w)
	}
	if len(spec.Settings) > 0 {
		if err := m.Configure(ctx, w, spec.Settings); err != nil {
			return err
		}
	}
	if !w.Durable {
		w.base.state = w.State.Snapshot()
	}
	m.add(w)
	return nil
}

func (s DefaultSpec) or(fallback made) made {
	if s.Fixture != "" {
		fallback.Fixture = s.Fixture
	}
	if s.Seed != nil {
		fallback.Seed = *s.Seed
	}
	return fallback
}

func (m *Manager) memoryDefault(w *World, spec DefaultSpec) error {
	from := spec.or(made{Fixture: DefaultFixture, Seed: DefaultSeed})
	w.Origin = Origin{Fixture: from.Fixture, Seed: from.Seed}
	s, err := m.fixture(baseKey{fixture: from.Fixture, seed: from.Seed, at: spec.At})
	if err != nil {
		return err
	}
	w.State = state.NewWorld(state.Config{ID: Default, Clock: w.Clock, Source: w.source()}, s)
	w.base = saved{taken: w.Created, world: w.Clock.Now(), clock: clockOf(w.Clock)}
	return nil
}

func (m *Manager) durableDefault(ctx context.Context, w *World, spec DefaultSpec) error {
	w.Durable = true
	found, err := m.storedDefault(ctx)
	if err != nil {
		return err
	}
	if found == nil {
		return m.newDurableDefault(ctx, w, spec)
	}
	var from made
	if err := json.Unmarshal(found.Meta, &from); err != nil {
		return fmt.Errorf("data file %s: its world does not say what it was made from: %w", spec.File, err)
	}
	if asked := spec.or(from); asked != from {
		return fmt.Errorf("data file %s was made with --fixture %s --seed %d, not --fixture %s --seed %d: "+
			"leave the flags out, or name another file with --data", spec.File, from.Fixture, from.Seed, asked.Fixture, asked.Seed)
	}
	return m.reopenDefault(ctx, w, found.Meta, from)
}

func (m *Manager) newDurableDefault(ctx context.Context, w *World, spec DefaultSpec) error {
	from := spec.or(made{Fixture: DefaultFixture, Seed: DefaultSeed})
	from.At = w.Clock.Now()
	meta, err := json.Marshal(from)
	if err != nil {
		return fmt.Errorf("describe the new world: %w", err)
	}
	fill, err := m.cfg.Fixture(from.Fixture)
	if err != nil {
		return err
	}
	w.Origin, w.meta = Origin{Fixture: from.Fixture, Seed: from.Seed}, meta
	w.base = saved{taken: w.Created, world: from.At, clock: clockOf(w.Clock)}
	w.State, err = state.Create(ctx, state.Config{ID: Default, Clock: w.Clock, Source: w.source(), Commits: m.cfg.Commits}, meta, fill)
	if err != nil {
		return err
	}
	m.equip(w)
	return m.record(ctx, w)
}

func (m *Manager) reopenDefault(ctx context.Context, w *World, meta []byte, from made) error {
	rows, err := m.ledger.read(ctx)
	if err != nil {
		return err
	}
	e, has := rows[Default]
	if has {
		w.recall(e)
	}
	w.Origin, w.meta = Origin{Fixture: from.Fixture, Seed: from.Seed}, meta
	w.base = saved{taken: e.Created, world: from.At, clock: e.Start}
	m.equip(w)
	if err := w.rearm(e.Faults); err != nil {
		return err
	}
	w.State, err = state.Open(ctx, state.Config{ID: Default, Clock: w.Clock, Source: w.source(), Commits: m.cfg.Commits})
	return err
}

func (m *Manager) storedDefault(ctx context.Context) (*store.World, error) {
	worlds, err := m.cfg.Commits.Stored(ctx)
	if err != nil {
		return nil, err
	}
	for i := range worlds {
		if worlds[i].ID == Default {
			return &worlds[i], nil
		}
	}
	return nil, nil
}

// defaultBase is the state that the default world of the data file began with: its fixture, filled again as of then. A
// copy of it would double a big file. A fixture that is a file is read as it is now.
func (m *Manager) defaultBase(s saved) (saved, error) {
	w, err := m.Find(Default)
	if err != nil {
		return s, err
	}
	if s.world.IsZero() {
		return s, model.Errorf(model.Conflict, "no_base", "the data file was made by an older version, which did not note when: the sandbox %q cannot be reset", Default)
	}
	fill, err := m.cfg.Fixture(w.Origin.Fixture)
	if err != nil {
		return s, err
	}
	clock := det.NewVirtual(m.cfg.Wall)
	clock.Restore(det.ClockState{Virtual: s.world, Wall: s.world})
	s.state, err = state.Build(state.Config{ID: Default, Clock: clock, Source: w.source()}, func(tx *state.Tx) error {
		if err := fill(tx); err != nil || len(m.settings) == 0 {
			return err
		}
		tx.SetSettings(m.settings)
		return nil
	})
	return s, err
}

// MadeFrom reports whether a world began with the fixture: the data file may say so where no flag does.
func (m *Manager) MadeFrom(fixture string) bool {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for _, w := range m.worlds {
		if w != nil && w.Origin.Fixture == fixture {
			return true
		}
	}
	return false
}
