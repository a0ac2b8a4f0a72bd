package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

// again is how many times as often as it has to be valid something may be measured.
const again = 2

// passes goes through the entries until each has as many valid results as wanted, or was tried again times as often.
// Every pass begins with another entry, so that none always follows the same one.
func passes(entries []*entry, wanted int, valid func(*entry) int, try func(*entry) error) error {
	for pass := range wanted * again {
		for i := range entries {
			e := entries[(i+pass)%len(entries)]
			if valid(e) >= wanted {
				continue
			}
			if err := try(e); err != nil {
				return fmt.Errorf("%s: %w", e.title, err)
			}
		}
	}
	return nil
}

// firstAnswers measures the time from a start to the first answer, one product at a time.
func (c *comparison) firstAnswers(ctx context.Context) error {
	return passes(c.present(), c.starts, func(e *entry) int { return len(e.starts) }, func(e *entry) error {
		e.tried.starts++
		startup, others, err := c.firstAnswer(ctx, e)
		why, err := c.forgive(ctx, e, err)
		switch {
		case err != nil:
			return err
		case why != "":
			e.lost.starts = append(e.lost.starts, why)
			return nil
		case others <= c.maxForeign:
			e.starts = append(e.starts, startup)
		}
		c.say("%-11s first answer after %6d ms, others used %.2f cores%s",
			e.title, startup.Milliseconds(), others, c.verdict(others))
		return nil
	})
}

// firstAnswer is one start, and how many cores others used during it.
func (c *comparison) firstAnswer(ctx context.Context, e *entry) (startup time.Duration, others float64, err error) {
	s, err := place(c.options, c.body)
	if err != nil {
		return 0, 0, err
	}
	before, err := read(nil)
	if err != nil {
		return 0, 0, err
	}
	p, err := e.start(ctx, s, c.null)
	if err != nil {
		return 0, 0, err
	}
	after, err := read(p)
	return p.Startup, foreign(before, after, p.Startup), errors.Join(err, p.Kill())
}

// windows measures throughput and latency.
func (c *comparison) windows(ctx context.Context, warm time.Duration) error {
	return passes(c.present(), c.rounds, func(e *entry) int { return len(e.windows) }, func(e *entry) error {
		e.tried.windows++
		w, others, err := c.measure(ctx, e, warm)
		why, err := c.forgive(ctx, e, err)
		switch {
		case err != nil:
			return err
		case why != "":
			e.lost.windows = append(e.lost.windows, why)
			return nil
		case others <= c.maxForeign:
			e.windows = append(e.windows, w)
		}
		c.say("%-11s %7.0f/s, p99 %v, others used %.2f cores%s",
			e.title, w.rate, w.p99.Round(time.Microsecond), others, c.verdict(others))
		return nil
	})
}

// measure is one window, and how many cores others used during it.
func (c *comparison) measure(ctx context.Context, e *entry, warm time.Duration) (w window, others float64, err error) {
	if _, err := ask(ctx, e.target, c.connections, warm); err != nil {
		return w, 0, err
	}
	before, err := read(e.process)
	if err != nil {
		return w, 0, err
	}
	l, err := ask(ctx, e.target, c.connections, c.window)
	if err != nil {
		return w, 0, err
	}
	after, err := read(e.process)
	w = window{l.rate(), measure.Percentile(l.latencies, 50), measure.Percentile(l.latencies, 99)}
	return w, foreign(before, after, l.took), err
}

func (c *comparison) verdict(others float64) string {
	if others > c.maxForeign {
		return ": thrown out"
	}
	return ""
}
