package jsonreport

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"

	"github.com/tenantry/tenantry/contracttest/report"
)

// Format is the value of the member format.
const Format = "tenantry-report/1"

// Write writes the report, indented.
func Write(w io.Writer, r *report.Report) error {
	full := *r
	full.Scenarios = make([]report.Scenario, 0, len(r.Scenarios))
	for _, s := range r.Scenarios {
		full.Scenarios = append(full.Scenarios, scenario(s))
	}
	if full.Coverage == nil {
		full.Coverage = report.Coverage{}
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false) // people read it too, and a less-than sign needs no escape here
	out.SetIndent("", "  ")
	if err := out.Encode(struct {
		Format string `json:"format"`
		report.Report
	}{Format, full}); err != nil {
		return fmt.Errorf("write the report as JSON: %w", err)
	}
	return nil
}

// scenario is one whose lists and headers are there, also where they are empty.
func scenario(s report.Scenario) report.Scenario {
	s.Steps = slices.Clone(s.Steps)
	if s.Steps == nil {
		s.Steps = []report.Step{}
	}
	for i := range s.Steps {
		step := &s.Steps[i]
		if step.Request != nil && step.Request.Header == nil {
			request := *step.Request
			request.Header = http.Header{}
			step.Request = &request
		}
		if step.Response != nil && step.Response.Header == nil {
			response := *step.Response
			response.Header = http.Header{}
			step.Response = &response
		}
	}
	return s
}
