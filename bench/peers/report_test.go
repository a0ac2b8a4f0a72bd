package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

const ms = time.Millisecond

// example has a product with all its results, one with too few and one that was left out.
func example() ([]*entry, options) {
	full := &entry{
		product: product{title: "Full", version: "1.2", state: "all on."},
		starts:  []time.Duration{90 * ms, 70 * ms, 80 * ms},
		windows: []window{{9000, ms, 9 * ms}, {12000, 3 * ms, 7 * ms}, {10000.4, 2 * ms, 8*ms + 250*time.Microsecond}},
		tried:   tries{3, 4},
		idle:    30 << 20, after: 41 << 20,
	}
	noisy := &entry{
		product: product{title: "Noisy", version: "3", state: "log on."},
		starts:  []time.Duration{90 * ms}, windows: []window{{9000, ms, 9 * ms}, {9000, ms, 9 * ms}},
		tried: tries{6, 6}, idle: 1 << 20, after: 0,
		lost: losses{windows: []string{"it did not answer in time", "nobody listened", "it did not answer in time"}},
	}
	left := &entry{product: product{title: "Left", version: "0.1", state: "log on."}, leftOut: "it listens on all interfaces"}
	return []*entry{full, noisy, left}, options{window: 5 * time.Second, rounds: 3, starts: 3, connections: 16, maxForeign: 0.15}
}

func TestTheTableHasMediansAndDashesWhereTheyWouldNotHold(t *testing.T) {
	t.Parallel()
	const want = `| product | version | requests/s | p50 | p99 | first answer | memory idle | after the load |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| Full | 1.2 | 10000 | 2.00 ms | 8.25 ms | 80 ms | 30 MiB | 41 MiB |
| Noisy | 3 | – | – | – | – | 1 MiB | – |
| Left | 0.1 | – | – | – | – | – | – |
`
	if diff := cmp.Diff(want, table(example())); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
}

func TestThePageSaysWhatIsOnAndWhatIsMissing(t *testing.T) {
	t.Parallel()
	entries, o := example()
	at := time.Date(2026, 11, 22, 1, 0, 0, 0, time.FixedZone("", 2*60*60))
	got := report(entries, o, measure.Machine{Cores: 2, System: "linux/amd64", Go: "1.26"}, at)
	for _, want := range []string{
		"Measured on 2026-11-21: 2 cores, linux/amd64, Go 1.26. Again: `make peers`",
		"`GET /api/2/users/{id}` over 16 keep-alive connections",
		"Medians of 3 windows of 5s and of 3 starts",
		"more than 0.15 cores, or without an answer, is thrown out (5 of 10 windows and 5 of 9 starts)",
		"- Full: all on.\n- Noisy: log on.\n",
		"\nNoisy: only 2 of 6 windows were quiet enough and answered, and 3 are wanted.\n",
		"\nNoisy: 3 of 6 windows were lost: it did not answer in time, or nobody listened.\n",
		"\nNoisy: only 1 of 6 starts were quiet enough and answered, and 3 are wanted.\n",
		"\nLeft: not measured here: it listens on all interfaces.\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the report lacks %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "Full: only") {
		t.Errorf("the report finds a gap in what is complete:\n%s", got)
	}
}
