package mock_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
)

// rounds is how often both sides of a duel take their turn. What counts is the median of the rounds: a machine that is
// busy for a moment spoils one of them.
const rounds = 7

// A duel sends the same requests to two servers in turns.
type duel struct {
	clients  int // connections, each of which waits for its answer before it asks again
	requests int // in each turn
	ours     string
	other    string
	shoot    func(n int) shot // the n-th request; n is never the same twice

	shots atomic.Int64
}

// run reports how many times the throughput of the other side ours has, and what each request took.
func (d *duel) run(b *testing.B, other string, budget float64) {
	b.Helper()
	us, them := d.team(d.ours), d.team(d.other)
	d.turn(b, us) // warms up
	d.turn(b, them)
	var ratios []float64
	var ours, others []time.Duration
	for b.Loop() {
		for range rounds {
			mine, theirs := d.turn(b, us), d.turn(b, them)
			ours, others = append(ours, mine), append(others, theirs)
			ratios = append(ratios, float64(theirs)/float64(mine))
		}
	}
	slices.Sort(ratios)
	b.ReportMetric(ratios[len(ratios)/2], "x-"+other)
	b.ReportMetric(budget, "budget")
	b.ReportMetric(d.micros(ours), "us/op")
	b.ReportMetric(d.micros(others), other+"-us/op")
	b.ReportMetric(0, "ns/op") // of all the rounds together
}

// micros is what a request took in the median turn, as the reciprocal of the throughput.
func (d *duel) micros(turns []time.Duration) float64 {
	return float64(median(turns)) / 1e3 / float64(d.requests)
}

func (d *duel) team(base string) []*gunner {
	team := make([]*gunner, d.clients)
	for i := range team {
		team[i] = newGunner(base)
	}
	return team
}

// turn sends one turn's requests to one side. It begins without garbage, so that each side pays for its own.
func (d *duel) turn(b *testing.B, team []*gunner) time.Duration {
	b.Helper()
	runtime.GC()
	var left atomic.Int64
	left.Store(int64(d.requests))
	var wait sync.WaitGroup
	start := det.Wall()
	for _, g := range team {
		wait.Go(func() {
			for left.Add(-1) >= 0 {
				if body, err := g.fire(d.shoot(int(d.shots.Add(1)))); err != nil {
					b.Errorf("%v: %s", err, body)
					return
				}
			}
		})
	}
	wait.Wait()
	return det.Since(start)
}

// A shot is one request.
type shot struct{ method, path, token, body string }

// A gunner is a client with one connection and no more work of its own than net/http asks for.
type gunner struct {
	base      string
	transport http.Transport
	buf       []byte
}

func newGunner(base string) *gunner {
	return &gunner{base: base, transport: http.Transport{DisableCompression: true}, buf: make([]byte, 0, 4<<10)}
}

// fire sends a request and returns the body of the answer, which is overwritten by the next one.
func (g *gunner) fire(s shot) ([]byte, error) {
	var body io.Reader
	if s.body != "" {
		body = strings.NewReader(s.body)
	}
	req, err := http.NewRequestWithContext(context.Background(), s.method, g.base+s.path, body)
	if err != nil {
		return nil, err
	}
	if s.token != "" {
		req.Header["Authorization"] = []string{"Bearer " + s.token}
	}
	if s.body != "" {
		req.Header["Content-Type"] = []string{mediaType(s.body)}
	}
	resp, err := g.transport.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	if g.buf, err = readAll(resp.Body, g.buf[:0]); err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s %s: %s", s.method, s.path, resp.Status)
	}
	return g.buf, err
}

func mediaType(body string) string {
	if strings.HasPrefix(body, "{") {
		return "application/json"
	}
	return "application/x-www-form-urlencoded"
}

// readAll is io.ReadAll into a buffer that there is.
func readAll(r io.Reader, into []byte) ([]byte, error) {
	for {
		if len(into) == cap(into) {
			into = slices.Grow(into, len(into))
		}
		n, err := r.Read(into[len(into):cap(into)])
		into = into[:len(into)+n]
		if err == io.EOF {
			return into, nil
		}
		if err != nil {
			return into, err
		}
	}
}
