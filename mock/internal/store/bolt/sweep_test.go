package bolt_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/internal/store/bolt"
)

func TestGarbageGoesWithLaterCommits(t *testing.T) {
	t.Parallel()
	e := openAt(t, filepath.Join(t.TempDir(), "tenantry.db"))
	commit(t, e,
		store.Batch{World: "big", Op: store.Create, Seq: 1, Changes: rows(5000, "v")},
		store.Batch{World: "w", Op: store.Create, Seq: 0},
	)
	commit(t, e, store.Batch{World: "big", Op: store.Replace, After: 1, Seq: 1, Changes: rows(10, "v")})
	for seq := range uint64(2) {
		commit(t, e, store.Batch{World: "w", After: seq, Seq: seq + 1})
	}
	if got := generations(t, e); got != 3 {
		t.Errorf("generations soon after a replace: got %d, want 3 (two worlds and garbage)", got)
	}
}

func TestGarbageIsGoneAfterEnoughCommits(t *testing.T) {
	t.Parallel()
	e := openAt(t, filepath.Join(t.TempDir(), "tenantry.db"))
	commit(t, e, store.Batch{World: "w", Op: store.Create, Seq: 0})
	abandon(t, e, "big", 5000)
	abandon(t, e, "small", 10)
	for seq := range uint64(3) {
		finish(t, e, "w", seq)
	}
	commit(t, e, store.Batch{World: "w", Op: store.Replace, After: 2, Seq: 0})
	commit(t, e, store.Batch{World: "dropped", Op: store.Create, Seq: 1, Changes: rows(10, "v")})
	commit(t, e, store.Batch{World: "dropped", Op: store.Drop, After: 1})
	for seq := range uint64(10) {
		commit(t, e, store.Batch{World: "w", After: seq, Seq: seq + 1})
	}
	if got := generations(t, e); got != 1 {
		t.Errorf("generations after dropped, replaced, finished and aborted ones: got %d, want 1", got)
	}
}

func TestOpenRemovesWhatTheLastProcessLeft(t *testing.T) {
	t.Parallel()
	e := openAt(t, filepath.Join(t.TempDir(), "tenantry.db"))
	commit(t, e, store.Batch{World: "w", Op: store.Create, Seq: 1, Changes: rows(5000, "v")})
	commit(t, e, store.Batch{World: "w", Op: store.Replace, After: 1, Seq: 2, Changes: rows(5000, "v")})
	s, err := e.Stage(t.Context(), "v", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Put(t.Context(), rows(5000, "v")); err != nil {
		t.Fatal(err)
	}
	again, ok := reopen(t, e).(*bolt.Engine)
	if !ok {
		t.Fatal("reopen: got another engine")
	}
	if got := generations(t, again); got != 1 {
		t.Errorf("generations after opening again: got %d, want 1", got)
	}
}

func TestPagesOfGarbageAreUsedAgain(t *testing.T) {
	t.Parallel()
	e := openAt(t, filepath.Join(t.TempDir(), "tenantry.db"))
	commit(t, e, store.Batch{World: "w", Op: store.Create, Seq: 0})
	seq, sizes := uint64(0), [8]int64{}
	for i := range sizes {
		abandon(t, e, "big", 20_000)
		for range 25 {
			commit(t, e, store.Batch{World: "w", After: seq, Seq: seq + 1})
			seq++
		}
		sizes[i] = fileSize(t, e.Path())
	}
	if first, last := sizes[1], sizes[len(sizes)-1]; last > first {
		t.Errorf("file size over %d abandoned stages: got %v, want no growth after the second", len(sizes), sizes)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
}

// abandon stages n rows in bounded batches and aborts.
func abandon(tb testing.TB, e store.Engine, world string, n int) {
	tb.Helper()
	s, err := e.Stage(tb.Context(), world, nil)
	if err != nil {
		tb.Fatal(err)
	}
	for all := rows(n, "some value of a row"); len(all) > 0; {
		part := min(len(all), 5000)
		if err := s.Put(tb.Context(), all[:part]); err != nil {
			tb.Fatal(err)
		}
		all = all[part:]
	}
	if err := s.Abort(); err != nil {
		tb.Fatal(err)
	}
}

// finish stages a world of ten rows at a sequence.
func finish(tb testing.TB, e store.Engine, world string, seq uint64) {
	tb.Helper()
	s, err := e.Stage(tb.Context(), world, nil)
	if err != nil {
		tb.Fatal(err)
	}
	if err := errors.Join(s.Put(tb.Context(), rows(10, "v")), s.Finish(tb.Context(), seq)); err != nil {
		tb.Fatal(err)
	}
}

// generations closes an engine and counts what is left in its file.
func generations(tb testing.TB, e *bolt.Engine) int {
	tb.Helper()
	if err := e.Close(); err != nil {
		tb.Fatal(err)
	}
	n := 0
	raw(tb, e.Path(), func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("rows")).ForEachBucket(func([]byte) error { n++; return nil })
	})
	return n
}

func fileSize(tb testing.TB, path string) int64 {
	tb.Helper()
	info, err := os.Stat(path)
	if err != nil {
		tb.Fatal(err)
	}
	return info.Size()
}
