package bolt_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/internal/store/bolt"
	"github.com/tenantry/tenantry/mock/internal/store/storetest"
)

// A file that is closed under the engine stands for a disk that fails: reads of
// the map go on, writes do not.
func TestAFailedWriteEndsAllWriting(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tenantry.db")
	var file *os.File
	e, err := bolt.Open(bolt.Options{
		Path: path,
		OpenFile: func(name string, flag int, perm os.FileMode) (f *os.File, err error) {
			file, err = os.OpenFile(name, flag, perm)
			return file, err
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	kept := rows(10, "v")
	commit(t, e, store.Batch{World: "w", Op: store.Create, Seq: 1, Changes: kept})
	staged, err := e.Stage(t.Context(), "w", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}

	next := store.Batch{World: "w", After: 1, Seq: 2, Changes: rows(10, "lost")}
	for range 2 {
		if err := e.Commit(t.Context(), []store.Batch{next}); !errors.Is(err, store.ErrFailed) {
			t.Errorf("Commit: got error %v, want %v", err, store.ErrFailed)
		}
	}
	if err := staged.Put(t.Context(), kept); !errors.Is(err, store.ErrFailed) {
		t.Errorf("Put: got error %v, want %v", err, store.ErrFailed)
	}
	if got, _ := storetest.Rows(t, e, "w"); !cmp.Equal(kept, got) {
		t.Errorf("Load after a failed commit: (-want +got):\n%s", cmp.Diff(kept, got))
	}
	if err := e.Close(); err == nil {
		t.Error("Close of a lost file: got no error, want one")
	}

	again := openAt(t, path)
	if got, seq := storetest.Rows(t, again, "w"); seq != 1 || !cmp.Equal(kept, got) {
		t.Errorf("Load after opening again: got sequence %d, rows (-want +got):\n%s", seq, cmp.Diff(kept, got))
	}
	commit(t, again, next)
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
}
