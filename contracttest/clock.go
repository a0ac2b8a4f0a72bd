package contracttest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"time"
)

// wall is the clock on the wall.
type wall struct{}

// Now is the present time.
func (wall) Now() time.Time { return time.Now() }

// Sleep waits, or returns the error of the context that ended first.
func (wall) Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// newRunID names a run that nobody named: its time, so that people find it, and chance, so that two differ.
func newRunID() string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // it ends the process rather than fail
	return "run-" + time.Now().UTC().Format("20060102-150405") + "-" + hex.EncodeToString(b[:])
}
