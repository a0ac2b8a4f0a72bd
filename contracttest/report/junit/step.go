package junit

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/internal/show"
)

// longest is how many characters of a body are shown: enough to recognise it, and few enough for the pages of a CI system.
const longest = 4000

func step(s *report.Scenario, t *report.Step) testcase {
	c := testcase{
		Name: show.Step(t), Class: show.Line(s.ID), Time: seconds(t.Duration), File: show.Line(s.File), Line: t.Line,
	}
	if t.Operation != "" {
		c.Name += " " + show.Line(t.Operation)
		c.Properties = &properties{[]property{{"operation", show.Line(t.Operation)}}}
	}
	message, kind := reason(t)
	c.judge(t.Verdict, message, kind, details(s, t))
	if show.Bad(t.Verdict) && t.Request != nil {
		out := escaped(exchange(t))
		c.Output = &out
	}
	return c
}

// judge gives the case the element that its verdict asks for. One that nobody knows is an error: it must not be a pass.
func (c *testcase) judge(v report.Verdict, message, kind, body string) {
	o := &outcome{Message: show.Line(cmp.Or(message, show.Word(v))), Type: show.Line(kind), text: escaped(body)}
	switch v {
	case report.Pass:
	case report.Fail:
		c.Failure = o
	case report.Skipped:
		o.Type, o.text = "", text{}
		c.Skipped = o
	case report.Error:
		c.Error = o
	default:
		c.Error = o
	}
}

// reason is the first finding that made the verdict, with its kind.
func reason(t *report.Step) (message, kind string) {
	for i := range t.Findings {
		f := &t.Findings[i]
		if report.Judge([]report.Finding{*f}) == t.Verdict {
			message = show.Finding(f)
			if f.Expected != "" || f.Actual != "" {
				message += fmt.Sprintf(" (expected %s, actual %s)", show.Cut(f.Expected, 200), show.Cut(f.Actual, 200))
			}
			return message, f.Kind
		}
	}
	return t.Reason, "step"
}

// details are all findings, each with where it comes from.
func details(s *report.Scenario, t *report.Step) string {
	var b strings.Builder
	b.WriteString(show.Where(s, t.Line) + "\n")
	if t.Reason != "" {
		b.WriteString(show.Block(t.Reason) + "\n")
	}
	for i := range t.Findings {
		f := &t.Findings[i]
		b.WriteString(show.Finding(f) + "\n")
		if f.Line > 0 {
			b.WriteString("  at       " + show.Where(s, f.Line) + "\n")
		}
		if f.Expected != "" {
			b.WriteString("  expected " + show.Line(f.Expected) + "\n")
		}
		if f.Actual != "" {
			b.WriteString("  actual   " + show.Line(f.Actual) + "\n")
		}
	}
	return b.String()
}

// exchange is the request and the answer, without their headers.
func exchange(t *report.Step) string {
	var b strings.Builder
	b.WriteString(show.Line(t.Request.Method+" "+t.Request.URL) + "\n")
	b.WriteString(body(t.Request.Body))
	if t.Response == nil {
		return b.String() + "\nno answer\n"
	}
	fmt.Fprintf(&b, "\n%d after %s\n", t.Response.Status, show.Duration(t.Response.Duration))
	b.WriteString(body(t.Response.Body))
	return b.String()
}

func body(b report.Body) string {
	switch {
	case b.Binary:
		return "(binary, " + show.Size(b.Size) + ")\n"
	case b.Text == "":
		return ""
	}
	return show.Cut(show.Block(b.Text), longest) + "\n"
}

// readable takes back what an element's text needs not have escaped.
var readable = strings.NewReplacer("&#xA;", "\n", "&#x9;", "\t", "&#34;", `"`, "&#39;", "'")

// escaped is a text for XML. What XML cannot hold becomes the replacement character.
func escaped(s string) text {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return text{[]byte(readable.Replace(b.String()))}
}
