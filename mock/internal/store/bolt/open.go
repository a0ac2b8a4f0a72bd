package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"github.com/tenantry/tenantry/mock/internal/store"
)

// lockTimeout lets a server that is restarted outlive the last breath of the
// one before it.
const lockTimeout = 200 * time.Millisecond

// Open opens the data file, or makes it. Every refusal names the file and what
// to do: ErrLocked when another process has it, ErrNewer and ErrForeign when it
// cannot be used; such a file is left untouched.
func Open(o Options) (*Engine, error) {
	return open(o, current)
}

func open(o Options, s schema) (_ *Engine, err error) {
	// Pages that are no pages make bbolt panic.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("open data file %q: %w: it is damaged (%v); restore it from a copy", o.Path, store.ErrForeign, p)
		}
	}()
	e, err := openFile(o, s)
	if err != nil {
		return nil, fmt.Errorf("open data file %q: %w", o.Path, explained(err, o.Path))
	}
	return e, nil
}

func openFile(o Options, s schema) (*Engine, error) {
	info, err := os.Stat(o.Path)
	made := errors.Is(err, fs.ErrNotExist)
	if err == nil && info.Size() > 0 {
		if err := probe(o, s); err != nil {
			return nil, err
		}
	}
	db, err := bbolt.Open(o.Path, 0o600, o.bbolt(false))
	if err != nil {
		return nil, err
	}
	e := &Engine{db: db, path: o.Path}
	if err := e.prepare(s, made); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	e.ahead.start(o.Path)
	return e, nil
}

func (o Options) bbolt(readOnly bool) *bbolt.Options {
	return &bbolt.Options{
		Timeout:      lockTimeout,
		ReadOnly:     readOnly,
		FreelistType: bbolt.FreelistMapType,
		NoStatistics: true,
		OpenFile:     o.OpenFile,
	}
}

// probe looks at an existing file without the right to write: bbolt itself
// would write to one that turns out to be somebody else's, and would read past
// the end of one that was cut short, which ends the process.
func probe(o Options, s schema) (err error) {
	db, err := bbolt.Open(o.Path, 0o600, o.bbolt(true))
	if err != nil {
		return unusable(err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.View(func(tx *bbolt.Tx) error {
		info, err := os.Stat(o.Path)
		if err != nil {
			return err
		}
		if info.Size() < tx.Size() {
			return fmt.Errorf("%w: it has %d bytes of %d; restore it from a copy", store.ErrForeign, info.Size(), tx.Size())
		}
		_, err = s.versionOf(tx)
		return err
	})
}

// prepare makes the file current and clean.
func (e *Engine) prepare(s schema, made bool) error {
	if err := s.migrate(e.db); err != nil {
		return err
	}
	if made {
		if err := syncDir(filepath.Dir(e.path)); err != nil {
			return err
		}
	}
	return e.clean()
}

// syncDir makes the name of a new file durable. Windows has no such call, and
// does without.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("sync directory: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("sync directory: %w", err)
	}
	return nil
}

// unusable is the error for a file that bbolt could open but not make sense of.
func unusable(err error) error {
	var system *fs.PathError
	if errors.Is(err, bolterrors.ErrTimeout) || errors.As(err, &system) {
		return err
	}
	return fmt.Errorf("%w: it was not written by tenantry or is damaged (%w); choose another file", store.ErrForeign, err)
}

// explained turns what bbolt and the system say into what the user can act on.
func explained(err error, path string) error {
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return fmt.Errorf("%w: stop that one or choose another file", store.ErrLocked)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("directory %q does not exist; make it first: %w", filepath.Dir(path), err)
	}
	return err
}
