package model

import (
	"fmt"
	"time"
)

// ParseTime reads a date-time of the API: YYYY-MM-DDTHH:MM:SS, an optional fraction, an optional zone as
// +HH:MM, -HH:MM or Z; without a zone it is UTC (wire facts, core 2.1).
func ParseTime(text string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is not a date-time such as 2026-01-31T09:30:00 or 2026-01-31T09:30:00+00:00", text)
}

// FormatZ is the form of most dates: whole seconds and Z (wire facts, clients 3).
func FormatZ(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// FormatOffset is whole seconds and +00:00, the form of clients and stored reports.
func FormatOffset(t time.Time) string {
	var room [formRoom]byte
	return string(append(naive(room[:0], t), "+00:00"...))
}

// FormatMicros is microseconds and +00:00, the form of users (user guide).
func FormatMicros(t time.Time) string {
	var room [formRoom]byte
	text := append(naive(room[:0], t), '.')
	for micros, unit := t.Nanosecond()/1000, 100_000; unit > 0; unit /= 10 {
		text = append(text, '0'+byte(micros/unit%10)) //nolint:gosec // a digit
	}
	return string(append(text, "+00:00"...))
}

// FormatNaive is whole seconds without a zone.
func FormatNaive(t time.Time) string {
	var room [formRoom]byte
	return string(naive(room[:0], t))
}

// formRoom is room for every form.
const formRoom = 40

// naive appends whole seconds without a zone. The library writes RFC 3339, which ends in Z here, five times as fast as
// any other form.
func naive(text []byte, t time.Time) []byte {
	text = t.UTC().AppendFormat(text, time.RFC3339)
	return text[:len(text)-1]
}
