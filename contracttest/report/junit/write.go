package junit

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/internal/show"
)

// Write writes the report.
func Write(w io.Writer, r *report.Report) error {
	all := suites{Name: "tenantry", Time: seconds(r.Duration)}
	for i := range r.Scenarios {
		all.append(scenario(r, &r.Scenarios[i]))
	}
	if missing, ok := run(r); ok && all.Failures+all.Errors == 0 {
		all.append(missing)
	}
	if err := all.write(w); err != nil {
		return fmt.Errorf("write the report as JUnit XML: %w", err)
	}
	return nil
}

func (s *suites) append(one suite) {
	for i := range one.Cases {
		one.add(&one.Cases[i])
	}
	s.all(one.counts)
	s.Suites = append(s.Suites, one)
}

func (s *suites) write(w io.Writer) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	out := xml.NewEncoder(w)
	out.Indent("", "  ")
	if err := out.Encode(s); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// run is the suite of what befell the run as a whole.
func run(r *report.Report) (suite, bool) {
	reason := "the run " + show.Word(r.Verdict)
	if r.Interrupted {
		reason = "the run was interrupted"
	}
	c := testcase{Name: "run", Class: "tenantry", Time: seconds(r.Duration)}
	c.judge(r.Verdict, reason, "run", "")
	s := suite{Name: "run", Time: c.Time, Timestamp: stamp(r.Started), Properties: describe(r, nil), Cases: []testcase{c}}
	return s, show.Bad(r.Verdict) || r.Interrupted
}

func scenario(r *report.Report, s *report.Scenario) suite {
	out := suite{
		Name: show.Line(s.ID), Time: seconds(s.Duration), Timestamp: stamp(s.Started), File: show.Line(s.File), Properties: describe(r, s),
	}
	times := make(map[string]int)
	for i := range s.Steps {
		c := step(s, &s.Steps[i])
		if times[c.Name]++; times[c.Name] > 1 { // readers take cases of one name for one case
			c.Name = fmt.Sprintf("%s (%d)", c.Name, times[c.Name])
		}
		out.Cases = append(out.Cases, c)
	}
	if !show.Explained(s) {
		c := testcase{Name: "scenario", Class: out.Name, Time: seconds(0), File: out.File}
		c.judge(s.Verdict, s.Reason, "scenario", "")
		out.Cases = append(out.Cases, c)
	}
	return out
}

func describe(r *report.Report, s *report.Scenario) *properties {
	p := []property{{"run_id", show.Line(r.RunID)}, {"target", show.Line(r.Target)}}
	if r.Interrupted {
		p = append(p, property{"interrupted", "true"})
	}
	if s != nil {
		p = append(p, property{"title", show.Line(s.Title)})
		if len(s.Tags) > 0 {
			p = append(p, property{"tags", show.Line(strings.Join(s.Tags, ","))})
		}
	}
	return &properties{p}
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
