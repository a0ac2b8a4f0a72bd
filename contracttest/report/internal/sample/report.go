package sample

import (
	"time"

	"github.com/tenantry/tenantry/contracttest/report"
)

// base is where the sample ran, root where its scenarios are.
const (
	base = "https://cloud.example/s/ci-42"
	root = "scenarios/"
)

// at is a moment of the run.
func at(after time.Duration) time.Time {
	return time.Date(2026, 11, 21, 22, 15, 4, 250_000_000, time.UTC).Add(after)
}

// Report is what became of a run of which some scenarios passed, some failed, one could not be run and one was skipped.
func Report() *report.Report {
	return &report.Report{
		RunID: "r-7f3a9c", Target: base, Verdict: report.Error, Started: at(0), Duration: 12*time.Second + 345*time.Millisecond,
		Scenarios: []report.Scenario{lifecycle(), stale(), export(), outage(), skipped(), Hostile(Texts)},
		Coverage:  met(),
	}
}

func lifecycle() report.Scenario {
	s := report.Scenario{
		ID: "tenants/lifecycle", File: root + "tenants.arazzo.yaml", Title: "A tenant is made, changed and removed",
		Tags: []string{"tenants", "writes"}, Verdict: report.Pass, Started: at(5 * time.Millisecond), Duration: 1240 * time.Millisecond,
	}
	create := step("lifecycle", "create", "createTenant", 24, 20*time.Millisecond, 35*time.Millisecond)
	create.Request = post(base+"/api/2/tenants", `{"name":"Harbor Clinic r-7f3a9c","kind":"customer","parent_id":"a0000000-0000-4000-8000-000000000001"}`)
	create.Response = answer(201, `{"id":"0c2f4f0e-8f6b-4d0a-9a61-0f4c7f1f2f10","version":1,"name":"Harbor Clinic r-7f3a9c","kind":"customer","enabled":true,"contact":{"email":"","phone":""},"custom_flag":7}`)
	create.Findings = []report.Finding{{
		Kind: report.Contract, Severity: report.SeverityNote, Pointer: "/custom_flag", Message: "is not in the document",
	}}
	token := step("lifecycle", "login", "issueToken", 12, 5*time.Millisecond, 8*time.Millisecond)
	token.Request = &report.Request{
		Method: "POST", URL: base + "/api/2/idp/token",
		Header: header("Authorization", "Basic ***", "Content-Type", "application/x-www-form-urlencoded"),
		Body:   body("grant_type=client_credentials&client_secret=***"),
	}
	token.Response = answer(200, `{"access_token":"***","token_type":"bearer","expires_on":1795299304}`)
	remove := step("lifecycle", "remove", "deleteTenant", 61, 1100*time.Millisecond, 20*time.Millisecond)
	remove.Cleanup = true
	remove.Request = &report.Request{Method: "DELETE", URL: base + "/api/2/tenants/0c2f4f0e-8f6b-4d0a-9a61-0f4c7f1f2f10?version=3", Header: header("Authorization", "Bearer ***")}
	remove.Response = answer(204, "")
	s.Steps = []report.Step{token, create, remove}
	return s
}

// skipped is a scenario that never began.
func skipped() report.Scenario {
	const reason = "needs the capability fault, which a target without a control plane does not have"
	return report.Scenario{
		ID: "faults/lost-acknowledgement", File: root + "faults.arazzo.yaml", Title: "A lost answer is not a lost write",
		Verdict: report.Skipped, Reason: reason, Started: at(4 * time.Second),
		Steps: []report.Step{{Workflow: "lost-acknowledgement", Line: 7, Verdict: report.Skipped, Reason: reason}},
	}
}
