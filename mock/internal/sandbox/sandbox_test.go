package sandbox_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/store/memory"
	"github.com/tenantry/tenantry/mock/model"
)

func TestASandboxThatMakesNoSenseIsRefused(t *testing.T) {
	t.Parallel()
	m := manager(t, newWall(), nil)
	create(t, m, sandbox.Spec{ID: "taken"})
	for name, tt := range map[string]struct {
		spec sandbox.Spec
		kind model.Kind
	}{
		"an id with a slash":       {sandbox.Spec{ID: "a/b"}, model.Invalid},
		"an id with capitals":      {sandbox.Spec{ID: "Mine"}, model.Invalid},
		"the default one":          {sandbox.Spec{ID: "default"}, model.Conflict},
		"one that is there":        {sandbox.Spec{ID: "taken"}, model.Conflict},
		"two sources":              {sandbox.Spec{Fixture: "demo", Fork: "default"}, model.Invalid},
		"an unknown fixture":       {sandbox.Spec{Fixture: "demos"}, model.Invalid},
		"an unknown snapshot":      {sandbox.Spec{Snapshot: "none"}, model.NotFound},
		"a snapshot of nobody":     {sandbox.Spec{Snapshot: "nobody/x"}, model.NotFound},
		"a fork of nobody":         {sandbox.Spec{Fork: "nobody"}, model.NotFound},
		"durable without a file":   {sandbox.Spec{Durable: true}, model.Invalid},
		"an unknown setting":       {sandbox.Spec{Settings: model.Settings{"colour": "red"}}, model.Invalid},
		"a lifetime that is over":  {sandbox.Spec{TTL: -time.Second}, model.Invalid},
		"two paces":                {sandbox.Spec{Clock: sandbox.ClockChange{Freeze: true, Real: true}}, model.Invalid},
		"a clock that goes back":   {sandbox.Spec{Clock: sandbox.ClockChange{Advance: -1}}, model.Invalid},
		"a clock beyond all dates": {sandbox.Spec{Clock: sandbox.ClockChange{Advance: 1 << 62, Set: time.Date(9990, 1, 1, 0, 0, 0, 0, time.UTC)}}, model.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := m.Create(t.Context(), tt.spec)
			refused(t, err, tt.kind)
		})
	}
	if _, err := m.Create(t.Context(), sandbox.Spec{ID: "next"}); err != nil {
		t.Errorf("after the refusals: %v", err)
	}
}

func TestOfTwoRequestsForOneIDOneIsMade(t *testing.T) {
	t.Parallel()
	m := manager(t, newWall(), nil)
	var wait sync.WaitGroup
	var mu sync.Mutex
	made := 0
	for range 16 {
		wait.Go(func() {
			if _, err := m.Create(t.Context(), sandbox.Spec{ID: "one"}); err == nil {
				mu.Lock()
				made++
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	if made != 1 {
		t.Errorf("%d were made, want 1", made)
	}
}

func TestResetGoesBackToTheBase(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		spec    sandbox.Spec
		durable bool
	}{
		"in memory":       {sandbox.Spec{}, false},
		"durable":         {sandbox.Spec{Durable: true}, true},
		"frozen in time":  {sandbox.Spec{Clock: sandbox.ClockChange{Set: time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC), Freeze: true}}, false},
		"of another seed": {sandbox.Spec{Seed: new(int64)}, false},
		"with settings":   {sandbox.Spec{Settings: model.Settings{"validation": "strict"}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := manager(t, newWall(), memory.New())
			w := create(t, m, tt.spec)
			was := export(t, w)
			start := w.Clock.Now()
			rename(t, w, "Changed")
			if _, err := m.ChangeClock(t.Context(), w, sandbox.ClockChange{Advance: time.Hour}); err != nil {
				t.Fatal(err)
			}
			put(t, m, w, `{"id":"x","kind":"error","with":{"status":503}}`)
			if err := m.Reset(t.Context(), w); err != nil {
				t.Fatalf("reset: %v", err)
			}
			if diff := cmp.Diff(was, export(t, w)); diff != "" {
				t.Errorf("the state (-was +is):\n%s", diff)
			}
			if !w.Clock.Now().Equal(start) || !w.Faults.Empty() {
				t.Errorf("the clock shows %v, was %v; rules left: %v", w.Clock.Now(), start, !w.Faults.Empty())
			}
			if rename(t, w, "Again"); nameOf(t, w) != "Again" {
				t.Error("the world does not go on")
			}
		})
	}
}

func export(t testing.TB, w *sandbox.World) string {
	t.Helper()
	var text strings.Builder
	if err := w.State.Snapshot().Export(&text); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

func put(t testing.TB, m *sandbox.Manager, w *sandbox.World, rule string) {
	t.Helper()
	r, problems := fault.ParseRule([]byte(rule))
	if len(problems) > 0 {
		t.Fatalf("rule %s: %v", rule, problems)
	}
	problems, err := m.ChangeFaults(t.Context(), w, func(s *fault.Set) []fault.Problem { return s.Put(r) })
	if err != nil || len(problems) > 0 {
		t.Fatalf("rule %s: %v, %v", rule, problems, err)
	}
}

func TestTheDefaultWorldIsResetButNotDeleted(t *testing.T) {
	t.Parallel()
	m := manager(t, newWall(), nil)
	w, _ := m.Get(sandbox.Default)
	was := export(t, w)
	rename(t, w, "Changed")
	if err := m.Reset(t.Context(), w); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(was, export(t, w)); diff != "" {
		t.Errorf("after the reset (-was +is):\n%s", diff)
	}
	refused(t, m.Delete(t.Context(), sandbox.Default), model.Conflict)
}

func TestSnapshotsAreSavedRestoredAndCompared(t *testing.T) {
	t.Parallel()
	m := manager(t, newWall(), nil)
	w := create(t, m, sandbox.Spec{Clock: sandbox.ClockChange{Freeze: true}})
	at := w.Clock.Now()
	rename(t, w, "Saved")
	if _, err := m.Save(t.Context(), w, "one"); err != nil {
		t.Fatal(err)
	}
	rename(t, w, "Later")
	if _, err := m.ChangeClock(t.Context(), w, sandbox.ClockChange{Advance: time.Hour}); err != nil {
		t.Fatal(err)
	}
	list, more, err := m.Diff(t.Context(), w, "one", sandbox.Now, 10)
	if err != nil || more || len(list) != 1 || list[0].Table != "tenants" || list[0].Key != string(harbor) || list[0].Change != state.Changed {
		t.Errorf("diff: %+v, more %v, %v", list, more, err)
	}
	copied := create(t, m, sandbox.Spec{Snapshot: w.ID + "/one"})
	if _, err := m.Restore(t.Context(), w, "one"); err != nil {
		t.Fatal(err)
	}
	if nameOf(t, w) != "Saved" || !w.Clock.Now().Equal(at) {
		t.Errorf("restored: name %q at %v, want Saved at %v", nameOf(t, w), w.Clock.Now(), at)
	}
	if nameOf(t, copied) != "Saved" || !copied.Clock.Now().Equal(at) {
		t.Errorf("made from the snapshot: name %q at %v, want Saved at %v", nameOf(t, copied), copied.Clock.Now(), at)
	}
	for _, name := range []string{"", "Upper", "now", "base", "a/b"} {
		_, err := m.Save(t.Context(), w, name)
		refused(t, err, model.Invalid)
	}
	if err := m.Drop(t.Context(), w, "one"); err != nil {
		t.Fatal(err)
	}
	_, err = m.Restore(t.Context(), w, "one")
	refused(t, err, model.NotFound)
}

func TestASandboxExpires(t *testing.T) {
	t.Parallel()
	wall := newWall()
	m := manager(t, wall, nil)
	w := create(t, m, sandbox.Spec{ID: "short", TTL: time.Minute})
	wall.pass(59 * time.Second)
	if _, ok := m.Get("short"); !ok {
		t.Error("it is gone before its time")
	}
	wall.pass(time.Second)
	if _, ok := m.Get("short"); ok || len(m.List()) != 1 {
		t.Errorf("it is still there: %d worlds", len(m.List()))
	}
	if _, ok := m.ByClient(w.Clients[0].ID); ok {
		t.Error("its client still leads to it")
	}
	if again := create(t, m, sandbox.Spec{ID: "short"}); again == w {
		t.Error("its id is not free")
	}
	err := w.State.Update(t.Context(), func(*state.Tx) error { return nil })
	refused(t, err, model.NotFound)
	refused(t, m.Reset(t.Context(), w), model.NotFound)
}

// A virtual clock that is moved does not make the sandbox expire: its lifetime is wall time.
func TestTheWorldsClockDoesNotEndIt(t *testing.T) {
	t.Parallel()
	m := manager(t, newWall(), nil)
	w := create(t, m, sandbox.Spec{ID: "short", TTL: time.Minute})
	if _, err := m.ChangeClock(t.Context(), w, sandbox.ClockChange{Advance: 24 * time.Hour}); err != nil {
		t.Fatal(err)
	}
	if _, ok := m.Get("short"); !ok {
		t.Error("it is gone")
	}
}

func TestCredentialsDeriveFromSeedAndSandbox(t *testing.T) {
	t.Parallel()
	a := create(t, manager(t, newWall(), nil), sandbox.Spec{ID: "mine"})
	b := create(t, manager(t, newWall(), nil), sandbox.Spec{ID: "mine"})
	if diff := cmp.Diff(a.Clients, b.Clients); diff != "" || len(a.Clients) == 0 {
		t.Errorf("two servers (-one +other):\n%s", diff)
	}
	other := create(t, manager(t, newWall(), nil), sandbox.Spec{ID: "other"})
	seed := int64(2)
	reseeded := create(t, manager(t, newWall(), nil), sandbox.Spec{ID: "mine", Seed: &seed})
	seen := map[model.ClientID]bool{}
	for _, w := range []*sandbox.World{a, other, reseeded} {
		for _, c := range w.Clients {
			if seen[c.ID] {
				t.Errorf("client %s is in two sandboxes", c.ID)
			}
			seen[c.ID] = true
		}
	}
}

func TestAForkDoesNotTakeTheClientsOfTheSandbox(t *testing.T) {
	t.Parallel()
	m := manager(t, newWall(), nil)
	w := create(t, m, sandbox.Spec{})
	fork := create(t, m, sandbox.Spec{Fork: w.ID})
	for _, c := range w.Clients {
		if _, ok := state.Clients.Get(fork.State.View(t.Context()), c.ID); ok {
			t.Errorf("client %s of the one sandbox is in the fork", c.ID)
		}
		if got, ok := m.ByClient(c.ID); !ok || got != w {
			t.Errorf("client %s does not lead to its sandbox", c.ID)
		}
	}
	if len(fork.Clients) != len(w.Clients) {
		t.Errorf("the fork has %d clients, want %d", len(fork.Clients), len(w.Clients))
	}
}

func TestAClockThatCannotMoveStays(t *testing.T) {
	t.Parallel()
	m := manager(t, newWall(), nil)
	w := create(t, m, sandbox.Spec{Clock: sandbox.ClockChange{Freeze: true}})
	at := w.Clock.Now()
	for name, change := range map[string]sandbox.ClockChange{
		"into the past":                   {Set: at.Add(-time.Second)},
		"forward and frozen to two paces": {Advance: time.Hour, Freeze: true, Scale: 2},
		"too fast":                        {Advance: time.Hour, Scale: 1e9},
	} {
		_, err := m.ChangeClock(t.Context(), w, change)
		refused(t, err, model.Invalid)
		if !w.Clock.Now().Equal(at) {
			t.Errorf("%s: the clock moved to %v", name, w.Clock.Now())
		}
	}
	is, err := m.ChangeClock(t.Context(), w, sandbox.ClockChange{Set: at.Add(time.Hour), Advance: time.Minute})
	if err != nil || !is.Virtual.Equal(at.Add(time.Hour+time.Minute)) || is.Scale != 0 {
		t.Errorf("set and advance: %+v, %v", is, err)
	}
}

func TestThousandsOfSandboxesAtOnce(t *testing.T) {
	t.Parallel()
	m := manager(t, newWall(), nil)
	var wait sync.WaitGroup
	failed := make(chan error, 8)
	for g := range 8 {
		wait.Go(func() {
			for i := range 250 {
				id := fmt.Sprintf("s-%d-%d", g, i)
				if _, err := m.Create(t.Context(), sandbox.Spec{ID: id}); err != nil {
					failed <- err
					return
				}
				if i%2 == 0 {
					if err := m.Delete(t.Context(), id); err != nil {
						failed <- err
						return
					}
				}
			}
		})
	}
	wait.Wait()
	close(failed)
	if err := errors.Join(<-failed); err != nil {
		t.Fatal(err)
	}
	if n := len(m.List()); n != 1001 {
		t.Errorf("%d worlds are left, want 1001", n)
	}
}

func TestAReplacedStateKeepsTheSandboxesClients(t *testing.T) {
	t.Parallel()
	m := manager(t, newWall(), nil)
	w, other := create(t, m, sandbox.Spec{}), create(t, m, sandbox.Spec{})
	rename(t, other, "Replaced")
	if err := m.ReplaceState(t.Context(), w, other.State.Snapshot()); err != nil {
		t.Fatal(err)
	}
	for _, c := range w.Clients {
		row, ok := state.Clients.Get(w.State.View(t.Context()), c.ID)
		if !ok || c.Secret != "" && !row.HasSecret(c.Secret) {
			t.Errorf("client %s is lost", c.ID)
		}
	}
	if nameOf(t, w) != "Replaced" {
		t.Errorf("the name is %q", nameOf(t, w))
	}
	empty, err := fixture("empty")
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Load(t.Context(), w, empty); err != nil {
		t.Fatal(err)
	}
	if _, err := w.State.View(t.Context()).Tenant(harbor); err == nil {
		t.Error("the loaded fixture did not replace the state")
	}
}
