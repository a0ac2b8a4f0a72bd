package fault

import "time"

// gate makes the quota of one count.
func (p *RateLimit) gate() gate {
	if p.Algorithm == TokenBucket {
		size := float64(p.Limit)
		if p.Burst > 0 {
			size = float64(p.Burst)
		}
		return &bucket{size: size, tokens: size, each: time.Duration(p.Window) / time.Duration(p.Limit)}
	}
	return &window{limit: p.Limit, length: time.Duration(p.Window)}
}

// window is a quota that begins anew with each window.
type window struct {
	limit  int
	length time.Duration
	number int64 // of the window that used belongs to
	used   int
}

// admit lets the fault act on requests beyond the limit.
func (w *window) admit(m moment) (verdict, bool) {
	if n := int64(m.since / w.length); n != w.number {
		w.number, w.used = n, 0
	}
	if w.used < w.limit {
		w.used++
		return verdict{}, false
	}
	return verdict{wait: w.length - m.since%w.length}, true
}

// bucket is a quota whose permits come back one by one.
type bucket struct {
	size, tokens float64
	each         time.Duration // until the next permit
	last         time.Duration
}

func (b *bucket) admit(m moment) (verdict, bool) {
	if m.since > b.last {
		b.tokens = min(b.size, b.tokens+float64(m.since-b.last)/float64(max(b.each, 1)))
	}
	b.last = m.since
	if b.tokens >= 1 {
		b.tokens--
		return verdict{}, false
	}
	return verdict{wait: time.Duration((1 - b.tokens) * float64(b.each))}, true
}

func (p *Outage) gate() gate { return p }

// admit lets the outage act between its beginning and its end.
func (p *Outage) admit(m moment) (verdict, bool) {
	begin, end := time.Duration(p.After), time.Duration(p.After+p.For)
	return verdict{wait: end - m.since}, m.since >= begin && m.since < end
}

func (p *Degradation) gate() gate { return p }

// admit lets the degradation act as often as it has grown.
func (p *Degradation) admit(m moment) (verdict, bool) {
	level := min(1, float64(m.since)/float64(p.Ramp))
	if p.Delay != 0 {
		return verdict{level: level}, level > 0
	}
	return verdict{level: level}, m.drawn < level*p.Probability
}
