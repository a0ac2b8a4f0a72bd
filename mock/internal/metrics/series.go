package metrics

import "strconv"

// pruneEvery is after how many new series those of sandboxes that are no more are looked for, if nobody asks for the
// metrics: sandboxes also end by themselves.
const pruneEvery = 1024

// add makes a series.
func (m *Metrics) add(s series) counter {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.sinceLast++; m.sinceLast >= pruneEvery {
		m.prune()
	}
	c := counter{
		requests:  m.requests.WithLabelValues(s.operation, strconv.Itoa(s.status), s.sandbox),
		durations: m.durations.WithLabelValues(s.operation),
	}
	m.counters[s] = c
	return c
}

// Forget drops the series of a sandbox.
func (m *Metrics) Forget(sandbox string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.drop(func(id string) bool { return id == sandbox })
}

// Prune drops the series of all sandboxes that are no more.
func (m *Metrics) Prune() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.prune()
}

func (m *Metrics) prune() {
	m.sinceLast = 0
	alive := map[string]bool{}
	for _, id := range m.cfg.Sandboxes() {
		alive[id] = true
	}
	m.drop(func(id string) bool { return !alive[id] })
}

// drop forgets the series of the sandboxes that are meant. It is called with the lock held.
func (m *Metrics) drop(meant func(sandbox string) bool) {
	for s := range m.counters {
		if meant(s.sandbox) {
			m.requests.DeleteLabelValues(s.operation, strconv.Itoa(s.status), s.sandbox)
			delete(m.counters, s)
		}
	}
}
