package sample

import (
	"net/http"
	"time"

	"github.com/tenantry/tenantry/contracttest/report"
)

// Marker is in every hostile text, so that tests can look where it went.
const Marker = "pwned"

// Texts break out of whatever holds them without escaping it: of elements, attributes, scripts, comments, CDATA sections,
// tables, lines and terminals. They are no UTF-8, hold what XML forbids, and turn the direction of the text around them.
const Texts = "</pre></script><script>" + Marker + "()</script>\"'><img src=x onerror=" + Marker + "()> ]]> --> & {{.}} | `x`\n" +
	"::error::" + Marker + "\r\x1b[2J\x1b]8;;http://x\x07\x00\x0b\ufffe\xff\xed\xa0\x80\u202etxet\u2028 end"

// Hostile is a scenario that has a text wherever somebody else than the runner decides what stands there.
func Hostile(text string) report.Scenario {
	s := step(text, text, text, 9, 5*time.Second, 10*time.Millisecond)
	s.Verdict, s.Reason = report.Fail, text
	s.Request = &report.Request{Method: text, URL: base + "/x?" + text, Header: http.Header{text: {text}, "Content-Type": {text}}, Body: body(text)}
	s.Response = answer(418, text)
	s.Response.Header = http.Header{text: {text, text}, "Content-Type": {text}, "Location": {"javascript:" + text}}
	s.Findings = []report.Finding{
		{Kind: report.Criterion, Severity: report.SeverityViolation, Pointer: text, Message: text, Expected: text, Actual: text, Line: 12},
		{Kind: text, Severity: text, Message: text},
	}
	return report.Scenario{
		ID: text, File: text, Title: text, Tags: []string{text}, Verdict: report.Fail, Reason: text,
		Started: at(5 * time.Second), Duration: 11 * time.Millisecond, Steps: []report.Step{s},
	}
}
