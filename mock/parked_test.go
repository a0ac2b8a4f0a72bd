package mock_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tenantry/tenantry/mock"
	"github.com/tenantry/tenantry/mock/internal/det"
)

// parkedRule holds every request for the harbor's tenant for an hour.
const parkedRule = `{"id":"park","kind":"delay","match":{"operation":"getTenant"},"with":{"fixed":"1h"}}`

// park sends requests that a fault holds, and returns when all of them are held. The function that it returns gives up on
// them and waits until they are gone.
func park(tb testing.TB, srv *mock.Sandbox, c *http.Client, n int) (release func()) {
	tb.Helper()
	ctx, cancel := context.WithCancel(tb.Context())
	var wait sync.WaitGroup
	for range n {
		wait.Go(func() {
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, srv.URL+"/api/2/tenants/"+harbor, http.NoBody)
			if err != nil {
				tb.Error(err)
				return
			}
			resp, err := c.Do(req)
			if err == nil {
				_ = resp.Body.Close()
				tb.Error("a parked request was answered")
			} else if !errors.Is(err, context.Canceled) {
				tb.Errorf("a parked request: %v", err)
			}
		})
	}
	for held(tb, srv) < n {
		runtime.Gosched()
	}
	return func() {
		cancel()
		wait.Wait()
	}
}

// held is how many requests are in flight.
func held(tb testing.TB, srv *mock.Sandbox) (n int) {
	tb.Helper()
	for _, call := range srv.Calls(tb, mock.Match{Operation: "getTenant"}) {
		if call.State == "in_flight" {
			n++
		}
	}
	return n
}

// A request that a fault holds ends with its client, keeps nothing, and keeps nobody waiting. The bubble ends only when
// every goroutine has.
func TestParkedRequestsDieWithTheirClients(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := mock.Start(t, mock.WithoutListener(), mock.WithConfig(mock.Config{JournalBytes: 64 << 20, JournalTotal: 64 << 20}))
		srv.FaultJSON(t, parkedRule)
		c := srv.Client(t, mock.Partner)
		release := park(t, srv, c, 1000)
		start := det.Wall()
		if status, _ := send(t, c, "POST", srv.URL+"/api/2/users", newUser("jane.doe")); status != http.StatusOK {
			t.Errorf("a write beside the parked requests: %d", status)
		}
		release()
		synctest.Wait()
		if left := held(t, srv); left != 0 || det.Since(start) != 0 {
			t.Errorf("%d requests are left after %v", left, det.Since(start))
		}
	})
}

// Budget: 5,000 requests that a latency fault holds move the p99 of others by less than 20 %, and their memory returns.
//
//	go test ./mock -run '^$' -bench Parked -benchtime 5x
func BenchmarkParkedRequests(b *testing.B) {
	srv := mock.Start(b, mock.WithoutListener(), mock.WithConfig(mock.Config{JournalBytes: 64 << 20, JournalTotal: 64 << 20}))
	srv.FaultJSON(b, parkedRule)
	c := srv.Client(b, mock.Partner)
	p99(b, srv, c) // warms up
	goroutines := runtime.NumGoroutine()
	var alone, beside []time.Duration
	var before, parked, after runtime.MemStats
	for b.Loop() {
		read(&before)
		alone = append(alone, p99(b, srv, c))
		release := park(b, srv, c, 5000)
		read(&parked)
		beside = append(beside, p99(b, srv, c))
		release()
		srv.Reset(b)
		srv.FaultJSON(b, parkedRule)
		for runtime.NumGoroutine() > goroutines+10 { // the server has not noticed all of them yet
			runtime.Gosched()
		}
		read(&after)
	}
	b.ReportMetric(float64(median(alone))/1e3, "p99-alone-µs")
	b.ReportMetric(float64(median(beside))/1e3, "p99-beside-µs")
	b.ReportMetric(float64(median(beside))/float64(median(alone)), "p99-ratio")
	b.ReportMetric(1.2, "budget")
	b.ReportMetric(float64(before.HeapAlloc)/1e6, "MB-before")
	b.ReportMetric(float64(parked.HeapAlloc)/1e6, "MB-parked")
	b.ReportMetric(float64(after.HeapAlloc)/1e6, "MB-after")
}

func read(m *runtime.MemStats) {
	for range 3 { // pools give back what two collections found unused
		runtime.GC()
	}
	runtime.ReadMemStats(m)
}

func p99(b *testing.B, srv *mock.Sandbox, c *http.Client) time.Duration {
	b.Helper()
	const requests = 2000
	spent := make([]time.Duration, 0, requests)
	for range requests {
		start := det.Wall()
		if status, body := send(b, c, "GET", srv.URL+"/api/2/users/me", ""); status != http.StatusOK {
			b.Fatal(fmt.Sprint(status, body))
		}
		spent = append(spent, det.Since(start))
	}
	slices.Sort(spent)
	return spent[requests*99/100]
}

func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}
