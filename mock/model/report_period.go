package model

import "time"

// Period is a range of days, both included.
type Period struct {
	Start string `json:"start"`
	End   string `json:"end"`
}

// Plan sets when a report that is made or changed now is generated: one of the kind once on its date, at once where
// that is today or past, a monthly one next at the end of the first day of a month (wire facts, idp 8.1). The period
// of a monthly report is the month before; for the other one that was given stands.
func (r *Report) Plan(now time.Time) {
	from := now
	if day, ok := ParseDay(r.Date); ok && day.After(now) {
		from = day
	}
	r.NextAt = from
	if r.Schedule == ReportMonthly {
		r.NextAt = endOfFirst(from)
		r.Period = monthBefore(r.NextAt)
		r.Date = DayOf(r.NextAt)
	}
	if r.Date == "" {
		r.Date = DayOf(from)
	}
	if r.Period == (Period{}) {
		r.Period = CurrentPeriod(from)
	}
	if !r.Enabled {
		r.NextAt = time.Time{}
	}
}

// PlanNext sets what comes after a generation: nothing for good, or the next month.
func (r *Report) PlanNext() {
	if r.Schedule != ReportMonthly {
		r.NextAt = time.Time{}
		return
	}
	r.NextAt = endOfFirst(r.NextAt.Add(time.Second))
	r.Period, r.Date = monthBefore(r.NextAt), DayOf(r.NextAt)
}

// endOfFirst is the next last second of the first day of a month.
func endOfFirst(from time.Time) time.Time {
	at := MonthOf(from).AddDate(0, 0, 1).Add(-time.Second)
	if at.Before(from.Truncate(time.Second)) {
		at = MonthOf(from).AddDate(0, 1, 1).Add(-time.Second)
	}
	return at
}

func monthBefore(t time.Time) Period {
	first := MonthOf(t)
	return Period{Start: DayOf(first.AddDate(0, -1, 0)), End: DayOf(first.AddDate(0, 0, -1))}
}

// CurrentPeriod is that of a report on the present usage: from the first day of the month to yesterday; on the first
// day itself that day (wire facts, idp 8.1).
func CurrentPeriod(now time.Time) Period {
	p := Period{Start: DayOf(MonthOf(now)), End: DayOf(now.AddDate(0, 0, -1))}
	if p.End < p.Start {
		p.End = p.Start
	}
	return p
}

// Days lists the days of a period.
func (p Period) Days() []string {
	var days []string
	start, _ := ParseDay(p.Start)
	for day := start; DayOf(day) <= p.End; day = day.AddDate(0, 0, 1) {
		days = append(days, DayOf(day))
	}
	return days
}
