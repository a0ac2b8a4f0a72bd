package main

import (
	"context"
	"net/http"
)

// Parts that are tested against a server in the test's own process.
type (
	Result  = result
	Figure  = figure
	Options = options
)

var (
	Load    = load
	Metrics = metrics
	Manage  = manage
	Parse   = parse
)

const SandboxBody = sandboxBody

// MakeResult is a result of the given figures at rest.
func MakeResult(idle, after figure, journals int64) *Result {
	return &result{idle: idle, after: after, journals: journals}
}

// MakeFigure is a server at rest.
func MakeFigure(resident int64, goroutines, sandboxes int) Figure {
	return figure{resident: resident, goroutines: goroutines, sandboxes: sandboxes}
}

// Verdict is what a result says was left behind.
func (r *result) Verdict(workers int, journal int64) error {
	return r.verdict(options{workers: workers, journal: journal})
}

// Visit sends requests to a sandbox that Manage made.
func Visit(ctx context.Context, c *http.Client, made []byte, requests int) error {
	_, err := visit(ctx, c, made, requests)
	return err
}
