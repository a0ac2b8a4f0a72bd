package bolt

import (
	"io"
	"os"
	"sync"
	"sync/atomic"
)

const (
	// aheadFrom is the size from which reading ahead is worth it.
	aheadFrom = 32 << 20
	// aheadBytes is how much is read at a time.
	aheadBytes = 4 << 20
)

// An ahead reads a file from its beginning to its end and keeps nothing of it: then it is in the cache of the system. A
// load visits the pages of a file in the order of the keys. Where each has to come from a disk by itself, that takes ten
// times as long.
type ahead struct {
	stopped atomic.Bool
	done    sync.WaitGroup
}

// start reads the file beside what else is done. That it cannot be read is found by those who need it.
func (a *ahead) start(path string) {
	info, err := os.Stat(path)
	if err != nil || info.Size() < aheadFrom {
		return
	}
	a.done.Go(func() {
		f, err := os.Open(path)
		if err != nil {
			return
		}
		defer func() { _ = f.Close() }() // it was only read
		buffer := make([]byte, aheadBytes)
		for err == nil && !a.stopped.Load() {
			_, err = io.ReadFull(f, buffer)
		}
	})
}

// stop ends the reading and waits for it.
func (a *ahead) stop() {
	a.stopped.Store(true)
	a.done.Wait()
}
