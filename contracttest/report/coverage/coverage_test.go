package coverage_test

import (
	"bytes"
	"errors"
	"flag"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/coverage"
	"github.com/tenantry/tenantry/contracttest/report/internal/sample"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestTheNumbersCountWhatAClientCanCause(t *testing.T) {
	t.Parallel()
	want := coverage.Numbers{
		Operations:  coverage.Ratio{Met: 5, Of: 6},
		Successes:   coverage.Ratio{Met: 5, Of: 6},
		Pairs:       coverage.Ratio{Met: 13, Of: 21},
		Beyond:      coverage.Ratio{Met: 1, Of: 1},
		Unreachable: 3,
	}
	if diff := cmp.Diff(want, sample.Table().Numbers()); diff != "" {
		t.Errorf("Numbers (-want +got):\n%s", diff)
	}
}

func TestWhatIsMissingIsTheRestOfThePairs(t *testing.T) {
	t.Parallel()
	table := sample.Table()
	n := table.Numbers().Pairs
	if got := len(table.Missing()); got != n.Of-n.Met {
		t.Errorf("%d pairs are missing, want %d", got, n.Of-n.Met)
	}
	for _, p := range table.Missing() {
		if p.Operation == "listUsers" || p.Status >= 500 || sample.Unreachable()[p] != "" {
			t.Errorf("%v is missing, though nobody waits for it", p)
		}
	}
}

func TestOddPairsAreListed(t *testing.T) {
	t.Parallel()
	table := sample.Table()
	if diff := cmp.Diff([]coverage.Pair{{Operation: "getTenant", Status: 418}}, table.Undocumented()); diff != "" {
		t.Errorf("Undocumented (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]coverage.Pair{{Operation: "deleteTenant", Status: 409}}, table.Mistaken()); diff != "" {
		t.Errorf("Mistaken (-want +got):\n%s", diff)
	}
}

func TestEachCellHasItsState(t *testing.T) {
	t.Parallel()
	got := make(map[int]coverage.Cell)
	for _, r := range coverage.Of(report.Coverage{"getTenant": {200: 2, 418: 1}}, sample.Document(), map[coverage.Pair]string{{Operation: "getTenant", Status: 401}: ""}).Rows {
		if r.Operation == "getTenant" {
			for _, c := range r.Cells {
				got[c.Status] = c
			}
		}
	}
	want := map[int]coverage.Cell{
		200: {Status: 200, State: coverage.Exercised, Met: 2},
		201: {Status: 201}, 204: {Status: 204}, 400: {Status: 400}, 406: {Status: 406}, 409: {Status: 409}, 415: {Status: 415},
		401: {Status: 401, State: coverage.Unreachable, Why: "no client can cause it"},
		404: {Status: 404, State: coverage.Missing},
		418: {Status: 418, State: coverage.Undocumented, Met: 1},
		500: {Status: 500, State: coverage.Unreachable, Why: "a server error"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
}

func TestAnOperationThatNobodyKnowsIsShown(t *testing.T) {
	t.Parallel()
	table := coverage.Of(report.Coverage{"odd": {200: 1}}, sample.Document(), nil)
	if got := table.Numbers().Beyond; got.Of != 1 {
		t.Errorf("%d operations are beyond the reference, want the document's one", got.Of)
	}
	last := table.Rows[len(table.Rows)-1]
	if last.Operation != "odd" || !last.Beyond || last.Exercised() {
		t.Errorf("the last row is %+v, want odd beyond the reference, not exercised", last)
	}
}

func TestOnlyAllIsAHundredPercent(t *testing.T) {
	t.Parallel()
	for want, r := range map[string]coverage.Ratio{
		"1999 of 2000 (99.9 %)":  {Met: 1999, Of: 2000},
		"0 of 0 (100.0 %)":       {},
		"2 of 3 (66.6 %)":        {Met: 2, Of: 3},
		"2000 of 2000 (100.0 %)": {Met: 2000, Of: 2000},
	} {
		if got := r.String(); got != want {
			t.Errorf("%+v is %q, want %q", r, got, want)
		}
	}
}

func TestTheWrittenFormsAreAsTheyWere(t *testing.T) {
	t.Parallel()
	var text, markdown bytes.Buffer
	if err := errors.Join(coverage.Write(&text, sample.Table()), coverage.WriteMarkdown(&markdown, sample.Table())); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]*bytes.Buffer{"coverage.txt": &text, "coverage.md": &markdown} {
		want, err := sample.Golden(name, got.Bytes(), *update)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestAReportThatCannotBeWrittenIsAnError(t *testing.T) {
	t.Parallel()
	if err := coverage.Write(full{}, sample.Table()); err == nil {
		t.Error("Write says nothing of a full disk")
	}
	if err := coverage.WriteMarkdown(full{}, sample.Table()); err == nil {
		t.Error("WriteMarkdown says nothing of a full disk")
	}
}
