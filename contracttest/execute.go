package contracttest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/run"
	"github.com/tenantry/tenantry/contracttest/value"
)

// Execute replays the scenarios and returns what became of them. When the context is cancelled it cleans up and returns what
// ran until then. An error is a configuration or a scenario file that is wrong: then nothing was sent.
func Execute(ctx context.Context, cfg Config) (*report.Report, error) {
	planned, err := cfg.plan()
	if err != nil {
		return nil, err
	}
	if len(run.New(planned).Scenarios()) == 0 {
		return nil, NothingSelected(planned)
	}
	return run.Run(ctx, planned), nil
}

// NothingSelected is the error for names and tags that select no scenario of the documents. It says what was probably meant.
func NothingSelected(cfg run.Config) error {
	wanted := slices.Concat(cfg.Only, cfg.Tags)
	cfg.Only, cfg.Tags = nil, nil
	var names []string
	for _, d := range cfg.Documents {
		names = append(names, d.Tags...)
		for _, w := range d.Workflows {
			names = append(append(names, w.ID), w.Tags...)
		}
	}
	names = append(names, run.New(cfg).Scenarios()...)
	if len(wanted) == 1 {
		return fmt.Errorf("no scenario has the name or tag %q; %s", wanted[0], value.Hint(wanted[0], names))
	}
	return fmt.Errorf("no scenario has the names and tags %s", strings.Join(wanted, ", "))
}

// T is what Run needs of a test; *testing.T is one.
type T[Sub any] interface {
	Helper()
	Context() context.Context
	Parallel()
	Run(name string, test func(Sub)) bool
	Log(args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Skip(args ...any)
}

// Run replays each scenario as a subtest of its id, so that go test -run selects them. With Config.Parallel above 1 they
// are parallel tests, as many at a time as the flag -parallel says. What is skipped is skipped, what could not be run fails.
func Run[S T[S]](t S, cfg Config) {
	t.Helper()
	planned, err := cfg.plan()
	if err != nil {
		t.Fatalf("contract test: %v", err)
		return
	}
	runner := run.New(planned)
	if len(runner.Scenarios()) == 0 {
		t.Fatalf("contract test: %v", NothingSelected(planned))
		return
	}
	for i, id := range runner.Scenarios() {
		t.Run(id, func(t S) {
			t.Helper()
			if planned.Parallel > 1 {
				t.Parallel()
			}
			tell(t, runner.One(t.Context(), i))
		})
	}
}

// tell turns what became of a scenario into the outcome of a test.
func tell[S T[S]](t S, s report.Scenario) {
	t.Helper()
	for _, step := range s.Steps {
		where := fmt.Sprintf("%s:%d: step %s", s.File, step.Line, step.ID)
		if step.ID == "" {
			where = fmt.Sprintf("%s:%d: workflow %s", s.File, step.Line, step.Workflow)
		}
		for _, f := range step.Findings {
			line := fmt.Sprintf("%s:%d: step %s (%s): %s", s.File, f.Line, step.ID, step.Operation, f.Message)
			if f.Severity == report.SeverityViolation || f.Severity == report.SeverityError {
				t.Errorf("%s", line)
			} else {
				t.Log(f.Severity + ": " + line)
			}
		}
		switch {
		case step.Reason == "":
		case step.Verdict == report.Error:
			t.Errorf("%s: %s", where, step.Reason)
		default:
			t.Log(where + ": skipped: " + step.Reason)
		}
	}
	if s.Verdict == report.Skipped {
		t.Skip(s.Reason)
	}
}
