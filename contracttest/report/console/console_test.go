package console_test

import (
	"bytes"
	"errors"
	"flag"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/console"
	"github.com/tenantry/tenantry/contracttest/report/internal/sample"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func written(t *testing.T, r *report.Report, o console.Options) string {
	t.Helper()
	var out bytes.Buffer
	if err := console.Write(&out, r, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestTheWrittenFormsAreAsTheyWere(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]console.Options{
		"plain.txt":    {Coverage: sample.Table()},
		"coloured.txt": {Coverage: sample.Table(), Colour: true},
	} {
		got := written(t, sample.Report(), o)
		want, err := sample.Golden(name, []byte(got), *update)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// colours are the sequences that the package may write.
var colours = regexp.MustCompile(`\x1b\[(0|1|2|31|32|33)m`)

func TestNoTextReachesTheTerminalAsACommand(t *testing.T) {
	t.Parallel()
	plain := written(t, sample.Report(), console.Options{})
	if i := strings.IndexFunc(plain, func(r rune) bool { return r != '\n' && (r < ' ' || r == 0x7f || r == '\u202e') }); i >= 0 {
		t.Errorf("plain output has a control character: %q", plain[i:min(len(plain), i+40)])
	}
	coloured := written(t, sample.Report(), console.Options{Colour: true})
	if diff := cmp.Diff(plain, colours.ReplaceAllString(coloured, "")); diff != "" {
		t.Errorf("colours change the text (-plain +coloured):\n%s", diff)
	}
	for line := range strings.SplitSeq(plain, "\n") {
		if text := strings.TrimSpace(line); strings.HasPrefix(text, "::") || strings.HasPrefix(text, "##[") {
			t.Errorf("a CI system reads a command in %q", line)
		}
	}
}

func TestAReaderFindsWhatFailed(t *testing.T) {
	t.Parallel()
	got := written(t, sample.Report(), console.Options{Coverage: sample.Table()})
	for _, want := range []string{
		"FAIL   tenants/stale", "ERROR  idp/outage", "PASS   tenants/lifecycle", "SKIP   faults/lost-acknowledgement",
		"scenarios/tenants.arazzo.yaml:88 stale/stale-update updateTenant\n",
		"PUT https://cloud.example/s/ci-42/api/2/tenants/0c2f4f0e-8f6b-4d0a-9a61-0f4c7f1f2f10\n",
		"answered 200 after 8ms, at the last of 3 attempts\n",
		"at       scenarios/tenants.arazzo.yaml:96\n", "expected 409\n", "actual   200\n",
		"deleteTenant, cleanup\n",
		"6 scenarios, 12 steps: 2 passed, 2 failed, 1 could not be run, 1 skipped\n",
		"Coverage: 5 of 6 (83.3 %) operations, 13 of 21 (61.9 %) operation x status pairs\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the summary lacks %q", want)
		}
	}
	if !strings.HasSuffix(got, "\nError: not everything could be run\n") {
		t.Errorf("the summary ends with %q", got[len(got)-40:])
	}
}

func TestARunThatEndedEarlySaysSo(t *testing.T) {
	t.Parallel()
	r := &report.Report{Verdict: report.Error, Interrupted: true, Scenarios: []report.Scenario{{ID: "a", File: "a.yaml", Verdict: report.Error, Reason: "no input"}}}
	got := written(t, r, console.Options{})
	for _, want := range []string{"a.yaml: no input\n", "The run was interrupted"} {
		if !strings.Contains(got, want) {
			t.Errorf("the summary lacks %q:\n%s", want, got)
		}
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestAReportThatCannotBeWrittenIsAnError(t *testing.T) {
	t.Parallel()
	if err := console.Write(full{}, sample.Report(), console.Options{}); err == nil {
		t.Error("Write says nothing of a full disk")
	}
}
