package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/tenantry/tenantry/bench/internal/served"
)

// options are what the command line says.
type options struct {
	requests int
	workers  int
	journal  int64 // bytes, of each sandbox
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := command(ctx, os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		_, _ = fmt.Fprintln(os.Stderr, "soak:", err)
		stop()
		os.Exit(1) //nolint:gocritic // stop was called
	}
}

func command(ctx context.Context, args []string, out io.Writer) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "tenantry-soak-")
	if err != nil {
		return fmt.Errorf("make a folder to work in: %w", err)
	}
	defer func() { _ = os.RemoveAll(work) }()
	binary, err := served.Build(ctx, work)
	if err != nil {
		return err
	}
	s, err := served.Start(ctx, binary, "--log-format", "json", "--journal-bytes", fmt.Sprint(o.journal))
	if err != nil {
		return err
	}
	r, err := soak(ctx, s, o)
	if err = errors.Join(err, s.Stop()); err != nil {
		return err
	}
	if _, err := fmt.Fprint(out, r); err != nil {
		return err
	}
	return r.verdict(o)
}

func parse(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("soak", flag.ContinueOnError)
	flags.IntVar(&o.requests, "requests", 1_000_000, "how many requests are sent in all")
	flags.IntVar(&o.workers, "workers", 8, "how many clients send them at the same time")
	flags.Int64Var(&o.journal, "journal-bytes", 2<<20, "what each sandbox may remember of its requests")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 || o.requests < stint || o.workers < 1 {
		return o, fmt.Errorf("there are flags only, at least %d requests and one worker", stint)
	}
	return o, nil
}

// soak loads the server for a while, lets it rest, loads it for the rest of the requests and lets it rest again.
func soak(ctx context.Context, s *served.Server, o options) (*result, error) {
	r := &result{startup: s.Startup}
	var err error
	if r.fresh, err = s.Resident(); err != nil {
		return nil, err
	}
	warm := o.requests / 20
	if err := load(ctx, s.Control, o.workers, warm, r); err != nil {
		return nil, err
	}
	if r.idle, err = rest(ctx, s, 0); err != nil {
		return nil, err
	}
	watched := make(chan error, 1)
	loading, done := context.WithCancel(ctx)
	go func() { watched <- r.watch(loading, s) }()
	err = load(ctx, s.Control, o.workers, o.requests-warm, r)
	done()
	if err = errors.Join(err, <-watched); err != nil {
		return nil, err
	}
	if r.loaded, err = s.Resident(); err != nil {
		return nil, err
	}
	if r.peak, err = s.Peak(); err != nil {
		return nil, err
	}
	r.after, err = rest(ctx, s, most(r.idle.resident))
	return r, err
}
