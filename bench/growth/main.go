package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"

	"github.com/tenantry/tenantry/bench/internal/measure"
	"github.com/tenantry/tenantry/bench/internal/page"
	"github.com/tenantry/tenantry/bench/internal/served"
)

// section is the name of the section of the page.
const section = "growth"

// options are what the command line says.
type options struct {
	sizes  []int // users; tenants are a tenth
	rounds int
	folder string
	page   string
	plot   string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := command(ctx, os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		_, _ = fmt.Fprintln(os.Stderr, "growth:", err)
		stop()
		os.Exit(1) //nolint:gocritic // stop was called
	}
}

func command(ctx context.Context, args []string) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp(o.folder, "tenantry-growth-")
	if err != nil {
		return fmt.Errorf("make a folder to work in: %w", err)
	}
	defer func() { _ = os.RemoveAll(work) }()
	binary, err := served.Build(ctx, work)
	if err != nil {
		return err
	}
	worlds, err := grown(ctx, binary, work, o)
	defer func() {
		for _, w := range worlds {
			_ = w.Stop() // its figures are taken
		}
	}()
	if err != nil {
		return err
	}
	if err := measureAll(ctx, worlds, o.rounds); err != nil {
		return err
	}
	return o.publish(worlds)
}

func parse(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("growth", flag.ContinueOnError)
	sizes := flags.String("sizes", "1000,10000,100000,1000000", "how many `users` each world has, with a tenth of the tenants")
	flags.IntVar(&o.rounds, "rounds", 5, "how often each call is measured in each world")
	flags.StringVar(&o.folder, "dir", "", "where the data files are made (default: the folder for temporary files)")
	flags.StringVar(&o.page, "page", "docs/performance.md", "page whose section is written; empty prints the table alone")
	flags.StringVar(&o.plot, "plot", "docs/growth.svg", "file of the plot; empty makes none")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 || o.rounds < 1 {
		return o, errors.New("there are flags only, and at least one round")
	}
	var err error
	o.sizes, err = parseSizes(*sizes)
	return o, err
}

func parseSizes(text string) ([]int, error) {
	var sizes []int
	for _, field := range strings.Split(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(field))
		if err != nil || n < 100 || len(sizes) > 0 && n <= sizes[len(sizes)-1] {
			return nil, fmt.Errorf("-sizes %s: numbers of users from 100 on are needed, each larger than the one before", text)
		}
		sizes = append(sizes, n)
	}
	return sizes, nil
}

// publish prints the table and writes what the options ask for.
func (o options) publish(worlds []*world) error {
	text := report(worlds, o, measure.ThisMachine(), measure.Now())
	if _, err := fmt.Fprint(os.Stdout, text); err != nil {
		return err
	}
	if o.plot != "" {
		if err := os.WriteFile(o.plot, []byte(plot(curves(worlds))), 0o644); err != nil { //nolint:gosec // a page of the documentation
			return fmt.Errorf("write the plot: %w", err)
		}
	}
	if o.page == "" {
		return nil
	}
	return page.Replace(o.page, section, text)
}
