package junit_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"strconv"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/internal/sample"
	"github.com/tenantry/tenantry/contracttest/report/junit"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// A node is any element.
type node struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []node     `xml:",any"`
}

func (n *node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// all are the elements of a name below the node.
func (n *node) all(name string) []node {
	var out []node
	for i := range n.Children {
		if n.Children[i].XMLName.Local == name {
			out = append(out, n.Children[i])
		}
		out = append(out, n.Children[i].all(name)...)
	}
	return out
}

func written(t testing.TB, r *report.Report) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := junit.Write(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// read reads the file strictly, to its end.
func read(t testing.TB, data []byte) *node {
	t.Helper()
	if !utf8.Valid(data) {
		t.Fatal("the file is no UTF-8")
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	var root node
	if err := d.Decode(&root); err != nil {
		t.Fatalf("the file is no XML: %s", err)
	}
	for {
		switch token, err := d.Token(); {
		case errors.Is(err, io.EOF):
			return &root
		case err != nil:
			t.Fatalf("what follows the root is no XML: %s", err)
		default:
			if text, is := token.(xml.CharData); !is || len(bytes.TrimSpace(text)) > 0 {
				t.Fatalf("%v follows the root", token)
			}
		}
	}
}

func TestTheWrittenFormIsAsItWas(t *testing.T) {
	t.Parallel()
	got := written(t, sample.Report())
	read(t, got)
	want, err := sample.Golden("report.xml", got, *update)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("report.xml (-want +got):\n%s", diff)
	}
}

// counted are the numbers of a suite as it says them, and as its cases come to.
func counted(n *node) (says, are map[string]string) {
	says, are = make(map[string]string), make(map[string]string)
	for attr, element := range map[string]string{"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"} {
		says[attr] = n.attr(attr)
		are[attr] = strconv.Itoa(len(n.all(element)))
	}
	return says, are
}

func TestTheNumbersAgreeWithTheCases(t *testing.T) {
	t.Parallel()
	root := read(t, written(t, sample.Report()))
	for _, n := range append(root.all("testsuite"), *root) {
		says, are := counted(&n)
		if diff := cmp.Diff(are, says); diff != "" {
			t.Errorf("numbers of %s %s (-cases +attributes):\n%s", n.XMLName.Local, n.attr("name"), diff)
		}
	}
	if got := len(root.all("testsuite")); got != 6 {
		t.Errorf("%d suites, want 6: one for each scenario", got)
	}
}

func TestARunThatIsNoPassHasACaseThatIsNone(t *testing.T) {
	t.Parallel()
	passed := report.Scenario{Verdict: report.Pass, Steps: []report.Step{{ID: "a", Verdict: report.Pass}}}
	for name, tt := range map[string]struct {
		given report.Report
		want  string
	}{
		"an interrupted run":                     {report.Report{Verdict: report.Error, Interrupted: true, Scenarios: []report.Scenario{passed}}, "the run was interrupted"},
		"a run of nothing":                       {report.Report{Verdict: report.Error}, "the run could not be run"},
		"a scenario that could not begin":        {report.Report{Verdict: report.Error, Scenarios: []report.Scenario{{Verdict: report.Error, Reason: "no input"}}}, "no input"},
		"a scenario whose steps do not show why": {report.Report{Verdict: report.Error, Scenarios: []report.Scenario{{Verdict: report.Error, Reason: "no input", Steps: passed.Steps}}}, "no input"},
		"a verdict that nobody knows":            {report.Report{Scenarios: []report.Scenario{{Steps: []report.Step{{ID: "a", Reason: "odd"}}}}}, "odd"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			broken := read(t, written(t, &tt.given)).all("error")
			if len(broken) != 1 || broken[0].attr("message") != tt.want {
				t.Errorf("errors are %v, want one of %q", broken, tt.want)
			}
		})
	}
}

func TestASkippedScenarioIsSkipped(t *testing.T) {
	t.Parallel()
	root := read(t, written(t, &report.Report{Verdict: report.Skipped, Scenarios: []report.Scenario{{ID: "a", Verdict: report.Skipped, Reason: "why"}}}))
	skipped := root.all("skipped")
	if len(skipped) != 1 || skipped[0].attr("message") != "why" || root.attr("tests") != "1" {
		t.Errorf("got %v, want one case that is skipped", root)
	}
}

func TestAStepThatRanTwiceIsTwoCases(t *testing.T) {
	t.Parallel()
	steps := []report.Step{{ID: "a", Verdict: report.Pass}, {ID: "a", Verdict: report.Pass}}
	cases := read(t, written(t, &report.Report{Scenarios: []report.Scenario{{Verdict: report.Pass, Steps: steps}}})).all("testcase")
	if len(cases) != 2 || cases[0].attr("name") != "a" || cases[1].attr("name") != "a (2)" {
		t.Errorf("the cases are %v, want a and a (2)", cases)
	}
}

// full is a disk that has room for some writes.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room--; f.room < 0 {
		return 0, errors.New("no room")
	}
	return len(p), nil
}

func TestAReportThatCannotBeWrittenIsAnError(t *testing.T) {
	t.Parallel()
	for room := range 2 {
		if err := junit.Write(&full{room}, sample.Report()); err == nil {
			t.Errorf("Write says nothing of a disk with room for %d writes", room)
		}
	}
}

// FuzzWrite holds that no text can make the file invalid, or change which elements it has.
func FuzzWrite(f *testing.F) {
	for _, seed := range []string{sample.Texts, "", "]]>", "\x00", "\ufffe", "&#0;", "<![CDATA[", "\r\n\t", "\xed\xa0\x80", "a\u0085b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := shape(read(t, written(t, &report.Report{RunID: text, Target: text, Verdict: report.Fail, Scenarios: []report.Scenario{sample.Hostile("x" + text)}})))
		want := shape(read(t, written(t, &report.Report{Verdict: report.Fail, Scenarios: []report.Scenario{sample.Hostile("x")}})))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the elements changed (-want +got):\n%s", diff)
		}
	})
}

// shape is the names of all elements.
func shape(n *node) []string {
	out := []string{n.XMLName.Local}
	for i := range n.Children {
		out = append(out, shape(&n.Children[i])...)
	}
	return append(out, "/")
}
