package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
	"github.com/tenantry/tenantry/bench/internal/page"
)

// report is the section of the page.
func report(entries []*entry, o options, m measure.Machine, at time.Time) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s: %s. Again: `make peers`, or `make peers PEERS=-cache=FOLDER` to keep the installed packages.\n\n",
		at.UTC().Format(time.DateOnly), m)
	fmt.Fprintf(&b, "`GET %s` over %d keep-alive connections from a client on the same machine. Medians of %d windows of %v and of %d "+
		"starts, in which the products take turns; what was measured while anything else used more than %g cores, or without an "+
		"answer, is thrown out (%s). Memory is resident, of all processes of a product, at rest before the first request and after the last.\n\n",
		route, o.connections, o.rounds, o.window, o.starts, o.maxForeign, thrownOut(entries))
	b.WriteString(table(entries, o) + "\n")
	b.WriteString(remarks(entries, o))
	return b.String()
}

// thrownOut says how much was measured and not used.
func thrownOut(entries []*entry) string {
	var windows, starts int
	var tried tries
	for _, e := range entries {
		windows, starts = windows+len(e.windows), starts+len(e.starts)
		tried = tries{tried.starts + e.tried.starts, tried.windows + e.tried.windows}
	}
	return fmt.Sprintf("%d of %d windows and %d of %d starts",
		tried.windows-windows, tried.windows, tried.starts-starts, tried.starts)
}

func table(entries []*entry, o options) string {
	head := []string{"product", "version", "requests/s", "p50", "p99", "first answer", "memory idle", "after the load"}
	var rows [][]string
	for _, e := range entries {
		row := []string{e.title, e.version}
		if e.leftOut != "" {
			rows = append(rows, append(row, "–", "–", "–", "–", "–", "–"))
			continue
		}
		row = append(row, loaded(e.windows, o.rounds)...)
		row = append(row, first(e.starts, o.starts), mebibytes(e.idle), mebibytes(e.after))
		rows = append(rows, row)
	}
	return page.Table(head, rows)
}

// loaded are the cells of the windows, or dashes where too few were valid for a median.
func loaded(windows []window, wanted int) []string {
	if len(windows) < wanted {
		return []string{"–", "–", "–"}
	}
	var rates []float64
	var p50, p99 []time.Duration
	for _, w := range windows {
		rates, p50, p99 = append(rates, w.rate), append(p50, w.p50), append(p99, w.p99)
	}
	return []string{fmt.Sprintf("%.0f", measure.Median(rates)), millis(measure.Median(p50)), millis(measure.Median(p99))}
}

func first(starts []time.Duration, wanted int) string {
	if len(starts) < wanted {
		return "–"
	}
	return fmt.Sprintf("%d ms", measure.Median(starts).Milliseconds())
}

func millis(d time.Duration) string {
	return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond))
}

// mebibytes are the cell of a memory, or a dash where there was nothing to weigh.
func mebibytes(n int64) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f MiB", float64(n)/(1<<20))
}

// remarks say what each product does for an answer, and what is missing and why.
func remarks(entries []*entry, o options) string {
	var b strings.Builder
	b.WriteString("All get the same request, with an access token, and answer the same bytes; the peers have them as a stub and " +
		"do less for them:\n\n")
	for _, e := range entries {
		fmt.Fprintf(&b, "- %s: %s\n", e.title, e.state)
	}
	b.WriteString("\nWhat they print goes nowhere; the jars run on a JVM with its defaults, without the launchers of their packages.\n")
	for _, e := range entries {
		for _, gap := range gaps(e, o) {
			fmt.Fprintf(&b, "\n%s: %s.\n", e.title, gap)
		}
	}
	return b.String()
}

func gaps(e *entry, o options) []string {
	if e.leftOut != "" {
		return []string{"not measured here: " + e.leftOut}
	}
	return slices.Concat(
		gap("windows", len(e.windows), e.tried.windows, o.rounds, e.lost.windows),
		gap("starts", len(e.starts), e.tried.starts, o.starts, e.lost.starts),
	)
}

// gap says what is missing of what was wanted, and what was lost in any case.
func gap(what string, good, tried, wanted int, lost []string) []string {
	var gaps []string
	if good < wanted {
		gaps = append(gaps, fmt.Sprintf("only %d of %d %s were quiet enough and answered, and %d are wanted", good, tried, what, wanted))
	}
	if len(lost) > 0 {
		reasons := slices.Compact(slices.Sorted(slices.Values(lost)))
		gaps = append(gaps, fmt.Sprintf("%d of %d %s were lost: %s", len(lost), tried, what, strings.Join(reasons, ", or ")))
	}
	return gaps
}
