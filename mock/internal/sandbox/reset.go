package sandbox

import (
	"context"
	"maps"
	"slices"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// Reset takes a world back to where it began: its state, with its own credentials and the settings that it was made
// with, and its clock. Fault rules and journal are cleared, snapshots stay.
func (m *Manager) Reset(ctx context.Context, w *World) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.alive(); err != nil {
		return err
	}
	base, err := m.load(ctx, w.base, baseOf(w.ID))
	if err != nil {
		return err
	}
	w.base = base
	w.Faults.Clear() // first: who comes now is held no more
	if err := m.put(ctx, w, base); err != nil {
		return err
	}
	w.Journal.Clear()
	return m.record(ctx, w)
}

// ReplaceState puts a state in the place of the world's own. Its clock, rules and snapshots stay, and its own clients as
// far as those are there of which they are twins.
func (m *Manager) ReplaceState(ctx context.Context, w *World, with state.Snapshot) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.alive(); err != nil {
		return err
	}
	cfg := state.Config{ID: w.ID, Clock: w.Clock, Source: w.source()}
	whole := state.NewWorld(cfg, with)
	err := whole.Update(ctx, func(tx *state.Tx) error {
		m.mintAgain(tx, w)
		return nil
	})
	if err != nil {
		return err
	}
	w.rebirth()
	return w.State.Replace(ctx, w.meta, whole.Snapshot(), func() {})
}

// Load is ReplaceState with what fill makes of an empty state.
func (m *Manager) Load(ctx context.Context, w *World, fill func(*state.Tx) error) error {
	cfg := state.Config{ID: w.ID, Clock: w.Clock, Source: w.source()}
	s, err := state.Build(cfg, fill)
	if err != nil {
		return err
	}
	return m.ReplaceState(ctx, w, s)
}

// put makes a saved state with its clock the world's own, and ends what waits in the present one. It is called with the
// world's lock held.
func (m *Manager) put(ctx context.Context, w *World, s saved) error {
	w.rebirth()
	return w.State.Replace(ctx, w.meta, s.state, func() { setClock(w.Clock, s.clock, m.cfg.Wall()) })
}

// Configure changes settings of a world and keeps the others.
func (m *Manager) Configure(ctx context.Context, w *World, settings model.Settings) error {
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		if err := model.CheckSetting(name, settings[name]); err != nil {
			return model.Errorf(model.Invalid, "invalid_setting", "%v", err)
		}
	}
	return w.State.Update(ctx, func(tx *state.Tx) error {
		tx.SetSettings(settings)
		return nil
	})
}
