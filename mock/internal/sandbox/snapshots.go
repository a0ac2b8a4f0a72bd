package sandbox

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// MaxSnapshots bounds how many snapshots a world has.
const MaxSnapshots = 100

// A Snapshot is a saved state of a world, by its name.
type Snapshot struct {
	Name  string
	Taken time.Time // wall time
	World time.Time // of the world's clock
	Clock *det.ClockState
}

// Names that stand for states that are no snapshots, when two are compared.
const (
	Now  = "now"  // the present state
	Base = "base" // where the world began
)

// Save keeps the world's state and clock under a name, in the place of what the name stood for.
func (m *Manager) Save(ctx context.Context, w *World, name string) (Snapshot, error) {
	if !idForm.MatchString(name) || name == Now || name == Base {
		return Snapshot{}, model.Errorf(model.Invalid, "invalid_name",
			"snapshot %q: use 1 to 63 lower-case letters, digits and hyphens; %q and %q have a meaning of their own", name, Now, Base)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.alive(); err != nil {
		return Snapshot{}, err
	}
	if _, has := w.snapshots[name]; !has && len(w.snapshots) >= MaxSnapshots {
		return Snapshot{}, model.Errorf(model.Conflict, "too_many_snapshots", "sandbox %q has %d snapshots, and no more can be made; delete some", w.ID, len(w.snapshots))
	}
	s := saved{clock: clockOf(w.Clock), state: w.State.Snapshot(), taken: m.cfg.Wall(), world: w.Clock.Now()}
	if w.Durable {
		if err := state.Keep(ctx, m.cfg.Commits, snapshotOf(w.ID, name), nil, s.state); err != nil {
			return Snapshot{}, err
		}
	}
	was, had := w.snapshots[name]
	w.snapshots[name] = s
	if err := m.record(ctx, w); err != nil {
		delete(w.snapshots, name)
		if had {
			w.snapshots[name] = was
		}
		return Snapshot{}, err
	}
	return s.public(name), nil
}

func (s saved) public(name string) Snapshot {
	return Snapshot{Name: name, Taken: s.taken, World: s.world, Clock: s.clock}
}

// Snapshots lists the world's snapshots by name.
func (w *World) Snapshots() []Snapshot {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := make([]Snapshot, 0, len(w.snapshots))
	for name, s := range w.snapshots {
		list = append(list, s.public(name))
	}
	slices.SortFunc(list, func(a, b Snapshot) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

// Restore takes the world back to a snapshot, its clock too. Fault rules and journal stay.
func (m *Manager) Restore(ctx context.Context, w *World, name string) (Snapshot, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.alive(); err != nil {
		return Snapshot{}, err
	}
	s, err := m.saved(ctx, w, name)
	if err != nil {
		return Snapshot{}, err
	}
	if err := m.put(ctx, w, s); err != nil {
		return Snapshot{}, err
	}
	return s.public(name), m.record(ctx, w)
}

// Drop deletes a snapshot.
func (m *Manager) Drop(ctx context.Context, w *World, name string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	was, ok := w.snapshots[name]
	if !ok {
		return w.noSnapshot(name)
	}
	delete(w.snapshots, name)
	if err := m.record(ctx, w); err != nil {
		w.snapshots[name] = was
		return err
	}
	if !w.Durable {
		return nil
	}
	return m.discard(ctx, func(id string) bool { return id == snapshotOf(w.ID, name) })
}

// Diff compares two states of a world: snapshots by name, Base, or Now.
func (m *Manager) Diff(ctx context.Context, w *World, from, to string, limit int) ([]state.Difference, bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	a, err := m.named(ctx, w, from)
	if err != nil {
		return nil, false, err
	}
	b, err := m.named(ctx, w, to)
	if err != nil {
		return nil, false, err
	}
	return a.Diff(b, limit)
}

func (m *Manager) named(ctx context.Context, w *World, name string) (state.Snapshot, error) {
	switch name {
	case Now:
		return w.State.Snapshot(), nil
	case Base:
		base, err := m.load(ctx, w.base, baseOf(w.ID))
		w.base = base
		return base.state, err
	}
	s, err := m.saved(ctx, w, name)
	return s.state, err
}

// saved finds a snapshot, from the data file if it has not been asked for since the start.
func (m *Manager) saved(ctx context.Context, w *World, name string) (saved, error) {
	s, ok := w.snapshots[name]
	if !ok {
		return s, w.noSnapshot(name)
	}
	s, err := m.load(ctx, s, snapshotOf(w.ID, name))
	if err == nil {
		w.snapshots[name] = s
	}
	return s, err
}

func (w *World) noSnapshot(name string) error {
	has := "none"
	if len(w.snapshots) > 0 {
		has = strings.Join(slices.Sorted(maps.Keys(w.snapshots)), ", ")
	}
	return model.Errorf(model.NotFound, "snapshot_not_found", "sandbox %q has no snapshot %q; it has %s", w.ID, name, has)
}
