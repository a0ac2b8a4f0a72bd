package model

import "time"

// CheckReportWindow refuses a report while the usage history of the day before is not ready: from 1 to 6 o'clock in
// UTC it need not be (400), after 6 it should be (500). It then comes an hour late, at 7, so that a client
// meets all three answers as the clock goes on (reference, POST /reports; the hour is ours).
func CheckReportWindow(now time.Time) error {
	switch hour := now.UTC().Hour(); {
	case hour >= 1 && hour < 6:
		return Errorf(Invalid, "history_not_ready", "Usage history is not ready yet: try again after 6 o'clock UTC")
	case hour == 6:
		return Refuse(Internal, CodeInternal, "history_late", "Usage history is not ready, but should be available already")
	}
	return nil
}

// CheckChangeable refuses changes to a report that is not scheduled (reference, PUT /reports/{report_id}).
func (r *Report) CheckChangeable() error {
	if r.Schedule == ReportMonthly {
		return nil
	}
	return Refuse(Invalid, CodeBusinessRule, "report_once", "Only scheduled reports can be updated; this one is generated once")
}

// maxDays is how many days a report of usage by day may cover: each has a line for each item of each tenant.
const maxDays = 366

// CheckPeriod refuses a period that is none, that is not over when the report is generated, or that is too long.
func CheckPeriod(p Period, kind, generated string) error {
	start, ok := ParseDay(p.Start)
	if !ok {
		return BadMember("/parameters/period/start", "is not a day such as 2026-01-31: %q", p.Start)
	}
	end, ok := ParseDay(p.End)
	switch {
	case !ok:
		return BadMember("/parameters/period/end", "is not a day such as 2026-01-31: %q", p.End)
	case p.End < p.Start:
		return BadMember("/parameters/period", "ends before it starts")
	case p.End > generated:
		return BadMember("/parameters/period/end", "is in the future")
	case kind == UsageDaily && end.Sub(start) >= maxDays*24*time.Hour:
		return BadMember("/parameters/period", "is longer than %d days", maxDays)
	}
	return nil
}
