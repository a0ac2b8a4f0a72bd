package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"io"
	"time"
)

// Times of the wall clock that the command needs; the worlds have their own.
const (
	headerTimeout   = 10 * time.Second
	shutdownTimeout = 15 * time.Second
	certificateLife = 365 * 24 * time.Hour
)

func now() time.Time { return time.Now() }

// chance makes the key of a self-signed certificate; the identifiers of the worlds derive from a seed.
func chance() io.Reader { return rand.Reader }

// newRunID names a run that nobody named: its time, so that people find it, and chance, so that two differ.
func newRunID() string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // it ends the process rather than fail
	return "run-" + now().UTC().Format("20060102-150405") + "-" + hex.EncodeToString(b[:])
}

// wallClock is the clock of contract runs.
type wallClock struct{}

// Now is the present time.
func (wallClock) Now() time.Time { return now() }

// Sleep waits, or returns the error of the context that ended first.
func (wallClock) Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
