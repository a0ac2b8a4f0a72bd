package bolt_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/internal/store/bolt"
	"github.com/tenantry/tenantry/mock/internal/store/storetest"
)

func TestEngine(t *testing.T) {
	t.Parallel()
	storetest.Run(t, newEngine, reopen)
}

func BenchmarkEngine(b *testing.B) {
	storetest.Bench(b, newEngine)
}

func newEngine(tb testing.TB) store.Engine {
	tb.Helper()
	return openAt(tb, filepath.Join(tb.TempDir(), "tenantry.db"))
}

func reopen(tb testing.TB, e store.Engine) store.Engine {
	tb.Helper()
	if err := e.Close(); err != nil {
		tb.Fatal(err)
	}
	return openAt(tb, e.(*bolt.Engine).Path())
}

// openAt opens an engine that the caller closes.
func openAt(tb testing.TB, path string) *bolt.Engine {
	tb.Helper()
	e, err := bolt.Open(bolt.Options{Path: path})
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

func commit(tb testing.TB, e store.Engine, batches ...store.Batch) {
	tb.Helper()
	if err := e.Commit(tb.Context(), batches); err != nil {
		tb.Fatalf("Commit: got error %v, want none", err)
	}
}

// rows makes n rows with one value, in key order.
func rows(n int, value string) []store.Change {
	list := make([]store.Change, n)
	for i := range list {
		list[i] = store.Change{Table: "t", Key: fmt.Sprintf("%06d", i), Value: []byte(value)}
	}
	return list
}

// raw looks into a closed data file past the engine.
func raw(tb testing.TB, path string, fn func(*bbolt.Tx) error) {
	tb.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		tb.Fatal(err)
	}
	if err := errors.Join(db.Update(fn), db.Close()); err != nil {
		tb.Fatal(err)
	}
}
