package run

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxWaits bounds how often a server may ask a step to wait.
const maxWaits = 5

// throttled is how long the server asks to wait before the same request. It says false if that is longer than allowed,
// or happened too often, or if a fault is active: then the step is about that.
func (a *attempt) throttled(r *received) (time.Duration, bool) {
	if a.faulty || r == nil || r.status != http.StatusTooManyRequests && r.status != http.StatusServiceUnavailable {
		return 0, false
	}
	asked, ok := a.retryAfter(r)
	return asked, ok && asked <= a.cfg.MaxWait && a.waits < maxWaits
}

func (a *attempt) retryAfter(r *received) (time.Duration, bool) {
	if r == nil {
		return 0, false
	}
	return retryAfter(r.header, a.cfg.Clock.Now())
}

// retryAfter reads the header of that name: seconds or a date (RFC 9110, 10.2.3).
func retryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		const longest = 24 * 60 * 60 // so that no duration overflows
		if math.IsNaN(seconds) {
			return 0, false
		}
		return time.Duration(min(max(seconds, 0), longest) * float64(time.Second)), true
	}
	date, err := http.ParseTime(text)
	if err != nil {
		return 0, false
	}
	return max(0, date.Sub(now)), true
}
