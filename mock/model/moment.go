package model

import "time"

// A Moment is a time in UTC in whole microseconds, counted from the beginning of the year 1. Rows keep moments where there
// are many of them: one takes a third of a time.Time. The zero value is that of time.Time and means "not set". Stored and
// compared it is as a time.Time is.
type Moment int64

const (
	microsPerSecond = int64(time.Second / time.Microsecond)
	// yearOne is the beginning of the year 1 in seconds since 1970.
	yearOne = -62_135_596_800
)

// MomentOf is the microsecond that t lies in.
func MomentOf(t time.Time) Moment {
	return Moment((t.Unix()-yearOne)*microsPerSecond + int64(t.Nanosecond())/int64(time.Microsecond))
}

// Time is m as a time in UTC.
func (m Moment) Time() time.Time {
	seconds, micros := int64(m)/microsPerSecond, int64(m)%microsPerSecond
	return time.Unix(yearOne+seconds, micros*int64(time.Microsecond)).UTC()
}

// IsZero reports whether m is not set.
func (m Moment) IsZero() bool { return m == 0 }

// Before reports whether m is earlier than o.
func (m Moment) Before(o Moment) bool { return m < o }

// After reports whether m is later than o.
func (m Moment) After(o Moment) bool { return m > o }

// Equal reports whether m and o are the same.
func (m Moment) Equal(o Moment) bool { return m == o }

// Compare is -1 where m is before o, +1 where it is after it, else 0.
func (m Moment) Compare(o Moment) int {
	switch {
	case m < o:
		return -1
	case m > o:
		return +1
	}
	return 0
}

// String is RFC 3339 with the digits that are needed.
func (m Moment) String() string { return m.Time().Format(time.RFC3339Nano) }

// MarshalJSON writes what a time.Time writes.
func (m Moment) MarshalJSON() ([]byte, error) { return m.Time().MarshalJSON() }

// UnmarshalJSON reads what a time.Time reads, and drops what is less than a microsecond.
func (m *Moment) UnmarshalJSON(data []byte) error {
	t := m.Time() // null leaves it as it is
	if err := t.UnmarshalJSON(data); err != nil {
		return err
	}
	*m = MomentOf(t)
	return nil
}
