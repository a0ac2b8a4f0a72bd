package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

// How long things take that are not measured.
const (
	settle = 2 * time.Second  // a product rests for so long before its memory is read
	rewarm = time.Second      // it is asked for so long before each window, so that it does not begin asleep
	stuck  = 15 * time.Second // a window waits for so long for answers after its time
)

// A comparison is one run.
type comparison struct {
	options
	entries []*entry
	said    io.Writer // progress, for people
	body    []byte    // what every product answers
	null    *os.File  // takes what products print
}

// present are the entries that can be measured here.
func (c *comparison) present() []*entry {
	var here []*entry
	for _, e := range c.entries {
		if e.leftOut == "" {
			here = append(here, e)
		}
	}
	return here
}

func (c *comparison) run(ctx context.Context) (err error) {
	if c.null, err = os.OpenFile(os.DevNull, os.O_WRONLY, 0); err != nil {
		return err
	}
	defer func() { _ = c.null.Close() }()
	if err := c.verify(ctx); err != nil {
		return err
	}
	if err := c.firstAnswers(ctx); err != nil {
		return err
	}
	defer c.end()
	if err := c.open(ctx); err != nil {
		return err
	}
	if err := c.windows(ctx, rewarm); err != nil {
		return err
	}
	return c.weigh(ctx, settle, func(e *entry) *int64 { return &e.after })
}

// verify starts each product once, ours first for the bytes, and holds the others to them.
func (c *comparison) verify(ctx context.Context) error {
	for _, e := range c.present() {
		s, err := place(c.options, c.body)
		if err != nil {
			return err
		}
		p, err := e.start(ctx, s, nil)
		if err != nil {
			return fmt.Errorf("%s: %w", e.title, err)
		}
		got, err := body(ctx, s.address(), startLimit)
		if err := errors.Join(err, p.Kill()); err != nil {
			return fmt.Errorf("%s: %w", e.title, err)
		}
		if c.body == nil {
			c.body = got
		}
		if !bytes.Equal(got, c.body) {
			return fmt.Errorf("%s answers other bytes than its stub has:\n%s\nwant\n%s", e.title, got, c.body)
		}
		c.say("%s starts and answers", e.title)
	}
	return nil
}

// open starts every product for the windows, warms it up, and takes its memory before that.
func (c *comparison) open(ctx context.Context) error {
	var bearer string
	for _, e := range c.present() {
		s, err := place(c.options, c.body)
		if err != nil {
			return err
		}
		e.process, err = e.start(ctx, s, c.null)
		if err == nil && bearer == "" { // the first is ours
			bearer, err = token(ctx, s.address())
		}
		if bearer == "" { // what the others are asked with is missing
			return fmt.Errorf("%s: %w", e.title, err)
		}
		if _, err := c.forgive(ctx, e, err); err != nil {
			return fmt.Errorf("%s: %w", e.title, err)
		}
		e.target = target{s.address(), request(s.address(), bearer), len(c.body), stuck}
	}
	if err := c.weigh(ctx, settle, func(e *entry) *int64 { return &e.idle }); err != nil {
		return err
	}
	for _, e := range c.present() {
		c.say("%s warms up for %v", e.title, c.warmup)
		_, err := ask(ctx, e.target, c.connections, c.warmup)
		if _, err := c.forgive(ctx, e, err); err != nil {
			return fmt.Errorf("%s: %w", e.title, err)
		}
	}
	return nil
}

// weigh reads the resident memory of all products that run, after a rest.
func (c *comparison) weigh(ctx context.Context, rest time.Duration, into func(*entry) *int64) error {
	if err := measure.Wait(ctx, rest); err != nil {
		return err
	}
	for _, e := range c.present() {
		if e.process == nil {
			continue
		}
		bytes, err := e.process.Resident()
		if _, err := c.forgive(ctx, e, err); err != nil {
			return fmt.Errorf("%s: %w", e.title, err)
		}
		*into(e) = bytes
	}
	return nil
}

// end ends whatever runs, at once: nothing of it is kept.
func (c *comparison) end() {
	for _, e := range c.entries {
		if e.process != nil {
			if err := e.process.Kill(); err != nil {
				c.say("%s: end it: %v", e.title, err)
			}
		}
	}
}

func (c *comparison) say(format string, args ...any) {
	_, _ = fmt.Fprintf(c.said, format+"\n", args...)
}
