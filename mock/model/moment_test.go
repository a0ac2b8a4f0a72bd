package model_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/model"
)

func TestMomentsAreStoredAsTimesAre(t *testing.T) {
	t.Parallel()
	paris := time.FixedZone("", 2*60*60)
	for claim, tt := range map[string]struct {
		at   time.Time
		text string
	}{
		"zero":               {time.Time{}, `"0001-01-01T00:00:00Z"`},
		"the first":          {time.Time{}.Add(time.Microsecond), `"0001-01-01T00:00:00.000001Z"`},
		"before year one":    {time.Date(0, 12, 31, 23, 59, 59, 999_999_000, time.UTC), `"0000-12-31T23:59:59.999999Z"`},
		"before 1970":        {time.Date(1969, 12, 31, 23, 59, 59, 500_000_000, time.UTC), `"1969-12-31T23:59:59.5Z"`},
		"whole seconds":      {time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC), `"2026-03-04T05:06:07Z"`},
		"microseconds":       {time.Date(2026, 3, 4, 5, 6, 7, 89_000, time.UTC), `"2026-03-04T05:06:07.000089Z"`},
		"no trailing zeros":  {time.Date(2026, 3, 4, 5, 6, 7, 120_000_000, time.UTC), `"2026-03-04T05:06:07.12Z"`},
		"nanoseconds go":     {time.Date(2026, 3, 4, 5, 6, 7, 123_456_789, time.UTC), `"2026-03-04T05:06:07.123456Z"`},
		"zones become UTC":   {time.Date(2026, 3, 4, 5, 6, 7, 0, paris), `"2026-03-04T03:06:07Z"`},
		"the last of a year": {time.Date(9999, 12, 31, 23, 59, 59, 999_999_000, time.UTC), `"9999-12-31T23:59:59.999999Z"`},
	} {
		m := model.MomentOf(tt.at)
		got, err := json.Marshal(m)
		if err != nil || string(got) != tt.text {
			t.Errorf("%s: written as %s (%v), want %s", claim, got, err, tt.text)
		}
		var back model.Moment
		if err := json.Unmarshal(got, &back); err != nil || back != m {
			t.Errorf("%s: read as %v (%v), want %v", claim, back, err, m)
		}
		if want := tt.at.UTC().Truncate(time.Microsecond); m.Time() != want || m.IsZero() != want.IsZero() {
			t.Errorf("%s: is %v, want %v", claim, m.Time(), want)
		}
	}
}

func TestStoredTimesAreReadAsMoments(t *testing.T) {
	t.Parallel()
	set := model.MomentOf(time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC))
	for text, want := range map[string]string{
		`"2026-03-04T05:06:07.123456789Z"`: "2026-03-04T05:06:07.123456Z",
		`"2026-03-04T05:06:07+02:00"`:      "2026-03-04T03:06:07Z",
		`"0001-01-01T00:00:00.000000999Z"`: "0001-01-01T00:00:00Z",
		`null`:                             set.String(),
	} {
		got := set
		if err := json.Unmarshal([]byte(text), &got); err != nil || got.String() != want {
			t.Errorf("%s: read as %v (%v), want %s", text, got, err, want)
		}
	}
	for _, text := range []string{`""`, `"today"`, `"2026-03-04"`, `7`, `{}`} {
		got := set
		if err := json.Unmarshal([]byte(text), &got); err == nil || got != set {
			t.Errorf("%s: read as %v (%v), want an error and nothing changed", text, got, err)
		}
	}
}

func TestAMomentBeyondFourDigitsOfYearsIsNotWritten(t *testing.T) {
	t.Parallel()
	if got, err := json.Marshal(model.MomentOf(time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC))); err == nil {
		t.Errorf("written as %s, want an error as of a time", got)
	}
}

func TestAMomentThatIsNotSetIsLeftOut(t *testing.T) {
	t.Parallel()
	got, err := json.Marshal(struct {
		At model.Moment `json:"at,omitzero"`
	}{})
	if err != nil || string(got) != "{}" {
		t.Errorf("got %s (%v), want {}", got, err)
	}
}

func TestMomentsAreInTheOrderOfTimes(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 4, 5, 6, 7, 89_000, time.UTC)
	times := []time.Time{{}, time.Unix(-1, 999_999_000), time.Unix(0, 0), at.Add(-time.Microsecond), at, at.In(time.FixedZone("", 3600)), at.AddDate(100, 0, 0)}
	for _, a := range times {
		for _, b := range times {
			m, o := model.MomentOf(a), model.MomentOf(b)
			want := []any{a.Before(b), a.After(b), a.Equal(b), a.Compare(b)}
			if d := cmp.Diff(want, []any{m.Before(o), m.After(o), m.Equal(o), m.Compare(o)}); d != "" {
				t.Errorf("%v and %v (-times +moments):\n%s", a, b, d)
			}
		}
	}
}
