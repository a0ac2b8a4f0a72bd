package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBenchmarksAreReadAsTheyArePrinted(t *testing.T) {
	t.Parallel()
	got := parse(`goos: linux
pkg: example/mock
BenchmarkBudgetGetUser-2   	       1	         0.7000 budget	        61.40 us/op	         0.8100 x-bare
BenchmarkBudgetGetUser-2   	       1	         0.7000 budget	        60.00 us/op	         0.7900 x-bare
BenchmarkSandbox/create-16 	  120000	      9000 ns/op
BenchmarkOdd
PASS
`)
	want := map[string][]float64{
		"BenchmarkBudgetGetUser budget": {0.7, 0.7}, "BenchmarkBudgetGetUser us/op": {61.4, 60},
		"BenchmarkBudgetGetUser x-bare": {0.81, 0.79}, "BenchmarkSandbox/create ns/op": {9000},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("parse (-want +got):\n%s", diff)
	}
}

func TestTheTableTellsWhatIsNotMet(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	err := report(&out, []result{
		{row{what: "throughput", unit: times, least: true, budget: 0.7}, 0.695},
		{row{what: "throughput again", unit: times, least: true, budget: 0.7}, 0.7},
		{row{what: "start", unit: milliseconds, budget: 100e6}, 42.5e6},
		{row{what: "size", unit: megabytes, budget: 30e6}, 30_000_001},
	})
	if err == nil || err.Error() != "2 of 4 budgets are not met" {
		t.Errorf("got the error %v", err)
	}
	_, table, _ := strings.Cut(out.String(), "\n\n")
	want := `BUDGET            MEASURED  ALLOWED     
throughput        0.69 x    >= 0.70 x   NOT MET
throughput again  0.70 x    >= 0.70 x   met
start             42.5 ms   <= 100 ms   met
size              30.0 MB   <= 30.0 MB  NOT MET
`
	if diff := cmp.Diff(want, table); diff != "" {
		t.Errorf("the table (-want +got):\n%s", diff)
	}
}

func TestEachPackageIsRunOnce(t *testing.T) {
	t.Parallel()
	all := rows()
	if diff := cmp.Diff([]string{"./bench/budget", "./mock", "./mock/internal/sandbox"}, packages(all)); diff != "" {
		t.Errorf("packages (-want +got):\n%s", diff)
	}
	if got := names(all, "./mock/internal/sandbox"); got != "^(BenchmarkASandboxOfAHundredThousandObjects)$" {
		t.Errorf("the pattern of a package is %s", got)
	}
}

func TestThePageHasARowForEachBudget(t *testing.T) {
	t.Parallel()
	got := markdown([]result{{row{what: "throughput", unit: times, least: true, budget: 0.7}, 0.5}})
	_, table, _ := strings.Cut(got, "\n\n")
	want := "| budget | measured | allowed | |\n| --- | ---: | ---: | --- |\n| throughput | 0.50 x | >= 0.70 x | NOT MET |\n"
	if diff := cmp.Diff(want, table); diff != "" {
		t.Errorf("the table (-want +got):\n%s", diff)
	}
}
