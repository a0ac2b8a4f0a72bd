package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/tenantry/tenantry/contracttest/drift"
	"github.com/tenantry/tenantry/contracttest/report"
)

// compare replays the scenarios on two endpoints and prints where their answers differ. The reports are of the second one.
// What could not be run on either says nothing about drift, and is status 2.
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
		at.target = url
		r, err := f.once(ctx, at, s, progress)
		if err != nil {
			return fmt.Errorf("%s: %w", url, err)
		}
		runs = append(runs, r)
		if r.Interrupted {
			return verdictError(r)
		}
	}
	if err := writeReports(out, runs[1], writers); err != nil {
		return err
	}
	differences := drift.Compare(runs[0], runs[1])
	for _, d := range differences {
		if _, err := fmt.Fprintln(out, d); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintf(out, "%d differences between %s and %s\n", len(differences), f.against[0], f.against[1]); err != nil {
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
