package sandbox

import (
	"context"
	"fmt"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/state"
)

// store writes a new world with its base. The row of the ledger comes last: without it the world never was.
func (m *Manager) store(ctx context.Context, w *World, cfg state.Config) error {
	cfg.Commits = m.cfg.Commits
	from := w.base.state
	if err := state.Keep(ctx, m.cfg.Commits, baseOf(w.ID), nil, from); err != nil {
		return err
	}
	world, err := state.CreateWorld(ctx, cfg, nil, from)
	if err != nil {
		return err
	}
	w.State = world
	return m.ledger.put(ctx, w.ID, w.entry(nil))
}

// record writes what the world has beside its state. It is called with the world's lock held.
func (m *Manager) record(ctx context.Context, w *World) error {
	if !w.Durable {
		return nil
	}
	return m.ledger.put(ctx, w.ID, w.entry(given(w.Faults)))
}

func (w *World) entry(rules []fault.Rule) entry {
	e := entry{
		Origin: w.Origin, Created: w.Created, Expires: w.Expires, Clients: w.Clients,
		Clock: w.Clock.State(), Start: w.base.clock, Faults: rules, Snapshots: map[string]savedEntry{},
	}
	for name, s := range w.snapshots {
		e.Snapshots[name] = savedEntry{Clock: s.clock, Taken: s.taken, World: s.world}
	}
	return e
}

// Open brings the durable sandboxes of the data file back, and removes what belongs to none: the rest of one that was
// being made or ended when the server died.
func (m *Manager) Open(ctx context.Context) error {
	if m.ledger == nil {
		return nil
	}
	rows, err := m.ledger.read(ctx)
	if err != nil {
		return err
	}
	if err := m.discard(ctx, func(id string) bool { return orphan(id, rows) }); err != nil {
		return err
	}
	for id, e := range rows {
		if id == Default {
			continue // its owner opens it
		}
		if err := m.reopen(ctx, id, e); err != nil {
			return err
		}
	}
	return m.Sweep(ctx)
}

func orphan(id string, rows map[string]entry) bool {
	if id == Default || id == ledgerID {
		return false
	}
	for owner, e := range rows {
		if id == owner || id == baseOf(owner) {
			return false
		}
		for name := range e.Snapshots {
			if id == snapshotOf(owner, name) {
				return false
			}
		}
	}
	return true
}

func (m *Manager) reopen(ctx context.Context, id string, e entry) error {
	w := &World{ID: id, Clock: det.NewVirtual(m.cfg.Wall), Durable: true}
	w.recall(e)
	var err error
	cfg := state.Config{ID: id, Clock: w.Clock, Source: w.source(), Commits: m.cfg.Commits}
	if w.State, err = state.Open(ctx, cfg); err != nil {
		return err
	}
	m.equip(w)
	if err := w.rearm(e.Faults); err != nil {
		return err
	}
	m.add(w)
	return nil
}

func (w *World) source() det.Source { return det.NewSource(w.Origin.Seed, w.ID) }

// recall is entry, backwards. A clock that runs has gone on while the server was down.
func (w *World) recall(e entry) {
	w.Origin, w.Created, w.Expires, w.Clients = e.Origin, e.Created, e.Expires, e.Clients
	w.base = saved{clock: e.Start, taken: e.Created}
	w.snapshots = map[string]saved{}
	for name, s := range e.Snapshots {
		w.snapshots[name] = saved{clock: s.Clock, taken: s.Taken, world: s.World}
	}
	w.Clock.Restore(e.Clock)
}

func (w *World) rearm(rules []fault.Rule) error {
	if problems := w.Faults.Replace(rules); len(problems) > 0 {
		return fmt.Errorf("fault rules of sandbox %q in the data file: %s: %s", w.ID, problems[0].Pointer, problems[0].Detail)
	}
	return nil
}

// load finds the state of s, which may have been left in the data file since the start.
func (m *Manager) load(ctx context.Context, s saved, id string) (saved, error) {
	if !s.state.IsZero() {
		return s, nil
	}
	if id == baseOf(Default) {
		return m.defaultBase(s)
	}
	var err error
	s.state, err = state.Kept(ctx, m.cfg.Commits, id)
	return s, err
}

// discard drops what is stored under the ids that match.
func (m *Manager) discard(ctx context.Context, match func(id string) bool) error {
	stored, err := m.cfg.Commits.Stored(ctx)
	if err != nil {
		return err
	}
	for _, world := range stored {
		if !match(world.ID) {
			continue
		}
		if err := m.cfg.Commits.Discard(ctx, world); err != nil {
			return err
		}
	}
	return nil
}
