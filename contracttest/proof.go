package contracttest

import (
	"net/url"
	"slices"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/ledger"
)

// Proofs are what a run has shown of each operation, for the ledger. What counts are the answers that were judged: not those
// that a fault was injected into, not those of clean-ups, and nothing that could not be run.
func Proofs(r *report.Report, endpoint ledger.Endpoint) []ledger.Entry {
	var entries []ledger.Entry
	for _, s := range r.Scenarios {
		entries = append(entries, proofs(r, &s, endpoint)...)
	}
	return entries
}

// proofs are those of one scenario, in the order in which it met the operations.
func proofs(r *report.Report, s *report.Scenario, endpoint ledger.Endpoint) []ledger.Entry {
	var entries []ledger.Entry
	for _, step := range s.Steps {
		if !counts(&step) {
			continue
		}
		i := slices.IndexFunc(entries, func(e ledger.Entry) bool { return e.Operation == step.Operation })
		if i < 0 {
			i = len(entries)
			entries = append(entries, ledger.Entry{
				Operation: step.Operation, Endpoint: endpoint, Scenario: s.ID,
				Verdict: ledger.Proven, Target: host(r.Target), RunID: r.RunID,
			})
		}
		entries[i] = with(entries[i], &step)
	}
	return entries
}

func counts(s *report.Step) bool {
	judged := s.Verdict == report.Pass || s.Verdict == report.Fail
	return judged && s.Operation != "" && s.Response != nil && !s.Faulty && !s.Cleanup
}

func with(e ledger.Entry, s *report.Step) ledger.Entry {
	if at, found := slices.BinarySearch(e.Statuses, s.Response.Status); !found {
		e.Statuses = slices.Insert(e.Statuses, at, s.Response.Status)
	}
	if s.Verdict == report.Fail {
		e.Verdict = ledger.Refuted
	}
	if end := s.Started.Add(s.Duration).UTC(); end.After(e.Time) {
		e.Time = end
	}
	return e
}

// host is the endpoint without the path of a sandbox.
func host(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
