package model_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/model"
)

// day is noon of a day of March 2026, or of the months around it for numbers out of range.
func day(n int) time.Time { return time.Date(2026, 3, n, 12, 0, 0, 0, time.UTC) }

type said struct {
	day   int
	value int64
}

func readings(name model.OfferingName, all ...said) *model.Usage {
	u := &model.Usage{ItemRef: model.ItemRef{App: model.AppBackup, Name: name}}
	for _, r := range all {
		u = u.Read(r.value, day(r.day))
	}
	return u
}

func TestWhatAUsageWasInAPeriod(t *testing.T) {
	t.Parallel()
	const vms, points = "vms", "compute_points"
	for name, tt := range map[string]struct {
		usage      *model.Usage
		start, end int
		want       model.Figures
	}{
		"a number of things counts as it was at the end": {
			readings(vms, said{2, 5}, said{9, 8}), 1, 20, model.Figures{Absolute: 8, Delta: 8, Effective: 8},
		},
		"the delta is what came in the period": {
			readings(vms, said{2, 5}, said{9, 8}), 3, 20, model.Figures{Absolute: 8, Delta: 3, Effective: 8},
		},
		"a period before the last reading shows what was then": {
			readings(vms, said{2, 5}, said{9, 8}), 3, 8, model.Figures{Absolute: 5, Effective: 5},
		},
		"before the first reading there was nothing": {
			readings(vms, said{9, 8}), 1, 8, model.Figures{},
		},
		"the last reading of a day counts": {
			readings(vms, said{2, 5}, said{2, 7}, said{3, 1}), 2, 2, model.Figures{Absolute: 7, Delta: 7, Effective: 7},
		},
		"a delta may be negative": {
			readings(vms, said{2, 5}, said{9, 1}), 5, 9, model.Figures{Absolute: 1, Delta: -4, Effective: 1},
		},
		"of a range the delta counts": {
			readings(points, said{2, 100}, said{9, 250}), 5, 9, model.Figures{Absolute: 250, Delta: 150, Effective: 150},
		},
		"a range begins anew each month": {
			readings(points, said{-3, 900}, said{2, 100}), 1, 31, model.Figures{Absolute: 1000, Delta: 100, Effective: 100},
		},
		"a seeded usage was there all along": {
			&model.Usage{ItemRef: model.ItemRef{App: model.AppBackup, Name: vms}, Value: 4, Absolute: 4, UpdatedAt: day(9)}, 1, 3,
			model.Figures{Absolute: 4, Effective: 4},
		},
		"a seeded usage that changes on its day has a delta": {
			(model.Usage{ItemRef: model.ItemRef{App: model.AppBackup, Name: vms}, Value: 4, Absolute: 4, UpdatedAt: day(9)}).Read(7, day(9)), 9, 9,
			model.Figures{Absolute: 7, Delta: 3, Effective: 7},
		},
		"a seeded range that changes goes on": {
			(model.Usage{ItemRef: model.ItemRef{App: model.AppBackup, Name: points}, Value: 40, Absolute: 100, UpdatedAt: day(9)}).Read(50, day(9)), 1, 9,
			model.Figures{Absolute: 110, Delta: 50, Effective: 50},
		},
		"a seeded range came in its month": {
			&model.Usage{ItemRef: model.ItemRef{App: model.AppBackup, Name: points}, Value: 40, Absolute: 100, UpdatedAt: day(9)}, 1, 9,
			model.Figures{Absolute: 100, Delta: 40, Effective: 40},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := tt.usage.Over(model.DayOf(day(tt.start)), model.DayOf(day(tt.end)))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("from %d to %d (-want +got):\n%s", tt.start, tt.end, diff)
			}
		})
	}
}

func TestThisMonth(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		usage *model.Usage
		now   int
		want  int64
	}{
		"a number of things stays":        {readings("vms", said{2, 5}), 40, 5},
		"a range is shown in its month":   {readings("compute_points", said{2, 5}), 31, 5},
		"and is over in the next":         {readings("compute_points", said{2, 5}), 32, 0},
		"the prefix of an edition is not": {readings("pw_compute_points", said{2, 5}), 32, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.usage.ThisMonth(day(tt.now)); got != tt.want {
				t.Errorf("ThisMonth = %d, want %d", got, tt.want)
			}
		})
	}
}

func TestAUsageRemembersABoundedPast(t *testing.T) {
	t.Parallel()
	u := readings("vms", said{1, 1})
	for i := 2; i <= 400; i++ {
		u = u.Read(int64(i), day(i))
	}
	if n := len(u.Past); n != 100 {
		t.Errorf("%d readings are kept, want 100", n)
	}
	if got := u.Over(model.DayOf(day(350)), model.DayOf(day(360))).Delta; got != 11 {
		t.Errorf("the delta of eleven days is %d, want 11", got)
	}
	if got := u.Over(model.DayOf(day(1)), model.DayOf(day(2))); got.Delta != 0 {
		t.Errorf("of a forgotten time a delta is told: %+v", got)
	}
}

func TestAReadingLeavesTheRowAlone(t *testing.T) {
	t.Parallel()
	before := readings("vms", said{1, 1}, said{2, 2})
	copied := *before
	past := append([]model.Reading(nil), before.Past...)
	_ = before.Read(9, day(3))
	copied.Past = past
	if diff := cmp.Diff(&copied, before); diff != "" {
		t.Errorf("the row changed (-want +got):\n%s", diff)
	}
}

func TestSums(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ a, b, want int64 }{
		"add":                        {2, 3, 5},
		"may be negative":            {2, -3, -1},
		"stop at the greatest":       {math.MaxInt64, 1, math.MaxInt64},
		"and at the smallest number": {math.MinInt64, -1, math.MinInt64},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := model.Sum(tt.a, tt.b); got != tt.want {
				t.Errorf("Sum(%d, %d) = %d, want %d", tt.a, tt.b, got, tt.want)
			}
		})
	}
}

func TestTheEditionOfASum(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		parts []string
		want  string
	}{
		"is that of its parts":        {[]string{"standard", "standard"}, "standard"},
		"is mixed when they differ":   {[]string{"standard", "advanced", "standard"}, model.MixedEditions},
		"is none where there is none": {[]string{"", ""}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var s model.Spent
			for i, edition := range tt.parts {
				s.Add(edition, i == 0, model.Figures{Effective: 1})
			}
			if s.Edition != tt.want {
				t.Errorf("edition %q, want %q", s.Edition, tt.want)
			}
			if s.Trial.Effective != 1 || s.Total().Effective != int64(len(tt.parts)) {
				t.Errorf("trial %+v and production %+v of %d parts", s.Trial, s.Production, len(tt.parts))
			}
		})
	}
}

func TestUnitsOfUsagesWithoutItems(t *testing.T) {
	t.Parallel()
	for name, want := range map[model.OfferingName]string{
		"vm_storage": model.UnitBytes, "child_storages": "n/a", "mailbox_instance_size": model.UnitBytes,
		"assigned_compute_points": model.UnitSeconds, "cloud_to_cloud_backup": model.UnitQuantity, "storage": model.UnitBytes,
	} {
		if got := (model.ItemRef{App: model.AppBackup, Name: name}).UsageUnit(); got != want {
			t.Errorf("the unit of %s is %q, want %q", name, got, want)
		}
	}
}

func TestNamesOfItemsAreUniqueAmongApplications(t *testing.T) {
	t.Parallel()
	seen := map[model.OfferingName]string{}
	for _, a := range model.Applications() {
		for _, it := range model.Items(a.ID) {
			if other, twice := seen[it.Name]; twice {
				t.Errorf("%s is an item of %s and of %s", it.Name, other, a.Type)
			}
			seen[it.Name] = a.Type
		}
	}
}
