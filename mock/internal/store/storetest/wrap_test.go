package storetest_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/internal/store/memory"
	"github.com/tenantry/tenantry/mock/internal/store/storetest"
)

func TestWrappersAreEngines(t *testing.T) {
	t.Parallel()
	for name, wrap := range map[string]func(store.Engine) store.Engine{
		"failing late": func(e store.Engine) store.Engine { return storetest.Failing(e, 1<<40) },
		"slow":         func(e store.Engine) store.Engine { return storetest.Slow(e, func() {}) },
		"counting":     func(e store.Engine) store.Engine { return storetest.Counting(e) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Run(t, func(testing.TB) store.Engine { return wrap(memory.New()) }, nil)
		})
	}
}

func TestFailingFailsFromACommitOn(t *testing.T) {
	t.Parallel()
	e := storetest.Failing(memory.New(), 2)
	stages := [2]store.Stage{}
	for i := range stages {
		s, err := e.Stage(t.Context(), "staged", nil)
		if err != nil {
			t.Fatal(err)
		}
		stages[i] = s
	}
	commit := func(seq uint64) error {
		return e.Commit(t.Context(), []store.Batch{{World: "w", Op: store.Replace, After: seq - 1, Seq: seq}})
	}
	create := []store.Batch{{World: "w", Op: store.Create}}
	if err := errors.Join(e.Commit(t.Context(), create), stages[0].Finish(t.Context(), 1)); err != nil {
		t.Fatalf("the first two commits: got error %v, want none", err)
	}
	for name, err := range map[string]error{"third": commit(1), "fourth": commit(1), "stage": stages[1].Finish(t.Context(), 2)} {
		if !errors.Is(err, store.ErrFailed) || !errors.Is(err, storetest.ErrInjected) {
			t.Errorf("the %s commit: got error %v, want %v and %v", name, err, store.ErrFailed, storetest.ErrInjected)
		}
	}
	if _, seq := storetest.Rows(t, e, "w"); seq != 0 {
		t.Errorf("Load after failed commits: got sequence %d, want 0", seq)
	}
}

func TestSlowIsNotDurableUntilTheWaitIsOver(t *testing.T) {
	t.Parallel()
	inner := memory.New()
	waiting, proceed := make(chan struct{}), make(chan struct{})
	e := storetest.Slow(inner, func() { waiting <- struct{}{}; <-proceed })
	done := make(chan error)
	for _, write := range []func() error{
		func() error { return e.Commit(t.Context(), []store.Batch{{World: "w", Op: store.Create}}) },
		func() error {
			s, err := e.Stage(t.Context(), "staged", nil)
			return errors.Join(err, s.Finish(t.Context(), 1))
		},
	} {
		before := worlds(t, inner)
		go func() { done <- write() }()
		<-waiting
		if during := worlds(t, inner); !cmp.Equal(before, during) {
			t.Errorf("Worlds during the wait: (-before +during):\n%s", cmp.Diff(before, during))
		}
		proceed <- struct{}{}
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if after := worlds(t, inner); len(after) != len(before)+1 {
			t.Errorf("Worlds after the wait: got %v, want one more than %v", after, before)
		}
	}
}

func TestCountingCountsWhatSucceeded(t *testing.T) {
	t.Parallel()
	e := storetest.Counting(memory.New())
	changes := []store.Change{{Table: "t", Key: "a"}, {Table: "t", Key: "b"}}
	good := []store.Batch{{World: "v", Op: store.Create}, {World: "w", Op: store.Create, Changes: changes}}
	if err := e.Commit(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	if err := e.Commit(t.Context(), good); err == nil {
		t.Fatal("Commit of worlds that exist: got no error, want one")
	}
	got := []int64{e.Commits(), e.Batches(), e.Changes()}
	if diff := cmp.Diff([]int64{1, 2, 2}, got); diff != "" {
		t.Errorf("commits, batches and changes (-want +got):\n%s", diff)
	}
}

func worlds(tb testing.TB, e store.Engine) []store.World {
	tb.Helper()
	list, err := e.Worlds(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	return list
}
