package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// slack is the part of the memory at rest by which a server may be larger afterwards.
const slack = 5 // a fifth

// A result is what a soak found.
type result struct {
	startup      time.Duration
	fresh        int64 // resident memory after the start, before the first request
	idle, after  figure
	loaded, peak int64
	journals     int64 // the most bytes that all of them held at a glance

	mu     sync.Mutex
	counts map[string]int // answers by class
}

func (r *result) count(counts map[string]int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.counts == nil {
		r.counts = map[string]int{}
	}
	for class, n := range counts {
		r.counts[class] += n
	}
}

func most(idle int64) int64 { return idle + idle/slack }

// String is the result for people.
func (r *result) String() string {
	var b strings.Builder
	for _, class := range slices.Sorted(maps.Keys(r.counts)) {
		fmt.Fprintf(&b, "%-10s %9d requests\n", class, r.counts[class])
	}
	mib := func(n int64) float64 { return float64(n) / (1 << 20) }
	fmt.Fprintf(&b, "start to readiness   %v\n", r.startup.Round(time.Millisecond))
	fmt.Fprintf(&b, "resident, fresh      %6.1f MiB\n", mib(r.fresh))
	fmt.Fprintf(&b, "resident, at rest    %6.1f MiB, %d goroutines\n", mib(r.idle.resident), r.idle.goroutines)
	fmt.Fprintf(&b, "resident, peak       %6.1f MiB\n", mib(r.peak))
	fmt.Fprintf(&b, "resident, at the end %6.1f MiB\n", mib(r.loaded))
	fmt.Fprintf(&b, "resident, rested     %6.1f MiB, %d goroutines, %d sandboxes, %d requests in flight\n",
		mib(r.after.resident), r.after.goroutines, r.after.sandboxes, r.after.inFlight)
	fmt.Fprintf(&b, "journals, most       %6.1f MiB, %d bytes at the end\n", mib(r.journals), r.after.journal)
	return b.String()
}

// verdict says everything that was left behind.
func (r *result) verdict(o options) error {
	var left []error
	if r.after.resident > most(r.idle.resident) {
		left = append(left, fmt.Errorf("memory did not come back: %d bytes are resident, %d were", r.after.resident, r.idle.resident))
	}
	if r.after.goroutines > r.idle.goroutines {
		left = append(left, fmt.Errorf("%d goroutines run, %d did", r.after.goroutines, r.idle.goroutines))
	}
	if limit := o.journal * int64(o.workers+1); r.journals > limit { // one sandbox for each, and the default one
		left = append(left, fmt.Errorf("the journals held %d bytes, more than %d", r.journals, limit))
	}
	if r.after.sandboxes != r.idle.sandboxes || r.after.inFlight != 0 {
		left = append(left, fmt.Errorf("%d sandboxes and %d requests are left", r.after.sandboxes, r.after.inFlight))
	}
	return errors.Join(left...)
}
