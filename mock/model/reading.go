package model

import (
	"slices"
	"strings"
	"time"
)

// keptReadings is how many days with a change a usage remembers.
const keptReadings = 100

// dateForm is the form of days: YYYY-MM-DD (reference, POST /reports). Days compare as texts.
const dateForm = "2006-01-02"

// Reading is what a usage was at the end of a day on which it changed.
type Reading struct {
	Day      string `json:"day"` // "": before the first one
	Value    int64  `json:"value"`
	Absolute int64  `json:"absolute"`
}

// Figures are what reports tell of a usage in a period (wire facts, idp 8.3).
type Figures struct {
	Absolute  int64 `json:"a,omitempty"` // in all, at the end of the period
	Delta     int64 `json:"d,omitempty"` // what came in the period; negative when it became less
	Effective int64 `json:"e,omitempty"` // what counts: the state at the end, or of a range what came
}

// IsRange reports whether what counts of a usage is how much came in a period, and not how much there is
// (wire facts, idp 8.3: is_range).
func IsRange(usage string) bool {
	return strings.HasSuffix(usage, "compute_points") || strings.HasPrefix(usage, "notarizations")
}

// UsageName is the name of what is used, without the prefix of an edition.
func (r ItemRef) UsageName() string {
	if it, ok := r.Item(); ok {
		return it.UsageName
	}
	return string(r.Name)
}

// UsageUnit is the unit of what is used. That of a usage without an item is told from its name.
func (r ItemRef) UsageUnit() string {
	if it, ok := r.Item(); ok {
		return it.Unit
	}
	switch name := string(r.Name); {
	case strings.HasSuffix(name, "compute_points"):
		return UnitSeconds
	case strings.HasSuffix(name, "storage"), strings.HasSuffix(name, "storages"), strings.HasSuffix(name, "_size"):
		return UnitBytes
	}
	return UnitQuantity
}

// Units of measurement (wire facts, core 9).
const (
	UnitBytes    = "bytes"
	UnitSeconds  = "seconds"
	UnitQuantity = "quantity"
)

// DayOf is the day of a time, in UTC.
func DayOf(t time.Time) string { return t.UTC().Format(dateForm) }

// MonthOf is the first day of the month of a time, at midnight in UTC: where the range of a usage begins.
func MonthOf(t time.Time) time.Time {
	y, m, _ := t.UTC().Date()
	return time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
}

// ParseDay reads a day; 2026-02-30 is none.
func ParseDay(text string) (time.Time, bool) {
	t, err := time.Parse(dateForm, text)
	return t, err == nil
}

// Read is the usage after a new reading. Of what counts by ranges it is the amount since the first day of the month.
func (u Usage) Read(value int64, now time.Time) *Usage {
	u.Past = slices.Clone(u.Past)
	if len(u.Past) == 0 {
		u.Past = []Reading{u.origin()}
	}
	if last := DayOf(u.UpdatedAt); !u.UpdatedAt.IsZero() && last != DayOf(now) {
		u.Past = append(u.Past, Reading{last, u.Value, u.Absolute})
	}
	if over := len(u.Past) - keptReadings; over > 0 {
		u.Past = u.Past[over:]
	}
	if IsRange(u.UsageName()) {
		u.Absolute = addLimits(max(0, u.Absolute-u.ThisMonth(now)), value)
	} else {
		u.Absolute = value
	}
	u.Value, u.UpdatedAt = value, now
	return &u
}

// ThisMonth is the value as it is shown at the time: what counts by ranges begins anew each month.
func (u *Usage) ThisMonth(now time.Time) int64 {
	if IsRange(u.UsageName()) && u.UpdatedAt.Before(MonthOf(now)) {
		return 0
	}
	return u.Value
}

// Over is what came and was used from the first to the last day of a period, both included.
func (u *Usage) Over(start, end string) Figures {
	at, before := u.on(end), u.on(dayBefore(start))
	f := Figures{Absolute: at.Absolute, Delta: at.Absolute - before.Absolute, Effective: at.Value}
	if IsRange(u.UsageName()) {
		f.Effective = f.Delta
	}
	return f
}

// on is the usage at the end of a day.
func (u *Usage) on(day string) Reading {
	if now := DayOf(u.UpdatedAt); day >= now {
		return Reading{now, u.Value, u.Absolute}
	}
	for _, r := range slices.Backward(u.Past) {
		if r.Day <= day {
			return r
		}
	}
	if len(u.Past) > 0 {
		return u.Past[0]
	}
	return u.origin()
}

// origin is what counts as the usage before its first reading, of which nothing is known: as much was there all
// along, and of a range what is not of the month of that reading. Of a new row it is nothing.
func (u *Usage) origin() Reading {
	if IsRange(u.UsageName()) {
		return Reading{Absolute: u.Absolute - u.Value}
	}
	return Reading{Value: u.Value, Absolute: u.Absolute}
}

func dayBefore(day string) string {
	t, ok := ParseDay(day)
	if !ok {
		return ""
	}
	return DayOf(t.AddDate(0, 0, -1))
}
