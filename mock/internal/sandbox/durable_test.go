package sandbox_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/store/memory"
	"github.com/tenantry/tenantry/mock/internal/store/storetest"
	"github.com/tenantry/tenantry/mock/model"
)

// A kept engine outlives its first manager, as a data file outlives a server.
func TestDurableSandboxesComeBack(t *testing.T) {
	t.Parallel()
	wall, engine := newWall(), memory.New()
	before := manager(t, wall, engine)
	w := create(t, before, sandbox.Spec{
		ID: "kept", Durable: true, TTL: time.Hour, Settings: model.Settings{"lockout": "on"},
		Clock: sandbox.ClockChange{Set: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), Freeze: true},
	})
	create(t, before, sandbox.Spec{ID: "lost"})
	based := export(t, w)
	rename(t, w, "Saved")
	if _, err := before.Save(t.Context(), w, "one"); err != nil {
		t.Fatal(err)
	}
	rename(t, w, "Later")
	put(t, before, w, `{"id":"x","kind":"error","with":{"status":503}}`)
	if _, err := before.ChangeClock(t.Context(), w, sandbox.ClockChange{Advance: time.Hour}); err != nil {
		t.Fatal(err)
	}
	was, at := export(t, w), w.Clock.Now()
	home, _ := before.Get(sandbox.Default)
	put(t, before, home, `{"id":"home","kind":"error","with":{"status":500}}`)

	wall.pass(time.Minute)
	after := manager(t, wall, engine)
	if _, ok := after.Get("lost"); ok {
		t.Error("the sandbox in memory is back")
	}
	again, err := after.Find("kept")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(was, export(t, again)); diff != "" {
		t.Errorf("its state (-was +is):\n%s", diff)
	}
	if !again.Clock.Now().Equal(at) {
		t.Errorf("its clock shows %v, was %v", again.Clock.Now(), at)
	}
	if rules := again.Faults.Rules(); len(rules) != 1 || rules[0].ID != "x" {
		t.Errorf("its rules: %+v", rules)
	}
	if diff := cmp.Diff(w.Clients, again.Clients); diff != "" {
		t.Errorf("its clients (-was +is):\n%s", diff)
	}
	if _, err := after.Restore(t.Context(), again, "one"); err != nil || nameOf(t, again) != "Saved" {
		t.Errorf("its snapshot: %v, name %q", err, nameOf(t, again))
	}
	if err := after.Reset(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(based, export(t, again)); diff != "" {
		t.Errorf("its base (-was +is):\n%s", diff)
	}
	home, _ = after.Get(sandbox.Default)
	if rules := home.Faults.Rules(); len(rules) != 1 || rules[0].ID != "home" {
		t.Errorf("the rules of the default world: %+v", rules)
	}
	wall.pass(time.Hour)
	if _, ok := after.Get("kept"); ok {
		t.Error("its lifetime does not go on over a restart")
	}
}

func TestTheDefaultWorldOfADataFileIsReset(t *testing.T) {
	t.Parallel()
	wall, engine := newWall(), memory.New()
	first := manager(t, wall, engine)
	w, _ := first.Get(sandbox.Default)
	was := export(t, w)
	rename(t, w, "Changed")
	wall.pass(time.Hour)
	second := manager(t, wall, engine)
	again, _ := second.Get(sandbox.Default)
	if got := nameOf(t, again); got != "Changed" {
		t.Fatalf("after the restart the name is %q", got)
	}
	if err := second.Reset(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(was, export(t, again)); diff != "" {
		t.Errorf("after the reset (-was +is):\n%s", diff)
	}
}

func TestADeletedSandboxLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	engine := memory.New()
	m := manager(t, newWall(), engine)
	list := func() []string {
		worlds, err := engine.Worlds(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, w := range worlds {
			ids = append(ids, w.ID)
		}
		return ids
	}
	was := list()
	w := create(t, m, sandbox.Spec{ID: "gone", Durable: true})
	if _, err := m.Save(t.Context(), w, "one"); err != nil {
		t.Fatal(err)
	}
	if len(list()) != len(was)+3 {
		t.Fatalf("stored: %q, before: %q", list(), was)
	}
	if err := m.Delete(t.Context(), "gone"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(was, list()); diff != "" {
		t.Errorf("stored (-before +after):\n%s", diff)
	}
}

// The engine fails at each commit in turn: what was asked for is there or not, and the next start finds no wreck.
func TestAFailureInTheMiddleLeavesNoWreck(t *testing.T) {
	t.Parallel()
	for fails := range int64(12) {
		wall, engine := newWall(), memory.New()
		manager(t, wall, engine)
		m := manager(t, wall, storetest.Failing(engine, fails))
		w, err := m.Create(t.Context(), sandbox.Spec{ID: "x", Durable: true})
		if err == nil {
			_, err = m.Save(t.Context(), w, "one")
		}
		if err == nil {
			err = m.Delete(t.Context(), "x")
		}
		again := manager(t, wall, engine)
		_, there := again.Get("x")
		worlds, _ := engine.Worlds(t.Context())
		if !there && len(worlds) != 2 {
			t.Errorf("failing after %d commits (%v): no sandbox, but %d worlds are stored", fails, err, len(worlds))
		}
		if err == nil && there {
			t.Errorf("failing after %d commits: the deleted sandbox is back", fails)
		}
	}
}
