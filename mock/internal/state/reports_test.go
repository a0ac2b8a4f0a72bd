package state_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

const (
	day     = 24 * time.Hour
	monthly = model.ReportID("d0000000-0000-4000-8000-000000000001")
)

// reporting is a world with a report on the partner, planned by its clock.
func reporting(t *testing.T, r model.Report) (*state.World, *det.Virtual) {
	t.Helper()
	clock := frozen()
	w, err := state.NewMemory(config(clock, nil), licensedTree)
	if err != nil {
		t.Fatal(err)
	}
	r.ID, r.TenantID, r.Action, r.Enabled, r.Formats = monthly, partner, model.ReportSave, true, []string{model.FormatCSVv2, model.FormatHTML}
	update(t, w, func(tx *state.Tx) error {
		r.Plan(tx.Now())
		tx.PutReport(&r)
		return nil
	})
	return w, clock
}

func runs(t *testing.T, w *state.World) []*model.ReportRun {
	t.Helper()
	var all []*model.ReportRun
	for run := range w.View(t.Context()).RunsOf(monthly) {
		all = append(all, run)
	}
	return all
}

func TestAReportIsGeneratedBeforeAnybodyLooks(t *testing.T) {
	t.Parallel()
	w, _ := reporting(t, model.Report{Schedule: model.ReportOnce, Kind: model.UsageCurrent, Level: model.LevelItself})
	all := runs(t, w)
	if len(all) != 1 || len(all[0].Files) != 2 || !all[0].At.Equal(start) {
		t.Fatalf("%d generations: %+v", len(all), all)
	}
	if all[0].Files[0].Format != model.FormatCSVv2 || all[0].Files[1].Format != model.FormatHTML {
		t.Errorf("files are not in the order of the formats: %+v", all[0].Files)
	}
	if len(runs(t, w)) != 1 {
		t.Error("a report is generated again by looking at it")
	}
}

func TestAMonthlyReportIsGeneratedEachMonth(t *testing.T) {
	t.Parallel()
	w, clock := reporting(t, model.Report{Schedule: model.ReportMonthly, Kind: model.UsageSummary, Level: model.LevelAccounts})
	if len(runs(t, w)) != 0 {
		t.Fatal("a monthly report is generated at once")
	}
	vms := item("vms")
	update(t, w, on(vms, partner, customer))
	update(t, w, used(vms, map[model.TenantID]int64{customer: 5}))
	if err := clock.Advance(10 * day); err != nil {
		t.Fatal(err)
	}
	update(t, w, used(vms, map[model.TenantID]int64{customer: 8}))
	if err := clock.Set(time.Date(2026, 6, 15, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	type found struct {
		At, Start, End string
		Delta, Now     int64
	}
	var got []found
	for _, run := range runs(t, w) {
		f := found{model.FormatZ(run.At), run.Period.Start, run.Period.End, 0, 0}
		for _, on := range run.Tenants {
			if on.ID == partner {
				f.Delta, f.Now = on.Lines[0].Production.Delta, on.Lines[0].Production.Effective
			}
		}
		got = append(got, f)
	}
	want := []found{
		{"2026-04-01T23:59:59Z", "2026-03-01", "2026-03-31", 8, 8},
		{"2026-05-01T23:59:59Z", "2026-04-01", "2026-04-30", 0, 8},
		{"2026-06-01T23:59:59Z", "2026-05-01", "2026-05-31", 0, 8},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("generations (-want +got):\n%s", diff)
	}
}

func TestAGeneratedReportNeverChanges(t *testing.T) {
	t.Parallel()
	vms := item("vms")
	w, _ := reporting(t, model.Report{Schedule: model.ReportOnce, Kind: model.UsageCurrent, Level: model.LevelAccounts})
	update(t, w, on(vms, partner))
	before := runs(t, w)
	update(t, w, used(vms, map[model.TenantID]int64{partner: 99}))
	update(t, w, change(partner, func(t *model.Tenant) { t.Name = "Renamed" }))
	if diff := cmp.Diff(before, runs(t, w)); diff != "" {
		t.Errorf("the report changed (-before +after):\n%s", diff)
	}
}

func TestADeletedTenantIsNotReportedOnUntilItIsBack(t *testing.T) {
	t.Parallel()
	w, clock := reporting(t, model.Report{Schedule: model.ReportMonthly, Kind: model.UsageSummary, Level: model.LevelItself})
	update(t, w, each([]model.TenantID{partner}, func(tx *state.Tx, t *model.Tenant) error {
		tx.DeleteTenant(t)
		return nil
	}))
	if _, err := w.View(t.Context()).Report(monthly); err == nil {
		t.Error("a report on a deleted tenant is found")
	}
	if err := clock.Advance(40 * day); err != nil {
		t.Fatal(err)
	}
	if n := len(runs(t, w)); n != 0 {
		t.Errorf("%d reports on a deleted tenant", n)
	}
	update(t, w, each([]model.TenantID{partner}, func(tx *state.Tx, t *model.Tenant) error { return tx.RestoreTenant(t, false) }))
	if err := clock.Advance(31 * day); err != nil {
		t.Fatal(err)
	}
	if n := len(runs(t, w)); n != 1 {
		t.Errorf("%d reports after the tenant came back, want 1", n)
	}
}

func TestARemovedReportIsNotGenerated(t *testing.T) {
	t.Parallel()
	w, clock := reporting(t, model.Report{Schedule: model.ReportMonthly, Kind: model.UsageSummary, Level: model.LevelItself})
	if err := clock.Advance(40 * day); err != nil {
		t.Fatal(err)
	}
	if len(runs(t, w)) != 1 {
		t.Fatal("the report was not generated")
	}
	update(t, w, func(tx *state.Tx) error {
		tx.RemoveReport(monthly)
		return nil
	})
	if err := clock.Advance(40 * day); err != nil {
		t.Fatal(err)
	}
	if n := len(runs(t, w)); n != 0 {
		t.Errorf("%d generations of a removed report", n)
	}
}

func TestWhoIsOnALevel(t *testing.T) {
	t.Parallel()
	for level, want := range map[string][]model.TenantID{
		model.LevelItself:    {partner},
		model.LevelDirect:    {partner, customer, folder, reseller},
		model.LevelPartners:  {partner, folder, reseller},
		model.LevelCustomers: {partner, customer, folder, reseller},
		model.LevelAccounts:  {partner, customer, folder, reseller, unit, personal},
	} {
		t.Run(level, func(t *testing.T) {
			t.Parallel()
			w, _ := reporting(t, model.Report{Schedule: model.ReportOnce, Kind: model.UsageCurrent, Level: level})
			var got []model.TenantID
			for _, on := range runs(t, w)[0].Tenants {
				got = append(got, on.ID)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("tenants (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAClosedTenantHidesWhatIsBelowIt(t *testing.T) {
	t.Parallel()
	vms := item("vms")
	w, clock := reporting(t, model.Report{Schedule: model.ReportOnce, Date: "2026-03-06", Kind: model.UsageCurrent, Level: model.LevelAccounts})
	update(t, w, used(vms, map[model.TenantID]int64{unit: 3}))
	update(t, w, change(customer, func(t *model.Tenant) { t.AncestralAccess = false }))
	if err := clock.Advance(2 * day); err != nil {
		t.Fatal(err)
	}
	sums := map[model.TenantID]int64{}
	for _, on := range runs(t, w)[0].Tenants {
		sums[on.ID] = 0
		for _, line := range on.Lines {
			sums[on.ID] += line.Production.Effective
		}
	}
	want := map[model.TenantID]int64{partner: 3, customer: 3, folder: 0, reseller: 0}
	if diff := cmp.Diff(want, sums); diff != "" {
		t.Errorf("sums by tenant (-want +got):\n%s", diff)
	}
}

func TestAReportByTheDayHasALineForEachDay(t *testing.T) {
	t.Parallel()
	vms := item("vms")
	period := model.Period{Start: "2026-03-03", End: "2026-03-06"}
	w, clock := reporting(t, model.Report{Schedule: model.ReportOnce, Date: "2026-03-07", Period: period, Kind: model.UsageDaily, Level: model.LevelItself})
	update(t, w, used(vms, map[model.TenantID]int64{partner: 3})) // on the 4th
	if err := clock.Advance(day); err != nil {
		t.Fatal(err)
	}
	update(t, w, used(vms, map[model.TenantID]int64{partner: 1}))
	if err := clock.Advance(2 * day); err != nil {
		t.Fatal(err)
	}
	got := map[string]model.Figures{}
	for _, line := range runs(t, w)[0].Tenants[0].Lines {
		got[line.Date] = line.Production
	}
	want := map[string]model.Figures{
		"2026-03-03": {},
		"2026-03-04": {Absolute: 3, Delta: 3, Effective: 3},
		"2026-03-05": {Absolute: 1, Delta: -2, Effective: 1},
		"2026-03-06": {Absolute: 1, Effective: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("figures by day (-want +got):\n%s", diff)
	}
}
