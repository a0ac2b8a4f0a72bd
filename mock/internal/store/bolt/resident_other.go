//go:build !linux

package bolt

import "go.etcd.io/bbolt"

// giveBack does nothing: elsewhere the same advice may discard what a shared
// map holds, or does not exist.
func (e *Engine) giveBack(*bbolt.Tx) {}
