package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
	"github.com/tenantry/tenantry/bench/internal/page"
)

// report is the section of the page.
func report(worlds []*world, o options, m measure.Machine, at time.Time) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s: %s. Again: `make growth`.\n\n", at.UTC().Format(time.DateOnly), m)
	fmt.Fprintf(&b, "Worlds of `tenantry seed`, each in a data file of its own, are served side by side by a process each. One client "+
		"asks them in turns over loopback, one request at a time; a figure is the median of %d rounds, each of which is the median of its "+
		"calls. The last column is the largest world against the smallest.\n\n", o.rounds)
	head, rows := []string{"users"}, [][]string{}
	for _, w := range worlds {
		head = append(head, count(w.users))
	}
	head = append(head, "ratio")
	rows = append(rows, sizes(worlds)...)
	for _, c := range calls() {
		rows = append(rows, times(c.name, worlds, func(w *world) time.Duration { return w.of(c.name) }))
	}
	b.WriteString(page.Table(head, rows))
	if o.plot != "" {
		b.WriteString("\n![Time of each call over the number of users](growth.svg)\n")
	}
	return b.String()
}

// sizes are the rows about the worlds as a whole.
func sizes(worlds []*world) [][]string {
	row := func(name string, figure func(*world) string) []string {
		cells := []string{name}
		for _, w := range worlds {
			cells = append(cells, figure(w))
		}
		return append(cells, "")
	}
	return [][]string{
		row("tenants, personal ones included", func(w *world) string { return count(w.users/10 + w.personal) }),
		row("data file", func(w *world) string { return mebibytes(w.fileBytes) }),
		row("resident memory", func(w *world) string { return mebibytes(w.resident) }),
		times("from the seed's file to readiness", worlds, func(w *world) time.Duration { return w.loaded }),
		times("restart to readiness", worlds, func(w *world) time.Duration { return measure.Median(w.restarted) }),
	}
}

// times is a row of times with the ratio of the last to the first.
func times(name string, worlds []*world, of func(*world) time.Duration) []string {
	cells := []string{name}
	for _, w := range worlds {
		cells = append(cells, duration(of(w)))
	}
	least, most := of(worlds[0]), of(worlds[len(worlds)-1])
	ratio := ""
	if least > 0 {
		ratio = fmt.Sprintf("%.2f", float64(most)/float64(least))
	}
	return append(cells, ratio)
}

// duration has three digits that count.
func duration(d time.Duration) string {
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{time.Second, "s"}, {time.Millisecond, "ms"}} {
		if d >= unit.size {
			return digits(float64(d)/float64(unit.size)) + " " + unit.name
		}
	}
	return digits(float64(d)/float64(time.Microsecond)) + " µs"
}

func digits(x float64) string {
	switch {
	case x >= 100:
		return fmt.Sprintf("%.0f", x)
	case x >= 10:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.2f", x)
}

func mebibytes(n int64) string { return digits(float64(n)/(1<<20)) + " MiB" }

// count groups thousands.
func count(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
