package main

import (
	"context"
	"fmt"
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

// again is how many times as often as it has to be valid something may be measured.
const again = 2

// rewarm is how long a product is asked before each window, so that it does not begin asleep.
const rewarm = time.Second

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
		s, err := place(c.options, c.body)
		if err != nil {
			return err
		}
		before, err := read(nil)
		if err != nil {
			return err
		}
		p, err := e.start(ctx, s, c.null)
		if err != nil {
			return err
		}
		after, err := read(p)
		if err := p.Kill(); err != nil {
			return err
		}
		if err != nil {
			return err
		}
		e.tried.starts++
		others := foreign(before, after, p.Startup)
		if others <= c.maxForeign {
			e.starts = append(e.starts, p.Startup)
		}
		c.say("%-11s first answer after %6d ms, others used %.2f cores%s",
			e.title, p.Startup.Milliseconds(), others, c.verdict(others))
		return nil
	})
}

// windows measures throughput and latency.
func (c *comparison) windows(ctx context.Context) error {
	return passes(c.present(), c.rounds, func(e *entry) int { return len(e.windows) }, func(e *entry) error {
		if _, err := ask(ctx, e.target, c.connections, rewarm); err != nil {
			return err
		}
		before, err := read(e.process)
		if err != nil {
			return err
		}
		l, err := ask(ctx, e.target, c.connections, c.window)
		if err != nil {
			return err
		}
		after, err := read(e.process)
		if err != nil {
			return err
		}
		e.tried.windows++
		w := window{l.rate(), measure.Percentile(l.latencies, 50), measure.Percentile(l.latencies, 99)}
		others := foreign(before, after, l.took)
		if others <= c.maxForeign {
			e.windows = append(e.windows, w)
		}
		c.say("%-11s %7.0f/s, p99 %v, others used %.2f cores%s",
			e.title, w.rate, w.p99.Round(time.Microsecond), others, c.verdict(others))
		return nil
	})
}

func (c *comparison) verdict(others float64) string {
	if others > c.maxForeign {
		return ": thrown out"
	}
	return ""
}
