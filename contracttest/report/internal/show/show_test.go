package show_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/internal/show"
)

func TestTextsDoNothing(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ got, want string }{
		"plain text stays":                      {show.Line("Zoë – 東京"), "Zoë – 東京"},
		"a line stays one line":                 {show.Line("a\r\nb\tc"), `a\r\nb\tc`},
		"a block keeps lines and tabs":          {show.Block("a\r\nb\tc\rd"), "a\nb\tc\\rd"},
		"an escape sequence is shown":           {show.Block("\x1b[2Jx\u009b1m"), `\x1b[2Jx\x9b1m`},
		"text is not turned round":              {show.Line("a\u202eb\u2066c\u2028"), `a\u202eb\u2066c\u2028`},
		"what is no UTF-8 is replaced":          {show.Line("a\xffb"), "a\ufffdb"},
		"a cut text says what is missing":       {show.Cut("äöüß", 3), "äöü … (1 more character)"},
		"a short text is not cut":               {show.Cut("äöü", 3), "äöü"},
		"a short time is in microseconds":       {show.Duration(850*time.Microsecond + 3), "850µs"},
		"one of a noun":                         {show.Count(1, "step"), "1 step"},
		"many of a noun":                        {show.Count(0, "step"), "0 steps"},
		"a size in KiB":                         {show.Size(1536), "1.5 KiB"},
		"a size in MiB":                         {show.Size(3 << 20), "3.0 MiB"},
		"an unknown verdict is shown as it is":  {show.Word("odd"), "odd"},
		"a tally names what occurs":             {show.Tally{report.Error: 1, report.Pass: 2}.String(), "2 passed, 1 could not be run"},
		"a tally of nothing":                    {show.Tally{}.String(), "none"},
		"a file without a line":                 {show.Where(&report.Scenario{File: "a.yaml"}, 0), "a.yaml"},
		"a finding that changes nothing is so":  {show.Finding(&report.Finding{Kind: "contract", Severity: "note", Pointer: "/a", Message: "x"}), "contract (note) /a: x"},
		"a finding that changes the verdict is": {show.Finding(&report.Finding{Kind: "criterion", Severity: "violation", Message: "x\n"}), `criterion: x\n`},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestAStepIsNamedByWorkflowAndItem(t *testing.T) {
	t.Parallel()
	item := 2
	for want, step := range map[string]report.Step{
		"main":           {Workflow: "main"},
		"main/create":    {Workflow: "main", ID: "create"},
		"main/create[2]": {Workflow: "main", ID: "create", Item: &item},
	} {
		if got := show.Step(&step); got != want {
			t.Errorf("Step(%+v) = %q, want %q", step, got, want)
		}
	}
}
