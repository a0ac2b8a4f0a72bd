package jsonreport_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/internal/sample"
	"github.com/tenantry/tenantry/contracttest/report/jsonreport"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func written(t *testing.T, r *report.Report) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jsonreport.Write(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTheWrittenFormIsAsItWas(t *testing.T) {
	t.Parallel()
	got := written(t, sample.Report())
	want, err := sample.Golden("report.json", got, *update)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("report.json (-want +got):\n%s", diff)
	}
}

func TestTheFormatComesFirst(t *testing.T) {
	t.Parallel()
	if got := string(written(t, sample.Report())); !strings.HasPrefix(got, "{\n  \"format\": \""+jsonreport.Format+"\",\n  \"run_id\"") {
		t.Errorf("the report begins with %.60q", got)
	}
}

func TestAReportIsReadBackAsItWas(t *testing.T) {
	t.Parallel()
	want := sample.Report()
	want.Scenarios = want.Scenarios[:5] // what is no UTF-8 does not survive JSON
	var got report.Report
	if err := json.Unmarshal(written(t, want), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, &got); diff != "" {
		t.Errorf("read back (-want +got):\n%s", diff)
	}
}

func TestNothingIsEmptyRatherThanNull(t *testing.T) {
	t.Parallel()
	r := &report.Report{Scenarios: []report.Scenario{{}, {Steps: []report.Step{{Request: &report.Request{}, Response: &report.Response{}}}}}}
	for name, got := range map[string]string{"an empty report": string(written(t, &report.Report{})), "an empty scenario": string(written(t, r))} {
		if strings.Contains(got, "null") {
			t.Errorf("%s holds null:\n%s", name, got)
		}
	}
	if r.Scenarios[0].Steps != nil || r.Scenarios[1].Steps[0].Request.Header != nil || r.Scenarios[1].Steps[0].Response.Header != nil {
		t.Error("Write changed the report that it was given")
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestAReportThatCannotBeWrittenIsAnError(t *testing.T) {
	t.Parallel()
	if err := jsonreport.Write(full{}, sample.Report()); err == nil {
		t.Error("Write says nothing of a full disk")
	}
}
