package contracttest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"time"
)

// WallClock is the clock on the wall, which runs follow unless they are given another.
type WallClock struct{}

// Now is the present time.
func (WallClock) Now() time.Time { return time.Now() }

// Sleep waits, or returns the error of the context that ended first.
func (WallClock) Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// NewRunID names a run that nobody named: its time, so that people find it, and chance, so that two differ.
func NewRunID() string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // it ends the process rather than fail
	return "run-" + time.Now().UTC().Format("20060102-150405") + "-" + hex.EncodeToString(b[:])
}
