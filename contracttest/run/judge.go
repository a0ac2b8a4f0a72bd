package run

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/openapi"
)

// criteria judges the answer by the criteria of the step; lost is why there is none. No findings: the step succeeded.
func (a *attempt) criteria(s scope, lost error) ([]report.Finding, error) {
	if lost != nil && (!a.faulty || len(a.s.Criteria) == 0) {
		return []report.Finding{a.transport(lost)}, nil
	}
	if len(a.s.Criteria) == 0 {
		return a.byDefault(s.received.status), nil
	}
	var findings []report.Finding
	for _, c := range a.s.Criteria {
		v, err := c.Test.Judge(s)
		if err != nil {
			return nil, err
		}
		if v.Holds {
			continue
		}
		f := a.violation("expected %s", v.Expected)
		if v.Actual != "" {
			f.Message += ", actual " + v.Actual
		}
		f.Expected, f.Actual, f.Line = v.Expected, v.Actual, c.Line
		findings = append(findings, f)
	}
	return findings, nil
}

// transport is the finding for a missing answer. Without a fault of ours, nothing is known of the target then.
func (a *attempt) transport(lost error) report.Finding {
	severity := report.SeverityError
	if a.faulty {
		severity = report.SeverityViolation
	}
	return report.Finding{Kind: report.Transport, Severity: severity, Message: lost.Error(), Line: a.s.Line}
}

// byDefault judges a step without criteria. A cleanup is content with what is gone already.
func (a *attempt) byDefault(status int) []report.Finding {
	if status < http.StatusBadRequest || a.cleanup && (status == http.StatusNotFound || status == http.StatusGone) {
		return nil
	}
	f := a.violation("expected $statusCode < 400, actual %d", status)
	f.Expected, f.Actual, f.Line = "$statusCode < 400", strconv.Itoa(status), a.s.Line
	return []report.Finding{f}
}

// violation is a criterion that does not hold. In a cleanup it means that something may be left behind.
func (a *attempt) violation(format string, args ...any) report.Finding {
	f := report.Finding{Kind: report.Criterion, Severity: report.SeverityViolation, Message: fmt.Sprintf(format, args...)}
	if a.cleanup {
		f.Kind, f.Severity = report.Cleanup, report.SeverityError
	}
	return f
}

// contract judges an answer by the document, and counts it.
func (a *attempt) contract(r *received) {
	if !a.faulty {
		a.met(a.s.Operation.ID, r.status)
	}
	for _, f := range a.s.Operation.CheckResponse(r.status, r.header, r.raw) {
		finding := report.Finding{Kind: report.Contract, Severity: a.severity(f.Severity), Message: f.String()}
		if f.In == openapi.InBody {
			finding.Pointer = f.Pointer
		}
		a.found(finding)
	}
}

// severity is that of a finding of the document: an answer that a fault may have spoiled breaks nothing.
func (a *attempt) severity(s openapi.Severity) string {
	switch {
	case a.faulty || s == openapi.Note:
		return report.SeverityNote
	case s == openapi.Deviation:
		return report.SeverityDeviation
	}
	return report.SeverityViolation
}
