package mock

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/tenantry/tenantry/fixtures"
	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/internal/store/bolt"
	"github.com/tenantry/tenantry/mock/model"
)

// origin is what a durable world was made from. It stands beside the world in the data file.
type origin struct {
	Fixture string `json:"fixture"`
	Seed    int64  `json:"seed"`
}

// openWorld makes the default world, or loads it from the data file.
func (s *Server) openWorld(ctx context.Context) error {
	var w *state.World
	var err error
	clock := det.NewVirtual(nil)
	if s.cfg.Data == "" {
		w, err = s.memoryWorld(clock)
	} else {
		w, err = s.durableWorld(ctx, clock)
	}
	if err != nil {
		return err
	}
	s.worlds.Add(&sandbox.World{ID: sandbox.Default, State: w, Clock: clock})
	if len(s.cfg.Settings) == 0 {
		return nil
	}
	return s.UpdateSettings(ctx, s.cfg.Settings)
}

func (s *Server) memoryWorld(clock det.Clock) (*state.World, error) {
	from := s.origin(origin{Fixture: "demo", Seed: DefaultSeed})
	return state.NewMemory(worldConfig(from, clock, nil), fill(from))
}

// durableWorld opens the data file and the default world in it, which is made if it is not there.
func (s *Server) durableWorld(ctx context.Context, clock det.Clock) (*state.World, error) {
	engine, err := bolt.Open(bolt.Options{Path: s.cfg.Data})
	if err != nil {
		return nil, err
	}
	s.commits = state.NewCommitter(engine)
	found, err := worldIn(ctx, engine)
	if err != nil {
		return nil, err
	}
	if found == nil {
		from := s.origin(origin{Fixture: "demo", Seed: DefaultSeed})
		meta, err := json.Marshal(from)
		if err != nil {
			return nil, fmt.Errorf("describe the new world: %w", err)
		}
		return state.Create(ctx, worldConfig(from, clock, s.commits), meta, fill(from))
	}
	var made origin
	if err := json.Unmarshal(found.Meta, &made); err != nil {
		return nil, fmt.Errorf("data file %s: its world does not say what it was made from: %w", s.cfg.Data, err)
	}
	if asked := s.origin(made); asked != made {
		return nil, fmt.Errorf("data file %s was made with --fixture %s --seed %d, not --fixture %s --seed %d: "+
			"leave the flags out, or name another file with --data", s.cfg.Data, made.Fixture, made.Seed, asked.Fixture, asked.Seed)
	}
	return state.Open(ctx, worldConfig(made, clock, s.commits))
}

// origin is what the configuration asks for; where it says nothing, fallback.
func (s *Server) origin(fallback origin) origin {
	if s.cfg.Fixture != "" {
		fallback.Fixture = s.cfg.Fixture
	}
	if s.cfg.Seed != nil {
		fallback.Seed = *s.cfg.Seed
	}
	return fallback
}

func worldIn(ctx context.Context, engine store.Engine) (*store.World, error) {
	worlds, err := engine.Worlds(ctx)
	if err != nil {
		return nil, fmt.Errorf("list the worlds of the data file: %w", err)
	}
	for i := range worlds {
		if worlds[i].ID == sandbox.Default {
			return &worlds[i], nil
		}
	}
	return nil, nil
}

func worldConfig(from origin, clock det.Clock, commits *state.Committer) state.Config {
	return state.Config{ID: sandbox.Default, Clock: clock, Source: det.NewSource(from.Seed, sandbox.Default), Commits: commits}
}

// fill loads the fixture in one transaction.
func fill(from origin) func(*state.Tx) error {
	return func(tx *state.Tx) error {
		var counted tally
		env := fixtures.Env{Now: tx.Now(), NewID: tx.UUID}
		err := streamFixture(from.Fixture, env, func(row any) error {
			counted.see(row)
			return tx.Fill(row)
		})
		counted.reserve(tx)
		return err
	}
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
func (s *Server) Now() time.Time { return s.clock().Now() }

// Freeze stops the clock of the default world.
func (s *Server) Freeze() { s.clock().Freeze() }

// Advance moves the clock of the default world forward. A negative duration is an error.
func (s *Server) Advance(d time.Duration) error { return s.clock().Advance(d) }

func (s *Server) clock() *det.Virtual {
	w, ok := s.worlds.Get(sandbox.Default)
	if !ok {
		panic(errors.New("the server has no default world")) // New makes it
	}
	return w.Clock
}
