package console_test

import (
	"bytes"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/console"
	"github.com/tenantry/tenantry/contracttest/report/internal/sample"
)

// tell tells a progress of some scenarios, all at the same time.
func tell(p console.Progress, scenarios []report.Scenario) {
	var all sync.WaitGroup
	for _, s := range scenarios {
		all.Go(func() {
			p.Started(s.ID)
			p.Finished(s)
		})
	}
	all.Wait()
	p.Close()
}

func TestALogHasALineForEachScenario(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	p := console.NewProgress(&out, console.ProgressOptions{Total: 2})
	for _, s := range sample.Report().Scenarios[:2] {
		p.Started(s.ID)
		p.Finished(s)
	}
	p.Close()
	want := "[1/2] PASS   tenants/lifecycle    1.24s    3 steps  A tenant is made, changed and removed\n" +
		"[2/2] FAIL   tenants/stale     2.1s    3 steps  A stale version is refused\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
}

func TestLinesAreNotMixed(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	scenarios := sample.Report().Scenarios
	tell(console.NewProgress(&out, console.ProgressOptions{Total: len(scenarios)}), scenarios)
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != len(scenarios) || !strings.HasPrefix(lines[5], "[6/6] ") {
		t.Errorf("got %d lines, want %d:\n%s", len(lines), len(scenarios), out.String())
	}
}

func TestABarShowsWhatDidNotPassAndTheEnd(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	scenarios := sample.Report().Scenarios
	tell(console.NewProgress(&out, console.ProgressOptions{Total: len(scenarios), Terminal: true}), scenarios)
	for _, want := range []string{"FAIL   tenants/stale", "ERROR  idp/outage", "6/6 scenarios", "3 not passed"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the terminal lacks %q:\n%q", want, out.String())
		}
	}
	for _, not := range []string{"PASS", "SKIP", "\x1b[2J", "\x1b]8"} {
		if strings.Contains(out.String(), not) {
			t.Errorf("the terminal has %q:\n%q", not, out.String())
		}
	}
}

func TestABarEndsBeforeAllScenariosRan(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	p := console.NewProgress(&out, console.ProgressOptions{Total: 9, Terminal: true})
	p.Started("a")
	p.Finished(report.Scenario{ID: "a", Verdict: report.Pass})
	p.Started("b")
	p.Close()
	if !strings.Contains(out.String(), "1/9 scenarios") {
		t.Errorf("the terminal lacks 1/9:\n%q", out.String())
	}
}
