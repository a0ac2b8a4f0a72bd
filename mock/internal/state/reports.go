package state

import (
	"iter"
	"strings"

	"github.com/tenantry/tenantry/mock/model"
)

// Report finds a report of a tenant that is not deleted; a missing one is a refusal.
func (v *View) Report(id model.ReportID) (*model.Report, error) {
	r, ok := Reports.Get(v, id)
	if ok {
		_, err := v.LiveTenant(r.TenantID)
		ok = err == nil
	}
	if !ok {
		return nil, model.Missing("report", id)
	}
	return r, nil
}

// ReportsOf walks the reports on a tenant, oldest first.
func (v *View) ReportsOf(id model.TenantID) iter.Seq[*model.Report] {
	return ReportsByTenant.While(v, &model.Report{TenantID: id}, func(r *model.Report) bool { return r.TenantID == id })
}

// RunsOf walks the generations of a report, oldest first.
func (v *View) RunsOf(id model.ReportID) iter.Seq[*model.ReportRun] {
	return func(yield func(*model.ReportRun) bool) {
		for run := range ReportRuns.From(v, string(id)+"/") {
			if !strings.HasPrefix(run.Key(), string(id)+"/") || !yield(run) {
				return
			}
		}
	}
}

// PutReport writes a report as it is and keeps the timer of its generation in step.
func (tx *Tx) PutReport(r *model.Report) {
	Reports.put(tx, r)
	tx.Schedule(model.TimerReport, string(r.ID), r.NextAt)
}

// UpdateReport writes a changed report under the next version and the present time.
func (tx *Tx) UpdateReport(r *model.Report) {
	r.Version++
	r.UpdatedAt = tx.now
	tx.PutReport(r)
}

// RemoveReport takes a report away, with all that was generated of it.
func (tx *Tx) RemoveReport(id model.ReportID) {
	var runs []string
	for run := range tx.RunsOf(id) {
		runs = append(runs, run.Key())
	}
	for _, key := range runs {
		ReportRuns.remove(tx, key)
	}
	tx.Schedule(model.TimerReport, string(id), timeZero)
	Reports.remove(tx, id)
}

// generateReport freezes the figures of a report whose time has come, and plans its next generation. While the tenant
// is deleted nothing is generated; a report that is sent leaves nothing behind.
func (tx *Tx) generateReport(key string) error {
	r, ok := Reports.Get(tx, model.ReportID(key))
	if !ok {
		return nil
	}
	if t, err := tx.LiveTenant(r.TenantID); err == nil && r.Saves() {
		run := tx.statement(r, t)
		for _, format := range r.Formats {
			run.Files = append(run.Files, model.StoredFile{ID: model.StoredID(tx.UUID()), Format: format})
		}
		ReportRuns.put(tx, run)
	}
	next := *r
	next.PlanNext()
	tx.PutReport(&next)
	return nil
}
