package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

// An entry is a product and what was measured of it.
type entry struct {
	product
	leftOut string // why it is not measured

	starts  []time.Duration
	windows []window
	tried   tries
	lost    losses
	idle    int64 // resident bytes before the first request; 0 where the product had ended
	after   int64 // resident bytes after the last

	process *measure.Process // nil where it did not start
	target  target
}

// tries counts what was measured, valid or thrown out.
type tries struct{ starts, windows int }

// losses says why starts and windows were lost that the product itself gave up.
type losses struct{ starts, windows []string }

// A window is what one round found of a product.
type window struct {
	rate     float64 // answers per second
	p50, p99 time.Duration
}

// startLimit is how long a product may take to answer for the first time.
const startLimit = time.Minute

// start starts the product at a place of its own and waits for its route to answer. What it prints goes to output, or
// into the error of a failed start where output is nil.
func (e *entry) start(ctx context.Context, s site, output *os.File) (*measure.Process, error) {
	dir, err := os.MkdirTemp(s.dir, e.name+"-")
	if err != nil {
		return nil, fmt.Errorf("make its folder: %w", err)
	}
	s.dir, s.version = dir, e.version
	command, err := e.command(s)
	if err != nil {
		return nil, err
	}
	command.Dir = dir
	command.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + dir, "LANG=C.UTF-8"}
	if output != nil {
		command.Output = output
	}
	// Only the wait has a limit: the process lives as long as ctx.
	return measure.Start(ctx, command, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, startLimit)
		defer cancel()
		return measure.Answers("http://" + credentials + "@" + s.address() + asked)(ctx)
	})
}

// place is a new site with free ports.
func place(o options, body []byte) (site, error) {
	port, err := measure.FreePort()
	if err != nil {
		return site{}, err
	}
	spare, err := measure.FreePort()
	if err != nil {
		return site{}, err
	}
	return site{
		binary: binary(o.prepared), modules: filepath.Join(o.cache, "node_modules"),
		dir: o.prepared, port: port, spare: spare, body: body,
	}, nil
}
