package sandbox

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/model"
	"github.com/tenantry/tenantry/openapi"
)

// MaxSandboxes bounds how many worlds there are at once.
const MaxSandboxes = 10_000

// Config is what a manager needs.
type Config struct {
	Document *openapi.Document
	// Fixture is the function that fills a world; a refusal names the fixtures that there are.
	Fixture func(name string) (func(*state.Tx) error, error)
	Engine  store.Engine     // nil: nothing is durable
	Commits *state.Committer // of Engine
	Journal int64            // bytes of journal that a sandbox keeps; 0: journal's default
	Budget  *journal.Budget  // of all journals
	Wall    func() time.Time // nil: the machine's clock
}

// A Manager makes, finds and ends worlds. It is safe for concurrent use.
type Manager struct {
	cfg      Config
	ledger   *ledger // nil: nothing is durable
	bases    bases
	settings model.Settings // that the default world gets at every start

	mu       sync.RWMutex
	worlds   map[string]*World // nil for an id that is being made
	byClient map[model.ClientID]*World
	count    int // worlds that were made since the start, to name the next one
}

// NewManager makes one without worlds.
func NewManager(cfg Config) *Manager {
	if cfg.Wall == nil {
		cfg.Wall = det.Wall
	}
	m := &Manager{cfg: cfg, worlds: map[string]*World{}, byClient: map[model.ClientID]*World{}}
	if cfg.Engine != nil {
		m.ledger = &ledger{engine: cfg.Engine}
	}
	return m
}

// Get finds a world that has not expired.
func (m *Manager) Get(id string) (*World, bool) {
	m.mu.RLock()
	w := m.worlds[id]
	m.mu.RUnlock()
	if w == nil || w.expired(m.cfg.Wall()) {
		return nil, false
	}
	return w, true
}

// Find is Get with a refusal.
func (m *Manager) Find(id string) (*World, error) {
	w, ok := m.Get(id)
	if !ok {
		return nil, missing(id)
	}
	return w, nil
}

// ByClient finds the world that a client was minted for.
func (m *Manager) ByClient(id model.ClientID) (*World, bool) {
	m.mu.RLock()
	w := m.byClient[id]
	m.mu.RUnlock()
	if w == nil || w.expired(m.cfg.Wall()) {
		return nil, false
	}
	return w, true
}

// Alone reports whether there is no world but the default one: then requests need not be asked where they belong.
func (m *Manager) Alone() bool {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return len(m.worlds) == 1
}

// List is every world, by id.
func (m *Manager) List() []*World {
	now := m.cfg.Wall()
	m.mu.RLock()
	defer m.mu.RUnlock()
	list := make([]*World, 0, len(m.worlds))
	for _, w := range m.worlds {
		if w != nil && !w.expired(now) {
			list = append(list, w)
		}
	}
	slices.SortFunc(list, func(a, b *World) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

func (w *World) expired(now time.Time) bool { return !w.Expires.IsZero() && !now.Before(w.Expires) }

func missing(id string) error {
	return model.Errorf(model.NotFound, "sandbox_not_found", "there is no sandbox %q; it was never made, deleted, or has expired", id)
}

// alive refuses what comes too late. It is called with the world's lock held.
func (w *World) alive() error {
	if w.gone {
		return missing(w.ID)
	}
	return nil
}

// add makes a world reachable.
func (m *Manager) add(w *World) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.worlds[w.ID] = w
	for _, c := range w.Clients {
		m.byClient[c.ID] = w
	}
}

// Delete ends a world and all that is kept of it.
func (m *Manager) Delete(ctx context.Context, id string) error {
	if id == Default {
		return model.Errorf(model.Conflict, "default_sandbox", "the sandbox %q cannot be deleted; reset it instead", id)
	}
	w, err := m.Find(id)
	if err != nil {
		return err
	}
	return m.end(ctx, w)
}

// Sweep ends the worlds whose time has run out. It is called when one is due and whenever one is made.
func (m *Manager) Sweep(ctx context.Context) error {
	now := m.cfg.Wall()
	m.mu.RLock()
	var due []*World
	for _, w := range m.worlds {
		if w != nil && w.expired(now) {
			due = append(due, w)
		}
	}
	m.mu.RUnlock()
	for _, w := range due {
		if err := m.end(ctx, w); err != nil {
			return err
		}
	}
	return nil
}

// end forgets the world, then what is stored of it: a crash in between leaves rows that the next start removes.
func (m *Manager) end(ctx context.Context, w *World) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.gone {
		return nil // somebody was faster
	}
	if w.Durable {
		if err := m.ledger.forget(ctx, w.ID); err != nil {
			return err
		}
	}
	w.gone = true
	m.remove(w)
	w.rebirth()
	w.Journal.Close()
	w.Faults.Clear()
	err := w.State.Retire(ctx, missing(w.ID))
	if err != nil || !w.Durable {
		return err
	}
	return m.discard(ctx, ownedBy(w.ID))
}

func (m *Manager) remove(w *World) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.worlds, w.ID)
	for _, c := range w.Clients {
		delete(m.byClient, c.ID)
	}
}
