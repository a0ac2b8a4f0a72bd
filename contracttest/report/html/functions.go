package html

import (
	"bytes"
	"encoding/json"
	"html/template"
	"net/http"
	"time"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/coverage"
	"github.com/tenantry/tenantry/contracttest/report/internal/show"
)

// functions are what the templates show values with.
func functions() template.FuncMap {
	return template.FuncMap{
		"line": show.Line, "duration": show.Duration, "count": show.Count, "size": show.Size, "word": show.Word,
		"conclusion": show.Conclusion,
		"finding":    func(f report.Finding) string { return show.Finding(&f) },
		"moment":     func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"phrase":     http.StatusText,
		"class":      class,
		"severity":   severity,
		"state":      state,
		"body":       body,
	}
}

// class is the style of a verdict. One that nobody knows looks like an error.
func class(v report.Verdict) string {
	switch v {
	case report.Pass, report.Fail, report.Skipped:
		return string(v)
	case report.Error:
	}
	return string(report.Error)
}

// severity is the style of a finding.
func severity(f report.Finding) string {
	if v := report.Judge([]report.Finding{f}); v != report.Pass {
		return class(v)
	}
	return "note"
}

// state is the style of a cell.
func state(c coverage.Cell) string {
	switch c.State {
	case coverage.Exercised:
		return "yes"
	case coverage.Missing:
		return "no"
	case coverage.Unreachable:
		return "never"
	case coverage.Undocumented:
		return "odd"
	case coverage.None:
	}
	return ""
}

// body is the text of a body, laid out if it is JSON.
func body(b report.Body) string {
	var laid bytes.Buffer
	if !b.Truncated && shallow(b.Text) && json.Indent(&laid, []byte(b.Text), "", "  ") == nil {
		return show.Block(laid.String())
	}
	return show.Block(b.Text)
}

// shallow tells whether a text of JSON is nested so little that it may be indented: the blanks grow with the square of the depth.
func shallow(text string) bool {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '[', '{':
			if depth++; depth > deepest {
				return false
			}
		case ']', '}':
			depth--
		}
	}
	return true
}

const deepest = 64
