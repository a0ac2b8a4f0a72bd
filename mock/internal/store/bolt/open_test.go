package bolt_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/internal/store/bolt"
	"github.com/tenantry/tenantry/mock/internal/store/storetest"
)

func TestOpenRefusesWithoutTouchingTheFile(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		make func(tb testing.TB, path string)
		want error
		says []string
	}{
		"a file that is text": {
			writes([]byte(strings.Repeat("not a database\n", 2000))), store.ErrForeign, []string{"not written by tenantry"},
		},
		"a short file":                          {writes([]byte("x")), store.ErrForeign, []string{"not written by tenantry"}},
		"a file of zeros":                       {writes(make([]byte, 1<<16)), store.ErrForeign, []string{"not written by tenantry"}},
		"a data file cut in half":               {cut(1 << 16), store.ErrForeign, []string{"65536 bytes of", "restore it"}},
		"a data file cut to its header":         {cut(1 << 13), store.ErrForeign, []string{"8192 bytes of", "restore it"}},
		"a data file cut within its header":     {cut(5000), store.ErrForeign, []string{"not written by tenantry"}},
		"a data file that lost its pages":       {wiped, store.ErrForeign, []string{"damaged", "restore it"}},
		"a bbolt file of another program":       {foreign("other"), store.ErrForeign, []string{"belongs to another program"}},
		"another program with our bucket names": {foreign("meta"), store.ErrForeign, []string{"belongs to another program"}},
		"a data file of a newer version": {
			newer, store.ErrNewer, []string{"schema version 7", "this program knows 1", "run a newer tenantry or choose another file"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "tenantry.db")
			tt.make(t, path)
			before := read(t, path)
			refuses(t, path, tt.want, tt.says...)
			if !bytes.Equal(before, read(t, path)) {
				t.Errorf("Open(%s) changed the file", name)
			}
		})
	}
}

func TestOpenRefusesPlacesWithoutAFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	missing := filepath.Join(dir, "missing", "tenantry.db")
	refuses(t, missing, fs.ErrNotExist, "directory", "missing", "does not exist", "make it first")
	if _, err := os.Stat(filepath.Dir(missing)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open made the directory: %v", err)
	}
	refuses(t, dir, store.ErrForeign)
}

func TestOpenRefusesALockedFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tenantry.db")
	holder := openAt(t, path)
	refuses(t, path, store.ErrLocked, "in use by another process", "stop that one or choose another file")
	if err := holder.Close(); err != nil {
		t.Fatal(err)
	}
	if err := openAt(t, path).Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOpenTakesAnEmptyFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tenantry.db")
	writes(nil)(t, path)
	e := openAt(t, path)
	commit(t, e, store.Batch{World: "w", Op: store.Create, Seq: 1})
	reopened := reopen(t, e)
	if _, seq := storetest.Rows(t, reopened, "w"); seq != 1 {
		t.Errorf("Load: got sequence %d, want 1", seq)
	}
	if err := reopened.Close(); err != nil {
		t.Fatal(err)
	}
}

// refuses opens a path that must not open, with an error that names the file
// and says all of that.
func refuses(t *testing.T, path string, want error, says ...string) {
	t.Helper()
	e, err := bolt.Open(bolt.Options{Path: path})
	if err == nil {
		t.Fatalf("Open(%q): got no error, want %v", path, errors.Join(want, e.Close()))
	}
	if !errors.Is(err, want) {
		t.Errorf("Open(%q): got error %v, want %v", path, err, want)
	}
	for _, s := range append(says, path) {
		if !strings.Contains(err.Error(), s) {
			t.Errorf("Open(%q): got error %q, want it to say %q", path, err, s)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("Open(%q): got error %q, want one line", path, err)
	}
}

func writes(content []byte) func(testing.TB, string) {
	return func(tb testing.TB, path string) {
		tb.Helper()
		if err := os.WriteFile(path, content, 0o600); err != nil {
			tb.Fatal(err)
		}
	}
}

// cut makes a data file that has lost what follows size bytes.
func cut(size int64) func(testing.TB, string) {
	return func(tb testing.TB, path string) {
		tb.Helper()
		e := openAt(tb, path)
		commit(tb, e, store.Batch{World: "w", Op: store.Create, Seq: 1, Changes: rows(1000, "some value")})
		if err := errors.Join(e.Close(), os.Truncate(path, size)); err != nil {
			tb.Fatal(err)
		}
	}
}

// wiped makes a data file that has nothing behind its header.
func wiped(tb testing.TB, path string) {
	tb.Helper()
	cut(1<<16)(tb, path)
	content := read(tb, path)
	clear(content[2*os.Getpagesize():])
	writes(append(content, make([]byte, 1<<20)...))(tb, path)
}

func foreign(bucket string) func(testing.TB, string) {
	return func(tb testing.TB, path string) {
		tb.Helper()
		raw(tb, path, func(tx *bbolt.Tx) error {
			_, err := tx.CreateBucket([]byte(bucket))
			return err
		})
	}
}

func newer(tb testing.TB, path string) {
	tb.Helper()
	e, err := bolt.OpenSchema(path, 7, nil)
	if err != nil {
		tb.Fatal(err)
	}
	if err := e.Close(); err != nil {
		tb.Fatal(err)
	}
}

func read(tb testing.TB, path string) []byte {
	tb.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}
