package bolt

import (
	"syscall"

	"go.etcd.io/bbolt"
)

// giveBack takes the pages of the file that were read out of the resident
// memory of the process; the next read of one brings it back from the cache of
// the system. tx keeps the map in place meanwhile. It is advice: when it fails,
// nothing but memory is lost.
func (e *Engine) giveBack(tx *bbolt.Tx) {
	_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, e.db.Info().Data, uintptr(tx.Size()), syscall.MADV_DONTNEED) //nolint:gosec // a size is never negative
}
