package storetest

import (
	"fmt"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/store"
)

// rowBytes is about what an encoded user takes.
const rowBytes = 400

// Bench measures an engine: commits into a world of 100,000 rows, and loading
// and staging that world.
func Bench(b *testing.B, open Open) {
	b.Helper()
	const n = 100_000
	b.Run("commit of 1 row", func(b *testing.B) { benchCommit(b, open(b), n, 1) })
	b.Run("commit of 100 rows", func(b *testing.B) { benchCommit(b, open(b), n, 100) })
	b.Run("load of 100k rows", func(b *testing.B) { benchLoad(b, open(b), n) })
	b.Run("stage of 100k rows", func(b *testing.B) { benchStage(b, open(b), n) })
}

func benchCommit(b *testing.B, e store.Engine, n, rows int) {
	b.Helper()
	b.Cleanup(func() { noError(b, e.Close()) })
	fill(b, e, n)
	next := uint64(0)
	for seq := uint64(1); b.Loop(); seq++ {
		batch := store.Batch{World: "w", After: seq, Seq: seq + 1, Changes: make([]store.Change, rows)}
		for i := range batch.Changes {
			batch.Changes[i] = benchRow(scatter(next) % uint64(n)) //nolint:gosec // a count of rows
			next++
		}
		noError(b, e.Commit(b.Context(), []store.Batch{batch}))
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*rows), "µs/row")
}

func benchLoad(b *testing.B, e store.Engine, n int) {
	b.Helper()
	b.Cleanup(func() { noError(b, e.Close()) })
	fill(b, e, n)
	for b.Loop() {
		rows := 0
		_, err := e.Load(b.Context(), "w", func(store.Change) error { rows++; return nil })
		noError(b, err)
		if rows != n {
			b.Fatalf("Load: got %d rows, want %d", rows, n)
		}
	}
}

func benchStage(b *testing.B, e store.Engine, n int) {
	b.Helper()
	b.Cleanup(func() { noError(b, e.Close()) })
	for b.Loop() {
		fill(b, e, n)
	}
}

// fill stages a world of n rows at sequence 1.
func fill(b *testing.B, e store.Engine, n int) {
	b.Helper()
	const bounded = 10_000
	s, err := e.Stage(b.Context(), "w", nil)
	noError(b, err)
	for from := 0; from < n; from += bounded {
		changes := make([]store.Change, bounded)
		for i := range changes {
			changes[i] = benchRow(uint64(from + i))
		}
		noError(b, s.Put(b.Context(), changes))
	}
	noError(b, s.Finish(b.Context(), 1))
}

func benchRow(i uint64) store.Change {
	return store.Change{
		Table: "users",
		Key:   fmt.Sprintf("%08x-0000-4000-8000-%012x", i, scatter(i)>>16),
		Value: make([]byte, rowBytes),
	}
}

// scatter spreads consecutive numbers (Knuth's multiplicative hash), so that
// commits touch the world all over, the same way in every run.
func scatter(i uint64) uint64 { return i * 11400714819323198485 >> 8 }

func noError(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
