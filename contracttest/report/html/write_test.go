package html_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	dom "golang.org/x/net/html"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/html"
	"github.com/tenantry/tenantry/contracttest/report/internal/sample"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func written(t testing.TB, r *report.Report) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := html.Write(&out, r, sample.Table()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func parsed(t testing.TB, page []byte) *dom.Node {
	t.Helper()
	root, err := dom.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func attr(n *dom.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// elements are those of a name, in the order of the page.
func elements(root *dom.Node, name string) []*dom.Node {
	var out []*dom.Node
	for n := range root.Descendants() {
		if n.Type == dom.ElementNode && n.Data == name {
			out = append(out, n)
		}
	}
	return out
}

func text(n *dom.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == dom.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func TestTheWrittenFormIsAsItWas(t *testing.T) {
	t.Parallel()
	got := written(t, sample.Report())
	want, err := sample.Golden("report.html", got, *update)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("report.html (-want +got):\n%s", diff)
	}
}

func TestThePageLoadsNothingAndRunsOnlyItsOwnScript(t *testing.T) {
	t.Parallel()
	root := parsed(t, written(t, sample.Report()))
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			switch {
			case a.Key == "src" || a.Key == "style" || a.Key == "action" || strings.HasPrefix(a.Key, "on"):
				t.Errorf("<%s> has the attribute %s", n.Data, a.Key)
			case a.Key == "href" && !strings.HasPrefix(a.Val, "#"):
				t.Errorf("<%s> leads to %s", n.Data, a.Val)
			}
		}
	}
	policy := attr(elements(root, "meta")[1], "content")
	for _, name := range []string{"script", "style"} {
		own := elements(root, name)
		if len(own) != 1 {
			t.Fatalf("%d elements %s, want 1", len(own), name)
		}
		sum := sha256.Sum256([]byte(text(own[0])))
		if want := name + "-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
			t.Errorf("the policy %q lacks %q", policy, want)
		}
	}
}

func TestLinksLeadSomewhereAndIDsAreUnique(t *testing.T) {
	t.Parallel()
	root := parsed(t, written(t, sample.Report()))
	ids := make(map[string]int)
	for n := range root.Descendants() {
		if id := attr(n, "id"); id != "" {
			ids[id]++
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("the id %s is there %d times", id, n)
		}
	}
	for n := range root.Descendants() {
		for _, id := range append(strings.Fields(attr(n, "aria-labelledby")), strings.TrimPrefix(attr(n, "href"), "#")) {
			if id != "" && ids[id] == 0 {
				t.Errorf("<%s> leads to %s, which is not there", n.Data, id)
			}
		}
	}
}

func TestHeadingsDoNotSkipALevel(t *testing.T) {
	t.Parallel()
	level := 0
	for n := range parsed(t, written(t, sample.Report())).Descendants() {
		if n.Type != dom.ElementNode || len(n.Data) != 2 || n.Data[0] != 'h' || n.Data[1] < '1' || n.Data[1] > '6' {
			continue
		}
		next := int(n.Data[1] - '0')
		if next > level+1 {
			t.Errorf("the heading %q has level %d after %d", text(n), next, level)
		}
		level = next
	}
}

func TestAReaderFindsWhatFailed(t *testing.T) {
	t.Parallel()
	root := parsed(t, written(t, sample.Report()))
	var problems []string
	for _, n := range elements(root, "ul") {
		if attr(n, "class") == "problems" {
			for _, link := range elements(n, "a") {
				problems = append(problems, attr(link, "href")+" "+text(link))
			}
		}
	}
	want := []string{"#s2-1 tenants/stale: stale/stale-update", "#s2-3 tenants/stale: stale/remove", "#s4-1 idp/outage: outage/login"}
	if diff := cmp.Diff(want, problems[:3]); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	open := make(map[string]bool)
	for _, n := range elements(root, "article") {
		for _, a := range elements(n, "details")[0].Attr {
			open[attr(n, "id")] = a.Key == "open"
		}
	}
	if diff := cmp.Diff(map[string]bool{"s2": true, "s4": true, "s6": true}, open); diff != "" {
		t.Errorf("open scenarios (-want +got):\n%s", diff)
	}
}

func TestBodiesOfJSONAreLaidOut(t *testing.T) {
	t.Parallel()
	var bodies []string
	for _, n := range elements(parsed(t, written(t, sample.Report())), "pre") {
		bodies = append(bodies, text(n))
	}
	if want := "{\n  \"name\": \"stale\",\n  \"version\": 1\n}"; !strings.Contains(strings.Join(bodies, "\n"), want) {
		t.Errorf("no body is %q", want)
	}
}

// Indented, a few kilobytes of brackets would be hundreds of megabytes.
func TestADeepBodyIsNotLaidOut(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("[", 5000) + strings.Repeat("]", 5000)
	page := written(t, &report.Report{Scenarios: []report.Scenario{{ID: "s", Steps: []report.Step{{
		ID: "x", Request: &report.Request{}, Response: &report.Response{Body: report.Body{Text: deep, Size: len(deep)}},
	}}}}})
	if len(page) > 1<<20 || !strings.Contains(string(page), deep) {
		t.Errorf("the page has %d bytes", len(page))
	}
}

func TestAReportOfNothingIsAPage(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := html.Write(&out, &report.Report{Verdict: report.Error, Interrupted: true}, nil); err != nil {
		t.Fatal(err)
	}
	got := text(elements(parsed(t, out.Bytes()), "body")[0])
	for _, want := range []string{"No scenario was selected.", "the run was interrupted"} {
		if !strings.Contains(got, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestAReportThatCannotBeWrittenIsAnError(t *testing.T) {
	t.Parallel()
	if err := html.Write(full{}, sample.Report(), nil); err == nil {
		t.Error("Write says nothing of a full disk")
	}
}

// FuzzWrite holds that no text of a report becomes an element or an attribute.
func FuzzWrite(f *testing.F) {
	for _, seed := range []string{sample.Texts, "", "<b>", "--><!--", "</title>", "{\"a\":\"</script>\"}", "\x00<", "\xff<", "' onx='", "javascript:"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := parsed(t, written(t, &report.Report{RunID: s, Target: s, Verdict: report.Fail, Scenarios: []report.Scenario{sample.Hostile("x" + s)}}))
		want := parsed(t, written(t, &report.Report{Verdict: report.Fail, Scenarios: []report.Scenario{sample.Hostile("x")}}))
		if diff := cmp.Diff(shape(want), shape(got)); diff != "" {
			t.Errorf("the elements changed (-want +got):\n%s", diff)
		}
	})
}

// shape is all of a page but its texts and values.
func shape(root *dom.Node) []string {
	var out []string
	for n := range root.Descendants() {
		switch n.Type {
		case dom.TextNode:
		case dom.ElementNode:
			line := fmt.Sprintf("<%s", n.Data)
			for _, a := range n.Attr {
				line += " " + a.Key
			}
			out = append(out, line+">")
		default:
			out = append(out, fmt.Sprint(n.Type))
		}
	}
	return out
}
