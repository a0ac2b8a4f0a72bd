package bolt_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/internal/store/bolt"
	"github.com/tenantry/tenantry/mock/internal/store/storetest"
)

// lifts is a program at version 3: it leaves a trace of each migration in the
// meta bucket, and counts them.
type lifts struct {
	ran    []string
	broken error // what the second migration fails with
}

func (l *lifts) open(path string) (*bolt.Engine, error) {
	return bolt.OpenSchema(path, 3, map[int]func(*bbolt.Tx) error{
		1: func(tx *bbolt.Tx) error { return l.trace(tx, "1 to 2") },
		2: func(tx *bbolt.Tx) error { return errors.Join(l.trace(tx, "2 to 3"), l.broken) },
	})
}

func (l *lifts) trace(tx *bbolt.Tx, step string) error {
	l.ran = append(l.ran, step)
	return tx.Bucket([]byte("meta")).Put([]byte(step), []byte("done"))
}

func TestMigrationLiftsOneVersionAfterTheOther(t *testing.T) {
	t.Parallel()
	path := versionOne(t)
	program := &lifts{}
	for range 2 {
		e, err := program.open(path)
		if err != nil {
			t.Fatalf("open a file of version 1: got error %v, want none", err)
		}
		if got, seq := storetest.Rows(t, e, "w"); len(got) != 10 || seq != 1 {
			t.Errorf("Load after migration: got %d rows at %d, want 10 at 1", len(got), seq)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"1 to 2", "2 to 3"}, program.ran); diff != "" {
		t.Errorf("migrations over two openings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{"schema": "3", "1 to 2": "done", "2 to 3": "done"}, meta(t, path)); diff != "" {
		t.Errorf("meta bucket (-want +got):\n%s", diff)
	}
	refuses(t, path, store.ErrNewer, "schema version 3")
}

func TestMigrationGoesOnWhereItFailed(t *testing.T) {
	t.Parallel()
	path := versionOne(t)
	program := &lifts{broken: errors.New("disk full")}
	if _, err := program.open(path); !errors.Is(err, program.broken) {
		t.Fatalf("open: got error %v, want %v", err, program.broken)
	}
	if diff := cmp.Diff(map[string]string{"schema": "2", "1 to 2": "done"}, meta(t, path)); diff != "" {
		t.Errorf("meta bucket after a failed migration (-want +got):\n%s", diff)
	}
	repaired := &lifts{}
	e, err := repaired.open(path)
	if err != nil {
		t.Fatalf("open again: got error %v, want none", err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"2 to 3"}, repaired.ran); diff != "" {
		t.Errorf("migrations of the second attempt (-want +got):\n%s", diff)
	}
}

func TestMigrationRefusesAVersionItNoLongerKnows(t *testing.T) {
	t.Parallel()
	if _, err := bolt.OpenSchema(versionOne(t), 2, nil); !errors.Is(err, store.ErrForeign) {
		t.Errorf("open: got error %v, want %v", err, store.ErrForeign)
	}
}

// versionOne makes a closed data file of the current version with one world.
func versionOne(tb testing.TB) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "tenantry.db")
	e := openAt(tb, path)
	commit(tb, e, store.Batch{World: "w", Op: store.Create, Seq: 1, Changes: rows(10, "v")})
	if err := e.Close(); err != nil {
		tb.Fatal(err)
	}
	return path
}

func meta(tb testing.TB, path string) map[string]string {
	tb.Helper()
	got := map[string]string{}
	raw(tb, path, func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("meta")).ForEach(func(k, v []byte) error {
			got[string(k)] = string(v)
			return nil
		})
	})
	return got
}
