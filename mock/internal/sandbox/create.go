package sandbox

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// A Spec says what world to make. Its zero value is a copy of the default fixture under a name that is free.
type Spec struct {
	ID       string
	Fixture  string // one of Fixture, Snapshot and Fork; none: DefaultFixture
	Snapshot string // sandbox/name, or the name of a snapshot of the default world
	Fork     string // id of the sandbox whose present state, clock included, is copied
	Seed     *int64 // nil: DefaultSeed, or that of the world that is copied
	Clock    ClockChange
	TTL      time.Duration // of the wall; 0: until it is deleted
	Durable  bool
	Settings model.Settings
}

// What a Spec falls back to.
const (
	DefaultFixture = "demo"
	DefaultSeed    = 1
)

var idForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// A source is where a new world begins.
type source struct {
	state   state.Snapshot
	clock   *det.ClockState
	clients []Client // twins that are not the new world's own
}

// Create makes a world, whole or not at all.
func (m *Manager) Create(ctx context.Context, spec Spec) (*World, error) {
	if err := m.Sweep(ctx); err != nil {
		return nil, err
	}
	if err := m.check(&spec); err != nil {
		return nil, err
	}
	if err := m.reserve(&spec); err != nil {
		return nil, err
	}
	w, err := m.create(ctx, spec)
	if err != nil {
		m.mu.Lock()
		defer m.mu.Unlock()
		delete(m.worlds, spec.ID)
		return nil, err
	}
	m.add(w)
	if spec.TTL > 0 {
		det.AfterFunc(spec.TTL, func() { _ = m.Sweep(context.WithoutCancel(ctx)) }) // what it cannot end, the next sweep will
	}
	return w, nil
}

func (m *Manager) check(spec *Spec) error {
	from := 0
	for _, s := range []string{spec.Fixture, spec.Snapshot, spec.Fork} {
		if s != "" {
			from++
		}
	}
	switch {
	case spec.ID != "" && !idForm.MatchString(spec.ID):
		return model.Errorf(model.Invalid, "invalid_id", "id %q: use 1 to 63 lower-case letters, digits and hyphens, with no hyphen at either end", spec.ID)
	case from > 1:
		return model.Errorf(model.Invalid, "ambiguous_source", "a sandbox begins with one thing: use one of fixture, snapshot and fork")
	case spec.TTL < 0:
		return model.Errorf(model.Invalid, "invalid_ttl", "ttl %v is negative", spec.TTL)
	case spec.Durable && m.ledger == nil:
		return model.Errorf(model.Invalid, "no_data_file", "a durable sandbox needs a data file: start the server with --data FILE")
	}
	for _, name := range slices.Sorted(maps.Keys(spec.Settings)) {
		if err := model.CheckSetting(name, spec.Settings[name]); err != nil {
			return model.Errorf(model.Invalid, "invalid_setting", "%v", err)
		}
	}
	return spec.Clock.check()
}

// reserve takes the id, so that of two requests for one id the second is refused.
func (m *Manager) reserve(spec *Spec) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.worlds) >= MaxSandboxes {
		return model.Errorf(model.Conflict, "too_many_sandboxes", "there are %d sandboxes, and no more can be made; delete some, or give them a ttl", len(m.worlds))
	}
	if spec.ID == "" {
		spec.ID = m.freeID()
	}
	if _, taken := m.worlds[spec.ID]; taken {
		return model.Errorf(model.Conflict, "sandbox_exists", "there is a sandbox %q already; delete it first, or choose another id", spec.ID)
	}
	m.worlds[spec.ID] = nil
	return nil
}

func (m *Manager) freeID() string {
	for {
		m.count++
		id := fmt.Sprintf("sandbox-%d", m.count)
		if _, taken := m.worlds[id]; !taken {
			return id
		}
	}
}

func (m *Manager) create(ctx context.Context, spec Spec) (*World, error) {
	from, origin, err := m.source(ctx, spec)
	if err != nil {
		return nil, err
	}
	clock := det.NewVirtual(m.cfg.Wall)
	setClock(clock, from.clock, m.cfg.Wall())
	if err := spec.Clock.apply(clock, from.clock == nil); err != nil {
		return nil, err
	}
	w := &World{
		ID: spec.ID, Clock: clock, Origin: origin, Durable: spec.Durable, Created: m.cfg.Wall(), snapshots: map[string]saved{},
	}
	if spec.TTL > 0 {
		w.Expires = w.Created.Add(spec.TTL)
	}
	cfg := state.Config{ID: w.ID, Clock: clock, Source: det.NewSource(origin.Seed, w.ID)}
	w.State = state.NewWorld(cfg, from.state)
	err = w.State.Update(ctx, func(tx *state.Tx) error {
		w.Clients = twins(tx, cfg.Source, from.clients)
		if len(spec.Settings) > 0 {
			tx.SetSettings(spec.Settings)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	w.base = saved{state: w.State.Snapshot(), clock: clockOf(clock), taken: w.Created, world: clock.Now()}
	if w.Durable {
		if err := m.store(ctx, w, cfg); err != nil {
			return nil, err
		}
	}
	m.equip(w)
	return w, nil
}

// equip gives the world what is not part of its state.
func (m *Manager) equip(w *World) {
	w.life.Store(newLife())
	w.Faults = fault.NewSet(fault.Config{Doc: m.cfg.Document, Seed: w.Origin.Seed, World: w.ID, Clock: w.Clock, Wall: m.cfg.Wall})
	w.Journal = journal.New(m.cfg.Budget, m.cfg.Journal)
}

// source finds what the world begins with.
func (m *Manager) source(ctx context.Context, spec Spec) (source, Origin, error) {
	switch {
	case spec.Fork != "":
		return m.fork(spec)
	case spec.Snapshot != "":
		return m.fromSnapshot(ctx, spec)
	}
	origin := Origin{Fixture: spec.Fixture, Seed: DefaultSeed}
	if origin.Fixture == "" {
		origin.Fixture = DefaultFixture
	}
	if spec.Seed != nil {
		origin.Seed = *spec.Seed
	}
	s, err := m.fixture(baseKey{fixture: origin.Fixture, seed: origin.Seed, at: spec.Clock.Set})
	return source{state: s}, origin, err
}

func (m *Manager) fork(spec Spec) (source, Origin, error) {
	of, err := m.Find(spec.Fork)
	if err != nil {
		return source{}, Origin{}, err
	}
	origin := Origin{Fork: of.ID, Seed: of.Origin.Seed}
	if spec.Seed != nil {
		origin.Seed = *spec.Seed
	}
	return source{state: of.State.Snapshot(), clock: clockOf(of.Clock), clients: of.Clients}, origin, nil
}

func (m *Manager) fromSnapshot(ctx context.Context, spec Spec) (source, Origin, error) {
	id, name, ok := strings.Cut(spec.Snapshot, "/")
	if !ok {
		id, name = Default, spec.Snapshot
	}
	of, err := m.Find(id)
	if err != nil {
		return source{}, Origin{}, err
	}
	of.mu.Lock()
	defer of.mu.Unlock()
	s, err := m.saved(ctx, of, name)
	if err != nil {
		return source{}, Origin{}, err
	}
	origin := Origin{Snapshot: id + "/" + name, Seed: of.Origin.Seed}
	if spec.Seed != nil {
		origin.Seed = *spec.Seed
	}
	return source{state: s.state, clock: s.clock, clients: of.Clients}, origin, nil
}
