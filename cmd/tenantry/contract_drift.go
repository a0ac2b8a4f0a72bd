package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/tenantry/tenantry/contracttest/drift"
	"github.com/tenantry/tenantry/contracttest/report"
)

// compare replays the scenarios on two endpoints and prints where their answers differ. The reports are of the second one, or
// of the first if that could not be run. What could not be run on either says nothing about drift, and is status 2.
func (f *contractFlags) compare(ctx context.Context, s *scenarioSet, out, progress io.Writer, writers []reportFile) error {
	if len(f.against) != 2 {
		return fmt.Errorf("--against is given %d times: it takes two endpoints, each with its own --against", len(f.against))
	}
	if f.target.control != controlAuto {
		return errors.New("--against finds the control planes by itself: leave --control out")
	}
	var runs []*report.Report
	for _, url := range f.against {
		at := f.target
		at.target, at.preferSandbox = url, true
		r, err := f.once(ctx, at, s, progress)
		if r != nil {
			runs = append(runs, r)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("%s: %w", url, err), writeLast(out, runs, writers))
		}
		if r.Interrupted {
			return errors.Join(verdictError(r), writeLast(out, runs, writers))
		}
	}
	if err := writeLast(out, runs, writers); err != nil {
		return err
	}
	differences := drift.Compare(runs[0], runs[1])
	for _, d := range differences {
		if _, err := fmt.Fprintln(out, d); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintf(out, "%s between %s and %s\n", counted(len(differences), "difference"), f.against[0], f.against[1]); err != nil {
		return err
	}
	for _, r := range runs {
		if r.Verdict == report.Error {
			return verdictError(r)
		}
	}
	if len(differences) > 0 {
		return coded{haveFindings, errors.New("the endpoints do not agree")}
	}
	return nil
}

// writeLast reports the run that came last, if there was one.
func writeLast(out io.Writer, runs []*report.Report, writers []reportFile) error {
	if len(runs) == 0 {
		return nil
	}
	return writeReports(out, runs[len(runs)-1], writers)
}
