package main

import (
	"crypto/rand"
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
