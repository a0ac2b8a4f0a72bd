package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/tenantry/tenantry/contracttest/arazzo"
	"github.com/tenantry/tenantry/contracttest/report/console"
)

// dryRun prints what would be sent, in the order of the files. Values that come out of answers are not known yet.
func dryRun(out io.Writer, s *scenarioSet) error {
	ids := s.plan.Scenarios()
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for i := range ids {
		file, flows := s.plan.Workflows(i)
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
	_, err := fmt.Fprintf(out, "%s; nothing was sent\n", counted(len(ids), "scenario"))
	return err
}

// counted is a number of things.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// newProgress shows how far a run has come: a bar for a person, lines for a log.
func newProgress(w io.Writer, total int) console.Progress {
	return console.NewProgress(w, console.ProgressOptions{Total: total, Terminal: terminal(w), Colour: colourful(w)})
}
