package har

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/internal/show"
)

// Write writes the requests of the run. The version is that of the program, for the archive's creator.
func Write(w io.Writer, r *report.Report, version string) error {
	a := archive{Log: log{
		Version: "1.2", Creator: creator{Name: "tenantry", Version: cmp.Or(version, "unknown")},
		Pages: []page{}, Entries: []entry{},
		Comment: fmt.Sprintf("run %s against %s", r.RunID, r.Target),
	}}
	for i := range r.Scenarios {
		a.Log.add(&r.Scenarios[i], fmt.Sprintf("scenario-%d", i+1))
	}
	slices.SortStableFunc(a.Log.Entries, func(x, y entry) int { return cmp.Compare(x.Started, y.Started) })
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(a); err != nil {
		return fmt.Errorf("write the report as HAR: %w", err)
	}
	return nil
}

// add adds a scenario. One without a request is no page: tools would show an empty one.
func (l *log) add(s *report.Scenario, id string) {
	n := len(l.Entries)
	for i := range s.Steps {
		if s.Steps[i].Request != nil {
			l.Entries = append(l.Entries, exchange(&s.Steps[i], id))
		}
	}
	if len(l.Entries) > n {
		l.Pages = append(l.Pages, page{Started: moment(s.Started), ID: id, Title: s.ID, Comment: s.Title})
	}
}

// exchange is the last attempt of a step.
func exchange(s *report.Step, page string) entry {
	took, began := s.Duration, s.Started
	if s.Response != nil {
		took = s.Response.Duration
	}
	if s.Attempts > 1 {
		began = s.Started.Add(s.Duration - took)
	}
	ms := float64(took.Microseconds()) / 1000
	e := entry{
		Page: page, Started: moment(began), Time: ms, Timings: timings{Wait: ms},
		Request: sent(s.Request), Response: received(s.Response),
		Step: show.Step(s), Operation: s.Operation, Verdict: string(s.Verdict), Attempts: s.Attempts,
	}
	for i := range s.Findings {
		e.Findings = append(e.Findings, show.Finding(&s.Findings[i]))
	}
	return e
}

// moment has a fixed number of digits, so that the order of the texts is that of the times.
func moment(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }
