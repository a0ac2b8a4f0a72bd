package metrics_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/metrics"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/openapi"
)

// alive are the sandboxes of a test.
type alive struct {
	mu  sync.Mutex
	ids []string
}

func (a *alive) set(ids ...string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ids = ids
}

func (a *alive) list() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.ids
}

func start(ids ...string) (*metrics.Metrics, *alive) {
	a := &alive{ids: ids}
	return metrics.New(metrics.Config{Sandboxes: a.list, JournalBytes: func() int64 { return 4096 }}), a
}

func shown(t *testing.T, m *metrics.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", http.NoBody))
	if w.Code != http.StatusOK {
		t.Fatalf("GET /metrics is %d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func exchange(operation, world string) *op.Exchange {
	ex := &op.Exchange{World: &sandbox.World{ID: world}}
	if operation != "" {
		ex.Operation = &openapi.Operation{ID: operation}
	}
	return ex
}

// answer counts one request.
func answer(t testing.TB, m *metrics.Metrics, operation, world string, status int, faults ...op.Applied) {
	t.Helper()
	handler := m.Requests(func(_ context.Context, ex *op.Exchange) error {
		ex.Reply.Status, ex.Faults = status, faults
		return nil
	})
	if err := handler(t.Context(), exchange(operation, world)); err != nil {
		t.Fatal(err)
	}
}

func want(t *testing.T, text string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("the metrics lack %s", line)
		}
	}
}

func TestRequestsAreCountedByOperationStatusAndSandbox(t *testing.T) {
	t.Parallel()
	m, _ := start("default", "a")
	answer(t, m, "getUser", "a", 200)
	answer(t, m, "getUser", "a", 200)
	answer(t, m, "getUser", "default", 404)
	answer(t, m, "", "default", 404)
	answer(t, m, "getUser", "a", 503, op.Applied{Kind: "error"}, op.Applied{Kind: "delay"})
	want(
		t, shown(t, m),
		`tenantry_requests_total{operation="getUser",sandbox="a",status="200"} 2`,
		`tenantry_requests_total{operation="getUser",sandbox="default",status="404"} 1`,
		`tenantry_requests_total{operation="none",sandbox="default",status="404"} 1`,
		`tenantry_request_duration_seconds_count{operation="getUser"} 4`,
		`tenantry_faults_applied_total{kind="error"} 1`,
		`tenantry_faults_applied_total{kind="delay"} 1`,
		`tenantry_requests_in_flight 0`,
		`tenantry_sandboxes 2`,
		`tenantry_journal_bytes 4096`,
	)
}

func TestARequestInFlightIsShown(t *testing.T) {
	t.Parallel()
	m, _ := start("default")
	handler := m.Requests(func(context.Context, *op.Exchange) error {
		want(t, shown(t, m), "tenantry_requests_in_flight 1")
		return nil
	})
	if err := handler(t.Context(), exchange("getUser", "default")); err != nil {
		t.Fatal(err)
	}
	want(t, shown(t, m), "tenantry_requests_in_flight 0")
}

func TestSeriesOfASandboxEndWithIt(t *testing.T) {
	t.Parallel()
	m, a := start("default", "gone", "expired")
	for _, id := range []string{"default", "gone", "expired"} {
		answer(t, m, "getUser", id, 200)
	}
	m.Forget("gone")
	a.set("default")
	text := shown(t, m)
	for _, id := range []string{"gone", "expired"} {
		if strings.Contains(text, `"`+id+`"`) {
			t.Errorf("sandbox %s is still shown", id)
		}
	}
	want(t, text, `tenantry_requests_total{operation="getUser",sandbox="default",status="200"} 1`)
}

func TestExpiredSandboxesAreForgottenThoughNobodyAsks(t *testing.T) {
	t.Parallel()
	m, a := start()
	for i := range 5000 {
		answer(t, m, "getUser", strconv.Itoa(i), 200)
	}
	ids := make([]string, 5000)
	for i := range ids {
		ids[i] = strconv.Itoa(i)
	}
	a.set(ids...) // so that the answer itself prunes nothing
	if n := strings.Count(shown(t, m), "tenantry_requests_total{"); n > 1024 {
		t.Errorf("%d series are kept, want at most 1024", n)
	}
}

func TestCountingIsSafeFromManyGoroutines(t *testing.T) {
	t.Parallel()
	m, _ := start("0", "1", "2", "3")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for n := range 100 {
				answer(t, m, "getUser", strconv.Itoa(n%4), 200)
				if n%10 == i {
					m.Prune()
				}
			}
		})
	}
	wg.Wait()
	want(t, shown(t, m), `tenantry_requests_total{operation="getUser",sandbox="3",status="200"} 200`)
}

// Counting is on the way of every request: it takes no memory.
func TestCountingAllocatesNothing(t *testing.T) {
	m, _ := start("default")
	ex := exchange("getUser", "default")
	ex.Reply.Status = http.StatusOK
	handler := m.Requests(func(context.Context, *op.Exchange) error { return nil })
	allocs := testing.AllocsPerRun(1000, func() {
		if err := handler(t.Context(), ex); err != nil {
			t.Fatal(err)
		}
	})
	if allocs > 0 {
		t.Errorf("counting a request makes %v allocations, want none", allocs)
	}
}

func BenchmarkRequests(b *testing.B) {
	m, _ := start("default")
	ex := exchange("getUser", "default")
	ex.Reply.Status = http.StatusOK
	handler := m.Requests(func(context.Context, *op.Exchange) error { return nil })
	ctx := b.Context()
	b.ReportAllocs()
	for b.Loop() {
		if err := handler(ctx, ex); err != nil {
			b.Fatal(err)
		}
	}
}
