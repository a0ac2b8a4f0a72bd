package mock

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/tenantry/tenantry/fixtures"
	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/internal/store/bolt"
	"github.com/tenantry/tenantry/mock/model"
	"github.com/tenantry/tenantry/openapi"
)

// openWorlds makes the default world, or loads it and all others from the data file.
func (s *Server) openWorlds(ctx context.Context, doc *openapi.Document, budget *journal.Budget) error {
	cfg := sandbox.Config{
		Document: doc, Fixture: s.fixture, Journal: s.cfg.JournalBytes, Budget: budget,
	}
	if s.cfg.Data != "" {
		engine, err := bolt.Open(bolt.Options{Path: s.cfg.Data})
		if err != nil {
			return err
		}
		s.commits = s.committer(engine)
		cfg.Engine, cfg.Commits = engine, s.commits
	}
	s.worlds = sandbox.NewManager(cfg)
	err := s.worlds.OpenDefault(ctx, sandbox.DefaultSpec{
		Fixture: s.cfg.Fixture, Seed: s.cfg.Seed, Settings: s.cfg.Settings, At: s.cfg.At, File: s.cfg.Data,
	})
	if err != nil {
		return err
	}
	return s.worlds.Open(ctx)
}

func (s *Server) committer(engine store.Engine) *state.Committer {
	if s.cfg.commits != nil {
		return s.cfg.commits(engine)
	}
	return state.NewCommitter(engine)
}

// fixture is how the worlds are filled: from an embedded fixture, or from the file that the server was started with. A
// sandbox cannot name another file of the machine.
func (s *Server) fixture(name string) (func(*state.Tx) error, error) {
	if name == s.cfg.Fixture || s.worlds.MadeFrom(name) || slices.Contains(fixtures.Names(), name) {
		return fill(name), nil
	}
	return nil, model.Errorf(model.Invalid, "unknown_fixture", "there is no fixture %q; use %s, or the one that the server was started with",
		name, strings.Join(fixtures.Names(), ", "))
}

// fill loads the fixture in one transaction.
func fill(fixture string) func(*state.Tx) error {
	return func(tx *state.Tx) error {
		return fillFrom(tx, func(env fixtures.Env, each func(any) error) error { return streamFixture(fixture, env, each) })
	}
}

// fillFrom writes the rows that stream reads.
func fillFrom(tx *state.Tx, stream func(fixtures.Env, func(any) error) error) error {
	var counted tally
	env := fixtures.Env{Now: tx.Now(), NewID: tx.UUID}
	err := tx.Bulk(func() error {
		return stream(env, func(row any) error {
			counted.see(row)
			return tx.Fill(row)
		})
	})
	counted.reserve(tx)
	return err
}

// streamFixture reads an embedded fixture by its name, or a file.
func streamFixture(name string, env fixtures.Env, each func(any) error) error {
	if slices.Contains(fixtures.Names(), name) {
		text, err := fixtures.Source(name)
		if err != nil {
			return err
		}
		return fixtures.Stream(bytes.NewReader(text), name+".yaml", env, each)
	}
	f, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("--fixture %s: there is no such file; use %s, or the path of a YAML file", name, strings.Join(fixtures.Names(), ", "))
	}
	if err != nil {
		return fmt.Errorf("--fixture: %w", err)
	}
	defer func() { _ = f.Close() }()
	return fixtures.Stream(f, name, env, each)
}

// tally is the highest integer of each counter that a fixture brings.
type tally map[string]int64

func (t *tally) see(row any) {
	if *t == nil {
		*t = tally{}
	}
	switch row := row.(type) {
	case *model.Tenant:
		(*t)[model.CountTenants] = max((*t)[model.CountTenants], row.Num)
	case *model.Brand:
		(*t)[model.CountBrands] = max((*t)[model.CountBrands], row.Num)
	case *model.RegistrationToken:
		(*t)[model.CountRegistrationTokens] = max((*t)[model.CountRegistrationTokens], row.ID)
	}
}

func (t *tally) reserve(tx *state.Tx) {
	for counter, n := range *t {
		tx.Reserve(counter, n)
	}
}

// Now is the time of the default world.
func (s *Server) Now() time.Time { return s.defaultWorld().Clock.Now() }

// Freeze stops the clock of the default world.
func (s *Server) Freeze() { s.defaultWorld().Clock.Freeze() }

// Advance moves the clock of the default world forward. A negative duration is an error.
func (s *Server) Advance(d time.Duration) error { return s.defaultWorld().Clock.Advance(d) }

// UpdateSettings changes switches of the default world.
func (s *Server) UpdateSettings(ctx context.Context, changed map[string]string) error {
	return s.worlds.Configure(ctx, s.defaultWorld(), changed)
}

func (s *Server) defaultWorld() *sandbox.World {
	w, ok := s.worlds.Get(sandbox.Default)
	if !ok {
		panic(errors.New("the server has no default world")) // New makes it, and nobody can delete it
	}
	return w
}
