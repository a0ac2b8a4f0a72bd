package sample

import (
	"net/http"
	"time"

	"github.com/tenantry/tenantry/contracttest/report"
)

// step is one that passed.
func step(workflow, id, operation string, line int, after, took time.Duration) report.Step {
	return report.Step{
		ID: id, Workflow: workflow, Operation: operation, Line: line, Verdict: report.Pass, Attempts: 1, Started: at(after), Duration: took,
	}
}

func post(url, text string) *report.Request {
	return &report.Request{Method: "POST", URL: url, Header: header("Authorization", "Bearer ***", "Content-Type", "application/json"), Body: body(text)}
}

func answer(status int, text string) *report.Response {
	r := &report.Response{Status: status, Header: header("X-Request-Id", "5f0c"), Body: body(text), Duration: 7500 * time.Microsecond}
	if text != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

func body(text string) report.Body { return report.Body{Text: text, Size: len(text)} }

func header(pairs ...string) http.Header {
	h := make(http.Header)
	for i := 0; i+1 < len(pairs); i += 2 {
		h.Add(pairs[i], pairs[i+1])
	}
	return h
}
