package metrics

import (
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Config is what the gauges show.
type Config struct {
	Sandboxes    func() []string // ids of all that there are
	JournalBytes func() int64    // that the journals of all of them take
}

// Metrics is an http.Handler that shows all series. It is safe for concurrent use.
type Metrics struct {
	cfg  Config
	show http.Handler

	requests  *prometheus.CounterVec
	durations *prometheus.HistogramVec
	faults    *prometheus.CounterVec
	inFlight  atomic.Int64

	mu        sync.RWMutex
	counters  map[series]counter
	sinceLast int // series made since the last pruning
}

// A counter is where the requests of one series are counted, looked up once.
type counter struct {
	requests  prometheus.Counter
	durations prometheus.Observer
}

// series is one series of requests.
type series struct {
	operation string
	sandbox   string
	status    int
}

// New makes metrics with a registry of their own.
func New(cfg Config) *Metrics {
	m := &Metrics{
		cfg: cfg, counters: map[series]counter{},
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tenantry_requests_total", Help: "Requests that were answered.",
		}, []string{"operation", "status", "sandbox"}),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "tenantry_request_duration_seconds", Help: "Time until the answer was decided, delays by faults included.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .1, .5, 1, 5, 30},
		}, []string{"operation"}),
		faults: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tenantry_faults_applied_total", Help: "Requests that met a fault.",
		}, []string{"kind"}),
	}
	r := prometheus.NewRegistry()
	r.MustRegister(m.requests, m.durations, m.faults, gauge(
		"tenantry_requests_in_flight", "Requests whose answer is not decided yet.", func() float64 { return float64(m.inFlight.Load()) },
	), gauge(
		"tenantry_sandboxes", "Sandboxes that there are, the default one included.", func() float64 { return float64(len(cfg.Sandboxes())) },
	), gauge(
		"tenantry_journal_bytes", "Memory that the journals take.", func() float64 { return float64(cfg.JournalBytes()) },
	), collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.show = promhttp.HandlerFor(r, promhttp.HandlerOpts{Registry: r})
	return m
}

func gauge(name, help string, value func() float64) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)
}

// ServeHTTP shows all series.
func (m *Metrics) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.Prune()
	m.show.ServeHTTP(w, r)
}

// observe counts one request.
func (m *Metrics) observe(s series, took time.Duration) {
	m.mu.RLock()
	c, ok := m.counters[s]
	m.mu.RUnlock()
	if !ok {
		c = m.add(s)
	}
	c.requests.Inc()
	c.durations.Observe(took.Seconds())
}
