package har_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/har"
	"github.com/tenantry/tenantry/contracttest/report/internal/sample"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func written(t *testing.T, r *report.Report) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := har.Write(&out, r, "v1.2.3"); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// An archive is what the tests look at.
type archive struct {
	Log struct {
		Pages   []struct{ ID string }
		Entries []struct {
			Pageref, StartedDateTime string
			Step                     string `json:"_step"`
			Time                     float64
			Timings                  struct{ Send, Wait, Receive float64 }
			Request                  struct {
				URL         string
				QueryString []struct{ Name, Value string }
			}
			Response struct {
				Status, BodySize int
				Content          struct{ Text, Comment string }
			}
		}
	}
}

func read(t *testing.T, data []byte) archive {
	t.Helper()
	var a archive
	if err := json.Unmarshal(data, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestTheWrittenFormIsAsItWas(t *testing.T) {
	t.Parallel()
	got := written(t, sample.Report())
	want, err := sample.Golden("report.har", got, *update)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("report.har (-want +got):\n%s", diff)
	}
}

func TestEntriesAreOrderedAndBelongToPages(t *testing.T) {
	t.Parallel()
	a := read(t, written(t, sample.Report()))
	var pages []string
	for _, p := range a.Log.Pages {
		pages = append(pages, p.ID)
	}
	before := ""
	for _, e := range a.Log.Entries {
		if e.StartedDateTime < before {
			t.Errorf("%s begins at %s, after one of %s", e.Step, e.StartedDateTime, before)
		}
		before = e.StartedDateTime
		if !slices.Contains(pages, e.Pageref) {
			t.Errorf("%s is of page %s, which is not there", e.Step, e.Pageref)
		}
		if sum := e.Timings.Send + e.Timings.Wait + e.Timings.Receive; sum != e.Time {
			t.Errorf("the timings of %s come to %v, want %v", e.Step, sum, e.Time)
		}
	}
	if len(a.Log.Entries) != 10 {
		t.Errorf("%d entries, want 10: one for each step with a request", len(a.Log.Entries))
	}
}

func TestWhatIsNotKnownIsSaid(t *testing.T) {
	t.Parallel()
	got := make(map[string]string)
	for _, e := range read(t, written(t, sample.Report())).Log.Entries {
		if e.Response.Content.Comment != "" {
			got[e.Step] = e.Response.Content.Comment
		}
		if e.Step == "outage/login" && (e.Response.Status != 0 || e.Response.BodySize != -1) {
			t.Errorf("a request without an answer has the answer %+v", e.Response)
		}
	}
	want := map[string]string{
		"export/page[0]": "the body was cut", "export/page[1]": "the body was cut", "export/logo": "the body is binary and was not kept",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("comments (-want +got):\n%s", diff)
	}
}

func TestTheQueryIsReadInItsOrder(t *testing.T) {
	t.Parallel()
	r := &report.Report{Scenarios: []report.Scenario{{Steps: []report.Step{{Request: &report.Request{URL: "http://h/?b=a%2Cb&a&bad=%zz&&b=#x?y=1"}}}}}}
	type pair = struct{ Name, Value string }
	want := []pair{{"b", "a,b"}, {"a", ""}, {"bad", "%zz"}, {"b", ""}}
	if diff := cmp.Diff(want, read(t, written(t, r)).Log.Entries[0].Request.QueryString); diff != "" {
		t.Errorf("query (-want +got):\n%s", diff)
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestAReportThatCannotBeWrittenIsAnError(t *testing.T) {
	t.Parallel()
	if err := har.Write(full{}, sample.Report(), ""); err == nil {
		t.Error("Write says nothing of a full disk")
	}
}

func TestMembersThatTheFormatNeedsAreThere(t *testing.T) {
	t.Parallel()
	var a struct {
		Log map[string]json.RawMessage
	}
	if err := json.Unmarshal(written(t, sample.Report()), &a); err != nil {
		t.Fatal(err)
	}
	var entries []map[string]json.RawMessage
	if err := json.Unmarshal(a.Log["entries"], &entries); err != nil {
		t.Fatal(err)
	}
	need := func(object json.RawMessage, members ...string) {
		t.Helper()
		var o map[string]any
		if err := json.Unmarshal(object, &o); err != nil {
			t.Fatal(err)
		}
		for _, m := range members {
			if v, ok := o[m]; !ok || v == nil {
				t.Errorf("%s is not in %.80s", m, object)
			}
		}
	}
	for _, e := range entries {
		need(e["request"], "method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize")
		need(e["response"], "status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL", "headersSize", "bodySize")
		need(e["timings"], "send", "wait", "receive")
		need(e["cache"])
	}
}
