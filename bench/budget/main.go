package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
	"github.com/tenantry/tenantry/bench/internal/page"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := command(ctx, os.Args[1:]); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "budget:", err)
		os.Exit(1)
	}
}

func command(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("budget", flag.ContinueOnError)
	count := flags.Int("count", 1, "how often each benchmark runs; the median counts")
	out := flags.String("out", "", "page whose section budgets is written anew, such as docs/performance.md")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil
	} else if err != nil {
		return errors.New("see -help")
	}
	if *count < 1 || flags.NArg() > 0 {
		return errors.New("give -count 1 or more, and nothing else")
	}
	binary, err := process(ctx)
	if err != nil {
		return err
	}
	measured, err := benchmarks(ctx, rows(), *count, os.Stderr)
	if err != nil {
		return err
	}
	results := slices.Concat(measured, binary)
	if *out != "" {
		if err := page.Replace(*out, "budgets", markdown(results)); err != nil {
			return err
		}
	}
	return report(os.Stdout, results)
}

// markdown is the table for the page.
func markdown(results []result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s: %s. Again: `make bench BUDGET='-count 5 -out docs/performance.md'`.\n\n",
		measure.Now().Format(time.DateOnly), measure.ThisMachine())
	b.WriteString("| budget | measured | allowed | |\n| --- | ---: | ---: | --- |\n")
	for _, r := range results {
		b.WriteString("| " + strings.ReplaceAll(r.line(), "\t", " | ") + " |\n")
	}
	return b.String()
}

// report prints the table. That a budget is not met is an error.
func report(out io.Writer, results []result) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintf(table, "%s\n\nBUDGET\tMEASURED\tALLOWED\t\n", measure.ThisMachine()) // Flush reports it
	missed := 0
	for _, r := range results {
		_, _ = fmt.Fprintln(table, r.line())
		if !r.met() {
			missed++
		}
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print the table: %w", err)
	}
	if missed > 0 {
		return fmt.Errorf("%d of %d budgets are not met", missed, len(results))
	}
	return nil
}
