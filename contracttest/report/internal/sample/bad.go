package sample

import (
	"fmt"
	"strings"
	"time"

	"github.com/tenantry/tenantry/contracttest/report"
)

// stale is a scenario in which the target does not do what it should.
func stale() report.Scenario {
	s := report.Scenario{
		ID: "tenants/stale", File: root + "tenants.arazzo.yaml", Title: "A stale version is refused",
		Tags: []string{"tenants", "versions"}, Verdict: report.Fail, Started: at(time.Second), Duration: 2100 * time.Millisecond,
	}
	update := step("stale", "stale-update", "updateTenant", 88, 1200*time.Millisecond, 41*time.Millisecond)
	update.Verdict = report.Fail
	update.Attempts = 3
	update.Duration = 1640 * time.Millisecond
	update.Request = post(base+"/api/2/tenants/0c2f4f0e-8f6b-4d0a-9a61-0f4c7f1f2f10", `{"name":"stale","version":1}`)
	update.Request.Method = "PUT"
	update.Response = answer(200, `{"id":"0c2f4f0e-8f6b-4d0a-9a61-0f4c7f1f2f10","version":"2","name":"stale"}`)
	update.Findings = []report.Finding{
		{Kind: report.Criterion, Severity: report.SeverityViolation, Message: "$statusCode == 409", Expected: "409", Actual: "200", Line: 96},
		{Kind: report.Contract, Severity: report.SeverityViolation, Pointer: "/version", Message: "must be an integer", Expected: "integer", Actual: "string"},
		{Kind: report.Contract, Severity: report.SeverityDeviation, Message: "the media type is text/json", Expected: "application/json", Actual: "text/json"},
	}
	left := step("stale", "remove", "deleteTenant", 104, 3000*time.Millisecond, 15*time.Millisecond)
	left.Verdict, left.Cleanup = report.Fail, true
	left.Request = &report.Request{Method: "DELETE", URL: base + "/api/2/tenants/0c2f4f0e-8f6b-4d0a-9a61-0f4c7f1f2f10?version=2", Header: header("Authorization", "Bearer ***")}
	left.Response = answer(409, `{"error":{"code":1010,"message":"locked","domain":"PlatformAccountServer","details":{}}}`)
	left.Findings = []report.Finding{{Kind: report.Cleanup, Severity: report.SeverityViolation, Message: "tenant 0c2f4f0e-8f6b-4d0a-9a61-0f4c7f1f2f10 is left behind", Expected: "204", Actual: "409"}}
	after := report.Step{ID: "check", Workflow: "stale", Operation: "getTenant", Line: 99, Verdict: report.Skipped, Reason: "an earlier step did not pass", Started: at(2900 * time.Millisecond)}
	s.Steps = []report.Step{update, after, left}
	return s
}

// export has bodies that are long, cut and binary, and a fault.
func export() report.Scenario {
	s := report.Scenario{
		ID: "users/export", File: root + "users.arazzo.yaml", Title: "Users are listed page by page",
		Verdict: report.Pass, Started: at(2 * time.Second), Duration: 480 * time.Millisecond,
	}
	var items []string
	for i := range 40 {
		items = append(items, fmt.Sprintf(`{"id":"%08d-0000-4000-8000-000000000000","login":"user%02d@harbor.example","enabled":%t,"language":"en","note":"%s"}`, i, i, i%3 > 0, strings.Repeat("long ", 4)))
	}
	text := `{"items":[` + strings.Join(items, ",") + `],"paging":{"cursors":{}}}`
	for item := range 2 {
		list := step("export", "page", "listUsers", 31, time.Duration(2100+100*item)*time.Millisecond, 90*time.Millisecond)
		list.Item = &item
		list.Request = &report.Request{Method: "GET", URL: base + "/api/2/users?limit=40&uuids=a%2Cb&allow_deleted", Header: header("Authorization", "Bearer ***")}
		list.Response = answer(200, text)
		list.Response.Body = report.Body{Text: text[:2000], Size: 70_123, Truncated: true}
		list.Faulty = item == 1
		s.Steps = append(s.Steps, list)
	}
	logo := step("export", "logo", "getLogo", 55, 2400*time.Millisecond, 12*time.Millisecond)
	logo.Request = &report.Request{Method: "GET", URL: base + "/api/2/users/1/logo", Header: header("Authorization", "Bearer ***")}
	logo.Response = answer(200, "")
	logo.Response.Header = header("Content-Type", "image/png")
	logo.Response.Body = report.Body{Size: 4096, Binary: true}
	s.Steps = append(s.Steps, logo)
	return s
}

// outage is a scenario that met no target.
func outage() report.Scenario {
	lost := step("outage", "login", "issueToken", 14, 3*time.Second, 30*time.Second)
	lost.Verdict, lost.Response = report.Error, nil
	lost.Request = &report.Request{Method: "POST", URL: base + "/api/2/idp/token", Header: header("Authorization", "Basic ***")}
	lost.Findings = []report.Finding{{Kind: report.Transport, Severity: report.SeverityError, Message: "no answer within 30s"}}
	return report.Scenario{
		ID: "idp/outage", File: root + "idp.arazzo.yaml", Title: "Tokens", Verdict: report.Error, Reason: "issueToken: no answer within 30s",
		Started: at(3 * time.Second), Duration: 30 * time.Second, Steps: []report.Step{lost},
	}
}
