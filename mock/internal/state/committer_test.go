package state_test

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/internal/store/memory"
	"github.com/tenantry/tenantry/mock/internal/store/storetest"
	"github.com/tenantry/tenantry/mock/model"
)

// durable is a world with the small tree in an engine.
func durable(t testing.TB, e store.Engine) *state.World {
	t.Helper()
	commits := state.NewCommitter(e)
	t.Cleanup(func() { _ = commits.Close() })
	w, err := state.Create(t.Context(), config(frozen(), commits), []byte("meta"), smallTree)
	if err != nil {
		t.Fatalf("create a durable world: %v", err)
	}
	return w
}

// rows is everything that an engine holds of the world.
func rows(t testing.TB, e store.Engine) (map[string]string, uint64) {
	t.Helper()
	all := map[string]string{}
	seq, err := e.Load(t.Context(), "w", func(c store.Change) error {
		all[c.Table+"/"+c.Key] = string(c.Value)
		return nil
	})
	if err != nil {
		t.Fatalf("load: %v", err)
	}
	return all, seq
}

func TestAReopenedWorldIsTheSame(t *testing.T) {
	t.Parallel()
	engine := memory.New()
	w := durable(t, engine)
	update(t, w, addUser(1))
	update(t, w, rename(partner, "Renamed"))
	update(t, w, func(tx *state.Tx) error {
		tx.SetSettings(model.Settings{"validation": "strict"})
		return nil
	})
	again, err := state.Open(t.Context(), config(frozen(), state.NewCommitter(engine)))
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	was, is := w.View(t.Context()), again.View(t.Context())
	if was.Seq() != is.Seq() {
		t.Errorf("sequence %d after opening, want %d", is.Seq(), was.Seq())
	}
	if diff := cmp.Diff(dump(was), dump(is)); diff != "" {
		t.Errorf("the opened world differs (-was +is):\n%s", diff)
	}
	if got, ok := is.UserByLogin("USER1"); !ok || got.ID != userID(1) {
		t.Errorf("the login index finds %v, %v", got, ok)
	}
}

func dump(v *state.View) map[string]any {
	all := map[string]any{"settings": v.Settings()}
	for t := range state.Tenants.All(v) {
		all[string(t.ID)] = *t
	}
	for u := range state.Users.All(v) {
		all[string(u.ID)] = *u
	}
	return all
}

func TestAChangeIsDurableBeforeItIsVisible(t *testing.T) {
	t.Parallel()
	engine := memory.New()
	reached, release := make(chan struct{}), make(chan struct{})
	var gate atomic.Bool
	w := durable(t, storetest.Slow(engine, func() {
		if gate.Load() {
			reached <- struct{}{}
			<-release
		}
	}))
	gate.Store(true)
	done := make(chan error, 1)
	go func() { done <- w.Update(background(), rename(partner, "Renamed")) }()
	<-reached
	if got := nameOf(t, w.View(t.Context()), partner); got != "Acme" {
		t.Errorf("before the disk answers readers see %q", got)
	}
	select {
	case err := <-done:
		t.Fatalf("the writer was answered (%v) before the disk", err)
	default:
	}
	release <- struct{}{}
	if err := <-done; err != nil {
		t.Fatalf("update: %v", err)
	}
	if got := nameOf(t, w.View(t.Context()), partner); got != "Renamed" {
		t.Errorf("after the commit readers see %q", got)
	}
}

func TestARefusalWaitsForWhatItRead(t *testing.T) {
	t.Parallel()
	reached, release := make(chan struct{}), make(chan struct{})
	var gate atomic.Bool
	w := durable(t, storetest.Slow(memory.New(), func() {
		if gate.Load() {
			reached <- struct{}{}
			<-release
		}
	}))
	gate.Store(true)
	first := make(chan error, 1)
	go func() { first <- w.Update(background(), addUser(1)) }()
	<-reached
	second, ran := make(chan error, 1), make(chan struct{})
	go func() {
		second <- w.Update(background(), func(tx *state.Tx) error {
			defer close(ran)
			return tx.CheckLoginFree("user1", "")
		})
	}()
	<-ran
	select {
	case err := <-second:
		t.Fatalf("the refusal (%v) overtook the change it was based on", err)
	default:
	}
	release <- struct{}{}
	if err := <-first; err != nil {
		t.Fatalf("the first writer: %v", err)
	}
	if err := <-second; err == nil {
		t.Error("the second writer was not refused")
	}
}

func TestConcurrentWritersShareCommits(t *testing.T) {
	t.Parallel()
	reached, release := make(chan struct{}), make(chan struct{})
	var gate atomic.Bool
	engine := memory.New()
	counted := storetest.Counting(engine)
	w := durable(t, storetest.Slow(counted, func() {
		if gate.CompareAndSwap(true, false) {
			close(reached)
			<-release
		}
	}))
	gate.Store(true)
	const writers = 32
	var wait sync.WaitGroup
	var queued atomic.Int64
	for n := range writers {
		wait.Go(func() {
			err := w.Update(background(), func(tx *state.Tx) error {
				queued.Add(1)
				return addUser(n)(tx)
			})
			if err != nil {
				t.Errorf("writer %d: %v", n, err)
			}
		})
	}
	<-reached
	for queued.Load() < writers {
		runtime.Gosched() // every writer must have queued before the disk answers
	}
	close(release)
	wait.Wait()
	if got := counted.Commits(); got > writers/2 {
		t.Errorf("%d writers took %d commits, want them shared", writers, got)
	}
	stored, _ := rows(t, engine)
	for n := range writers {
		if _, ok := stored["users/"+string(userID(n))]; !ok {
			t.Errorf("user %d is not stored", n)
		}
	}
}

func TestAFailingEngineLeavesNoFalseSuccess(t *testing.T) {
	t.Parallel()
	engine := memory.New()
	w := durable(t, storetest.Failing(engine, 6)) // one for the stage, five commits
	const writers = 40
	var wait sync.WaitGroup
	var mu sync.Mutex
	acknowledged := map[model.UserID]bool{}
	for n := range writers {
		wait.Go(func() {
			err := w.Update(background(), addUser(n))
			refusal := &model.Error{}
			switch {
			case err == nil:
				mu.Lock()
				acknowledged[userID(n)] = true
				mu.Unlock()
			case !errors.As(err, &refusal) || refusal.Kind != model.Unavailable:
				t.Errorf("writer %d: got %v, want a refusal of kind Unavailable", n, err)
			}
		})
	}
	wait.Wait()
	for n := range 20 { // one commit each: the engine fails at last
		if w.Update(background(), addUser(100+n)) == nil {
			acknowledged[userID(100+n)] = true
		}
	}
	v := w.View(t.Context())
	visible := map[model.UserID]bool{}
	for _, u := range v.TenantUsers(partner) {
		visible[u.ID] = true
	}
	if diff := cmp.Diff(acknowledged, visible); diff != "" {
		t.Errorf("readers do not see just what was acknowledged (-acknowledged +visible):\n%s", diff)
	}
	stored, seq := rows(t, engine)
	for id := range acknowledged {
		if _, ok := stored["users/"+string(id)]; !ok {
			t.Errorf("%s was acknowledged but is not stored", id)
		}
	}
	if seq != v.Seq() {
		t.Errorf("readers are at sequence %d, the engine at %d", v.Seq(), seq)
	}
	if err := w.Update(t.Context(), func(*state.Tx) error { return nil }); err == nil {
		t.Error("the world still takes writes")
	}
}

func TestCloseCommitsWhatIsQueued(t *testing.T) {
	t.Parallel()
	engine := memory.New()
	commits := state.NewCommitter(storetest.Slow(engine, func() {}))
	w, err := state.Create(t.Context(), config(frozen(), commits), nil, smallTree)
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	errs := make([]error, 20)
	for n := range errs {
		wait.Go(func() { errs[n] = w.Update(background(), addUser(n)) })
	}
	wait.Wait()
	if err := commits.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
	if err := errors.Join(errs...); err != nil {
		t.Fatalf("updates: %v", err)
	}
	if _, err := engine.Load(t.Context(), "w", func(store.Change) error { return nil }); !errors.Is(err, store.ErrClosed) {
		t.Errorf("the engine answers %v after Close, want ErrClosed", err)
	}
	if err := w.Update(t.Context(), addUser(99)); err == nil {
		t.Error("a closed committer acknowledged a change")
	}
}

func TestABoundOnSharedSyncsHolds(t *testing.T) {
	t.Parallel()
	engine := storetest.Counting(memory.New())
	commits := state.NewCommitter(storetest.Slow(engine, runtime.Gosched), state.AtMost(3))
	w, err := state.Create(t.Context(), config(frozen(), commits), nil, smallTree)
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	errs := make([]error, 20)
	for n := range errs {
		wait.Go(func() { errs[n] = w.Update(background(), addUser(n)) })
	}
	wait.Wait()
	if err := errors.Join(append(errs, commits.Close())...); err != nil {
		t.Fatalf("updates: %v", err)
	}
	if got := engine.Commits(); got < 7 { // of at most three changes each
		t.Errorf("20 changes shared %d commits, want at least 7", got)
	}
}
