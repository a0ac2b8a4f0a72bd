package main

import (
	"net/http"
	"sync"
	"time"
)

// A pacer lets requests go at a rate, each in its turn. Who gives up leaves the turn unused.
type pacer struct {
	next http.RoundTripper
	gap  time.Duration

	mu   sync.Mutex
	turn time.Time
}

// paced is a transport that sends at most rate requests a second; 0 is no limit.
func paced(next http.RoundTripper, rate float64) http.RoundTripper {
	if rate == 0 {
		return next
	}
	return &pacer{next: next, gap: time.Duration(float64(time.Second) / rate)}
}

// RoundTrip waits for its turn.
func (p *pacer) RoundTrip(r *http.Request) (*http.Response, error) {
	wait := time.NewTimer(p.take().Sub(now()))
	defer wait.Stop()
	select {
	case <-wait.C:
		return p.next.RoundTrip(r)
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

func (p *pacer) take() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := now()
	if p.turn.After(at) {
		at = p.turn
	}
	p.turn = at.Add(p.gap)
	return at
}
