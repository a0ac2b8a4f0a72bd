package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/tenantry/tenantry/contracttest"
	"github.com/tenantry/tenantry/contracttest/arazzo"
	"github.com/tenantry/tenantry/contracttest/report/console"
	"github.com/tenantry/tenantry/contracttest/run"
	"github.com/tenantry/tenantry/openapi"
)

// planned are the scenarios that the flags pick, without a target.
func planned(s *scenarioSet, f *scenarioFlags) (r *run.Runner, ids []string, err error) {
	operations, err := openapi.Load()
	if err != nil {
		return nil, nil, err
	}
	docs, err := contracttest.Load(s.files, operations)
	if err != nil {
		return nil, nil, err
	}
	r = run.New(run.Config{Documents: docs, Operations: operations, Clock: wallClock{}, Tags: f.tags, Only: f.only})
	return r, r.Scenarios(), nil
}

// dryRun prints what would be sent, in the order of the files. Values that come out of answers are not known yet.
func dryRun(out io.Writer, s *scenarioSet, f *scenarioFlags) error {
	r, ids, err := planned(s, f)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for i := range ids {
		file, flows := r.Workflows(i)
		for _, flow := range flows {
			flow.All(func(step *arazzo.Step) {
				fmt.Fprintf(w, "%s:%d\t%s/%s\t%s %s\t%s\n", file, step.Line, flow.ID, step.ID, //nolint:errcheck // Flush reports it
					step.Operation.Method, strings.TrimSuffix(step.Operation.Bases[0], "/")+step.Operation.Path, step.Operation.ID)
			})
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print the plan: %w", err)
	}
	noun := "scenarios"
	if len(ids) == 1 {
		noun = "scenario"
	}
	_, err = fmt.Fprintf(out, "%d %s; nothing was sent\n", len(ids), noun)
	return err
}

// newProgress shows how far a run has come: a bar for a person, lines for a log.
func newProgress(w io.Writer, total int) console.Progress {
	return console.NewProgress(w, console.ProgressOptions{Total: total, Terminal: terminal(w), Colour: colourful(w)})
}
