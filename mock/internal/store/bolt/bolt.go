package bolt

import (
	"errors"
	"fmt"
	"os"
	"sync"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"github.com/tenantry/tenantry/mock/internal/store"
)

// Options say which file, and how it is reached.
type Options struct {
	// Path of the data file; it is made if it does not exist, its directory is not.
	Path string
	// OpenFile replaces os.OpenFile, for tests.
	OpenFile func(name string, flag int, perm os.FileMode) (*os.File, error)
}

// An Engine is an open data file.
type Engine struct {
	db    *bbolt.DB
	path  string
	ahead ahead

	mu      sync.Mutex // held by the one that writes
	failed  error      // the write whose outcome is unknown
	garbage []generation
	writes  int
}

// Path is the data file as it was given to Open.
func (e *Engine) Path() string { return e.path }

// Close waits for running calls, then unlocks the file.
func (e *Engine) Close() error {
	e.ahead.stop()
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.db.Close(); err != nil {
		return fmt.Errorf("close data file %q: %w", e.path, err)
	}
	return nil
}

// translated gives the port's name to the errors of bbolt that have one.
func translated(err error) error {
	if errors.Is(err, bolterrors.ErrDatabaseNotOpen) {
		return store.ErrClosed
	}
	return err
}
