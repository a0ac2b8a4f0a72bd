package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/tenantry/tenantry/contracttest"
	"github.com/tenantry/tenantry/contracttest/report"
)

// contractFlags are the flags of tenantry test.
type contractFlags struct {
	target    targetFlags
	scenarios scenarioFlags
	reports   []string
	ledger    ledgerFile
	against   []string
	sweep     bool
	yes       bool
	dryRun    bool
	repeat    int
	quiet     bool
}

// newContract is the command test: the file could not be named so, because Go takes names that end in _test for tests and
// people take test.go for one.
func newContract() *cobra.Command {
	var f contractFlags
	cmd := command("test [FILE…]", "Replay scenarios against an endpoint and judge its answers", cobra.ArbitraryArgs,
		func(cmd *cobra.Command, files []string) error {
			f.scenarios.files = files
			if f.sweep {
				return f.sweepUp(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout())
			}
			return f.run(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		})
	cmd.Long = "Replays scenarios (Arazzo 1.0.1 files; without FILE the embedded ones) against a base URL and judges every answer by\n" +
		"the scenario's criteria and by the OpenAPI document.\n\n" +
		"Against a Tenantry server, recognised by its control plane, it makes a sandbox of its own and needs no credentials.\n" +
		"Against any other endpoint it changes nothing without --allow-writes; then everything is made under the tenant of\n" +
		"--tenant, with the run's id in its name, and removed at the end, also after a failure or an interruption.\n\n" +
		"Secrets come from TENANTRY_CLIENT_SECRET and TENANTRY_ROOT_CLIENT_SECRET, from files, or from you at a terminal.\n" +
		"The exit status is 0 when everything passed, 1 when there are findings, and 2 when something could not be run."
	cmd.Example = "  tenantry test --target http://127.0.0.1:8080\n" +
		"  tenantry test --target https://eu-cloud.example --client-id ID --tenant ID --allow-writes --report junit=report.xml\n" +
		"  tenantry test my-scenario.yaml --tag users --report html=report.html"
	f.target.register(cmd.Flags())
	f.scenarios.register(cmd.Flags())
	flags := cmd.Flags()
	flags.StringArrayVar(&f.reports, "report", nil, "further report as KIND=FILE: junit, json, html, har, coverage or markdown; may be repeated")
	flags.Var(&f.ledger, "ledger", "file that keeps what was proven, run by run; \"tenantry operations --ledger FILE\" shows it")
	flags.StringArrayVar(&f.against, "against", nil, "compare the answers of two endpoints: give it twice, in place of --target; one on this machine that can make a sandbox needs no credentials")
	flags.BoolVar(&f.sweep, "sweep", false, "replay nothing: remove what earlier runs (or that of --run-id) left below --tenant")
	flags.BoolVar(&f.yes, "yes", false, "with --sweep: do not ask")
	flags.BoolVar(&f.dryRun, "dry-run", false, "print the requests of the scenarios and send nothing")
	flags.IntVar(&f.repeat, "repeat", 1, "replay everything so many times")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "print the summary alone, without progress")
	cmd.PersistentPreRunE = func(*cobra.Command, []string) error { return fromEnvironment(flags, os.LookupEnv) }
	withStatus(cmd, couldNotRun)
	return cmd
}

// Exit statuses of the command test.
const (
	haveFindings = 1
	couldNotRun  = 2
)

func (f *contractFlags) run(ctx context.Context, out, progress io.Writer) error {
	writers, err := parseReports(f.reports)
	if err != nil {
		return err
	}
	if f.repeat < 1 {
		return fmt.Errorf("--repeat %d: give 1 or more", f.repeat)
	}
	scenarios, err := f.scenarios.open()
	if err != nil {
		return err
	}
	if f.dryRun {
		return dryRun(out, scenarios)
	}
	if err := f.ledger.check(); err != nil {
		return err
	}
	if len(f.against) > 0 {
		return f.compare(ctx, scenarios, out, progress, writers)
	}
	defer context.AfterFunc(ctx, func() { lastWord(progress) })()
	var worst error
	for n := range f.repeat {
		if f.repeat > 1 {
			fmt.Fprintf(progress, "run %d of %d\n", n+1, f.repeat) //nolint:errcheck // a progress line
		}
		r, err := f.once(ctx, f.target, scenarios, progress)
		if r != nil { // even where the sandbox could not be removed
			err = errors.Join(err, writeReports(out, r, writers))
		}
		if err != nil {
			return err
		}
		worst = worse(worst, verdictError(r))
		if r.Interrupted {
			break
		}
	}
	return worst
}

// lastWord says what an interrupted run is doing, and lets the next signal end it at once.
func lastWord(progress io.Writer) {
	again := make(chan os.Signal, 1)
	signal.Notify(again, os.Interrupt, syscall.SIGTERM)
	fmt.Fprintln(progress, "interrupted: removing what was created; once more Ctrl-C leaves it there, for --sweep") //nolint:errcheck // a progress line
	<-again
	os.Exit(couldNotRun)
}

// once is one run, in a world of its own where the target can make one.
func (f *contractFlags) once(ctx context.Context, at targetFlags, s *scenarioSet, progress io.Writer) (r *report.Report, err error) {
	target, err := at.open(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, target.close(context.WithoutCancel(ctx))) }()
	cfg := target.config
	if err := f.scenarios.needs(cfg.Inputs); err != nil {
		return nil, err
	}
	f.scenarios.apply(&cfg, s)
	if !f.quiet {
		p := newProgress(progress, len(s.plan.Scenarios()))
		defer p.Close()
		cfg.Done = p.Finished
	}
	r, err = contracttest.Execute(ctx, cfg)
	if err != nil {
		return nil, err
	}
	return r, f.keep(context.WithoutCancel(ctx), target, r)
}

// verdictError is how a report ends the command.
func verdictError(r *report.Report) error {
	switch {
	case leftBehind(r):
		return coded{couldNotRun, fmt.Errorf("what was created could not all be removed: --sweep --run-id %s removes what is left; see the report", r.RunID)}
	case r.Interrupted:
		return coded{couldNotRun, errors.New("interrupted: what was created is removed, what ran until then is reported")}
	case r.Verdict == report.Error:
		return coded{couldNotRun, errors.New("something could not be run; see the report")}
	case r.Verdict == report.Fail:
		return coded{haveFindings, errors.New("there are findings")}
	case r.Verdict == report.Skipped:
		return coded{couldNotRun, errors.New("every scenario was skipped; see the report for the reasons")}
	}
	return nil
}

// leftBehind tells whether a cleanup did not do what it must.
func leftBehind(r *report.Report) bool {
	for i := range r.Scenarios {
		for j := range r.Scenarios[i].Steps {
			if step := &r.Scenarios[i].Steps[j]; step.Cleanup && step.Verdict == report.Error {
				return true
			}
		}
	}
	return false
}

// worse is the error with the higher exit status.
func worse(a, b error) error {
	if status(b) > status(a) {
		return b
	}
	return a
}
