package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
	"github.com/tenantry/tenantry/bench/internal/page"
	"github.com/tenantry/tenantry/bench/internal/served"
)

// options are what the command line says.
type options struct {
	window      time.Duration
	warmup      time.Duration
	rounds      int
	starts      int
	connections int
	maxForeign  float64
	only        string
	cache       string
	out         string
	prepared    string // set where this program runs again, in a network of its own
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := command(ctx, os.Args[1:])
	switch {
	case err == nil || errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errSaid):
		os.Exit(1)
	case ctx.Err() != nil:
		_, _ = fmt.Fprintln(os.Stderr, "peers: interrupted; nothing was written")
		os.Exit(1)
	default:
		_, _ = fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

func command(ctx context.Context, args []string) error {
	o, err := parse(args, os.Stderr)
	if err != nil {
		return err
	}
	all, err := chosen(products(), o.only)
	if err != nil {
		return err
	}
	if o.prepared != "" {
		return measured(ctx, o, all, nil)
	}
	work, err := os.MkdirTemp("", "tenantry-peers-")
	if err != nil {
		return fmt.Errorf("make a folder to work in: %w", err)
	}
	defer func() { _ = os.RemoveAll(work) }()
	if o.cache == "" {
		o.cache = work
	}
	if err := prepare(ctx, o.cache, work, all); err != nil {
		return err
	}
	o.prepared = work
	why, err := enter(ctx, append(args, "-cache", o.cache, "-prepared", work))
	if why == nil {
		return err
	}
	return measured(ctx, o, all, why)
}

// prepare installs the products and builds our own, as it is released.
func prepare(ctx context.Context, cache, work string, all []product) error {
	if _, err := measure.Busy(); err != nil {
		return fmt.Errorf("this tool needs Linux: %w", err)
	}
	if err := install(ctx, cache, all); err != nil {
		return err
	}
	_, err := served.Build(ctx, work) // it becomes binary(work)
	return err
}

func binary(work string) string { return filepath.Join(work, "tenantry") }

// measured measures and writes. Without a network of its own it leaves out what would listen on all interfaces.
func measured(ctx context.Context, o options, all []product, open error) error {
	c := &comparison{options: o, said: os.Stderr}
	for _, p := range all {
		c.entries = append(c.entries, &entry{product: p})
		if open != nil && p.wide {
			c.entries[len(c.entries)-1].leftOut = fmt.Sprintf("it listens on all interfaces, and %v", open)
		}
	}
	if err := c.run(ctx); err != nil {
		return err
	}
	text := report(c.entries, o, measure.ThisMachine(), measure.Now())
	if o.out == "-" {
		_, err := fmt.Fprintln(os.Stdout, text)
		return err
	}
	return page.Replace(o.out, "peers", text)
}

func parse(args []string, out io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("peers", flag.ContinueOnError)
	f.SetOutput(out)
	f.DurationVar(&o.window, "window", 5*time.Second, "how long one product is asked in one round")
	f.DurationVar(&o.warmup, "warmup", 10*time.Second, "how long each product is asked before the first round")
	f.IntVar(&o.rounds, "rounds", 5, "valid windows of each product")
	f.IntVar(&o.starts, "starts", 5, "valid starts of each product")
	f.IntVar(&o.connections, "connections", 16, "connections that ask at the same time")
	f.Float64Var(&o.maxForeign, "max-foreign", 0.15, "processor cores that anything else may use while something is measured")
	f.StringVar(&o.only, "only", "", "comma-separated products: "+listed(products())+"; tenantry is always there")
	f.StringVar(&o.cache, "cache", "", "folder that keeps the installed packages (default: one that is removed)")
	f.StringVar(&o.out, "out", "docs/performance.md", "page whose section peers is written, or - for the standard output")
	f.StringVar(&o.prepared, "prepared", "", "set by this tool itself")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if f.NArg() > 0 {
		return o, fmt.Errorf("%q is no flag", f.Arg(0))
	}
	if o.rounds < 1 || o.starts < 1 || o.connections < 1 || o.window < 100*time.Millisecond || o.warmup < 0 || o.maxForeign <= 0 {
		return o, errors.New("-rounds, -starts, -connections and -max-foreign have to be above zero, and -window at least 100ms")
	}
	if o.cache != "" {
		cache, err := filepath.Abs(o.cache)
		if err != nil {
			return o, fmt.Errorf("-cache: %w", err)
		}
		o.cache = cache
	}
	return o, nil
}
