package sandbox_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/tenantry/tenantry/fixtures"
	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/model"
	"github.com/tenantry/tenantry/openapi"
)

const harbor = model.TenantID("a0000000-0000-4000-8000-000000000002")

// A wall is a clock of the wall that a test moves.
type wall struct {
	mu sync.Mutex
	at time.Time
}

func newWall() *wall { return &wall{at: time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)} }

func (w *wall) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

func (w *wall) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = w.at.Add(d)
}

// fixture fills a world from an embedded fixture.
func fixture(name string) (func(*state.Tx) error, error) {
	if name == "wide" {
		return wide, nil
	}
	return func(tx *state.Tx) error {
		world, err := fixtures.Named(name, fixtures.Env{Now: tx.Now(), NewID: tx.UUID})
		if err != nil {
			return model.Errorf(model.Invalid, "unknown_fixture", "%v", err)
		}
		for _, row := range world.Rows {
			if err := tx.Fill(row); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// manager is one with the default world. A nil engine keeps everything in memory.
func manager(t testing.TB, w *wall, engine store.Engine) *sandbox.Manager {
	t.Helper()
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	cfg := sandbox.Config{Document: doc, Fixture: fixture, Budget: journal.NewBudget(0), Wall: w.now, Engine: engine}
	if engine != nil {
		cfg.Commits = state.NewCommitter(engine)
	}
	m := sandbox.NewManager(cfg)
	if err := errors.Join(m.OpenDefault(t.Context(), sandbox.DefaultSpec{}), m.Open(t.Context())); err != nil {
		t.Fatalf("open the worlds: %v", err)
	}
	return m
}

func create(t testing.TB, m *sandbox.Manager, spec sandbox.Spec) *sandbox.World {
	t.Helper()
	w, err := m.Create(t.Context(), spec)
	if err != nil {
		t.Fatalf("create %+v: %v", spec, err)
	}
	return w
}

// rename gives the customer a name, and nameOf tells it.
func rename(t testing.TB, w *sandbox.World, name string) {
	t.Helper()
	err := w.State.Update(t.Context(), func(tx *state.Tx) error {
		row, err := tx.Tenant(harbor)
		if err != nil {
			return err
		}
		changed := *row
		changed.Name = name
		tx.UpdateTenant(&changed)
		return nil
	})
	if err != nil {
		t.Fatalf("rename: %v", err)
	}
}

func nameOf(t testing.TB, w *sandbox.World) string {
	t.Helper()
	row, err := w.State.View(t.Context()).Tenant(harbor)
	if err != nil {
		t.Fatal(err)
	}
	return row.Name
}

func refused(t testing.TB, err error, kind model.Kind) {
	t.Helper()
	refusal := &model.Error{}
	if !errors.As(err, &refusal) || refusal.Kind != kind {
		t.Errorf("got %v, want a refusal of kind %v", err, kind)
	}
}
