package model_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/model"
)

func at(text string) time.Time {
	t, err := model.ParseTime(text)
	if err != nil {
		panic(err)
	}
	return t
}

func TestWhenAReportIsGenerated(t *testing.T) {
	t.Parallel()
	type plan struct {
		next, date string
		period     model.Period
	}
	never := model.FormatZ(time.Time{})
	for name, tt := range map[string]struct {
		now    string
		report model.Report
		want   plan
	}{
		"at once": {
			"2026-03-04T10:58:53",
			model.Report{Schedule: model.ReportOnce, Enabled: true},
			plan{"2026-03-04T10:58:53Z", "2026-03-04", model.Period{Start: "2026-03-01", End: "2026-03-03"}},
		},
		"at once where its date is past": {
			"2026-03-04T10:58:53",
			model.Report{Schedule: model.ReportOnce, Enabled: true, Date: "2017-05-08", Period: model.Period{Start: "2017-05-01", End: "2017-05-07"}},
			plan{"2026-03-04T10:58:53Z", "2017-05-08", model.Period{Start: "2017-05-01", End: "2017-05-07"}},
		},
		"when its date begins": {
			"2026-03-04T10:58:53",
			model.Report{Schedule: model.ReportOnce, Enabled: true, Date: "2026-03-12"},
			plan{"2026-03-12T00:00:00Z", "2026-03-12", model.Period{Start: "2026-03-01", End: "2026-03-11"}},
		},
		"each month, at the end of its first day": {
			"2026-03-04T10:58:53",
			model.Report{Schedule: model.ReportMonthly, Enabled: true},
			plan{"2026-04-01T23:59:59Z", "2026-04-01", model.Period{Start: "2026-03-01", End: "2026-03-31"}},
		},
		"today, while the first day lasts": {
			"2026-03-01T23:59:58",
			model.Report{Schedule: model.ReportMonthly, Enabled: true},
			plan{"2026-03-01T23:59:59Z", "2026-03-01", model.Period{Start: "2026-02-01", End: "2026-02-28"}},
		},
		"not before its date": {
			"2026-03-04T10:58:53",
			model.Report{Schedule: model.ReportMonthly, Enabled: true, Date: "2026-12-24"},
			plan{"2027-01-01T23:59:59Z", "2027-01-01", model.Period{Start: "2026-12-01", End: "2026-12-31"}},
		},
		"never while it is disabled": {
			"2026-03-04T10:58:53",
			model.Report{Schedule: model.ReportMonthly},
			plan{never, "2026-04-01", model.Period{Start: "2026-03-01", End: "2026-03-31"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := tt.report
			r.Plan(at(tt.now))
			got := plan{model.FormatZ(r.NextAt), r.Date, r.Period}
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(plan{})); diff != "" {
				t.Errorf("the plan (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheNextGeneration(t *testing.T) {
	t.Parallel()
	r := model.Report{Schedule: model.ReportMonthly, Enabled: true}
	r.Plan(at("2026-11-30T08:00:00"))
	for _, want := range []string{"2026-12-01T23:59:59Z", "2027-01-01T23:59:59Z", "2027-02-01T23:59:59Z"} {
		if got := model.FormatZ(r.NextAt); got != want {
			t.Fatalf("generated at %s, want %s", got, want)
		}
		r.PlanNext()
	}
	once := model.Report{Schedule: model.ReportOnce, Enabled: true}
	once.Plan(at("2026-11-30T08:00:00"))
	if once.PlanNext(); !once.NextAt.IsZero() {
		t.Errorf("a report that is generated once is generated again at %v", once.NextAt)
	}
}

func TestThePresentPeriod(t *testing.T) {
	t.Parallel()
	for now, want := range map[string]model.Period{
		"2026-03-04T10:58:53": {Start: "2026-03-01", End: "2026-03-03"},
		"2026-03-12T00:00:00": {Start: "2026-03-01", End: "2026-03-11"},
		"2026-03-01T23:59:59": {Start: "2026-03-01", End: "2026-03-01"}, // on the first itself, that day
	} {
		if got := model.CurrentPeriod(at(now)); got != want {
			t.Errorf("CurrentPeriod(%s) = %v, want %v", now, got, want)
		}
	}
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		period model.Period
		kind   string
		ok     bool
	}{
		"a month":                         {model.Period{Start: "2026-02-01", End: "2026-02-28"}, model.UsageDaily, true},
		"one day":                         {model.Period{Start: "2026-03-04", End: "2026-03-04"}, model.UsageSummary, true},
		"a day that is none":              {model.Period{Start: "2026-02-01", End: "2026-02-30"}, model.UsageSummary, false},
		"without a start":                 {model.Period{End: "2026-02-28"}, model.UsageSummary, false},
		"without an end":                  {model.Period{Start: "2026-02-28"}, model.UsageSummary, false},
		"backwards":                       {model.Period{Start: "2026-02-02", End: "2026-02-01"}, model.UsageSummary, false},
		"in the future":                   {model.Period{Start: "2026-03-01", End: "2026-03-05"}, model.UsageSummary, false},
		"years by the day":                {model.Period{Start: "2016-02-01", End: "2026-02-01"}, model.UsageDaily, false},
		"years in one line are no burden": {model.Period{Start: "2016-02-01", End: "2026-02-01"}, model.UsageSummary, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := model.CheckPeriod(tt.period, tt.kind, "2026-03-04"); (err == nil) != tt.ok {
				t.Errorf("CheckPeriod(%v) = %v", tt.period, err)
			}
		})
	}
	days := model.Period{Start: "2026-02-27", End: "2026-03-01"}.Days()
	if diff := cmp.Diff([]string{"2026-02-27", "2026-02-28", "2026-03-01"}, days); diff != "" {
		t.Errorf("Days (-want +got):\n%s", diff)
	}
}

func TestTheReportWindow(t *testing.T) {
	t.Parallel()
	for clock, want := range map[string]model.Kind{
		"00:59:59": -1, "01:00:00": model.Invalid, "05:59:59": model.Invalid,
		"06:00:00": model.Internal, "06:59:59": model.Internal, "07:00:00": -1, "23:00:00": -1,
	} {
		err := model.CheckReportWindow(at("2026-03-04T" + clock))
		refusal := &model.Error{Kind: -1}
		if errors.As(err, &refusal); refusal.Kind != want {
			t.Errorf("at %s: %v, want kind %d", clock, err, want)
		}
	}
}

func TestLevels(t *testing.T) {
	t.Parallel()
	below := map[string]*model.Tenant{
		"partner": {Kind: model.Partner}, "folder": {Kind: model.Folder}, "customer": {Kind: model.Customer},
		"unit": {Kind: model.Unit}, "account": {Kind: model.Unit, OwnerID: "u"},
	}
	for level, want := range map[string][2]string{ // direct children, then those further below
		model.LevelItself:    {"", ""},
		model.LevelDirect:    {"customer folder partner unit", ""},
		model.LevelPartners:  {"folder partner", "folder partner"},
		model.LevelCustomers: {"customer folder partner", "customer folder partner"},
		model.LevelAccounts:  {"account customer folder partner unit", "account customer folder partner unit"},
	} {
		for i, direct := range []bool{true, false} {
			var got string
			for _, name := range []string{"account", "customer", "folder", "partner", "unit"} {
				if model.InLevel(level, below[name], direct) {
					got += " " + name
				}
			}
			if got != "" {
				got = got[1:]
			}
			if got != want[i] {
				t.Errorf("level %s, direct %v: %q, want %q", level, direct, got, want[i])
			}
		}
	}
}
