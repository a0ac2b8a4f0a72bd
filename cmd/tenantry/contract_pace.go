package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// A pacer lets requests go at a rate, each in its turn. Who gives up leaves the turn unused.
type pacer struct {
	gap time.Duration

	mu   sync.Mutex
	turn time.Time
}

// newPacer lets at most rate requests a second go; 0 is no limit.
func newPacer(rate float64) (*pacer, error) {
	switch {
	case rate == 0:
		return &pacer{}, nil
	case rate >= lowestRate && rate <= highestRate:
		return &pacer{gap: time.Duration(float64(time.Second) / rate)}, nil
	}
	return nil, fmt.Errorf("--rate %v is not between %v and %v requests a second, or 0 for no limit", rate, lowestRate, highestRate)
}

const (
	lowestRate  = 0.01
	highestRate = 1e6
)

// wait waits for a turn.
func (p *pacer) wait(ctx context.Context) error {
	if p.gap == 0 {
		return nil
	}
	wait := time.NewTimer(p.take().Sub(now()))
	defer wait.Stop()
	select {
	case <-wait.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// A pacedTransport waits for its turn with each request.
type pacedTransport struct {
	next  http.RoundTripper
	pacer *pacer
}

func (p pacedTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := p.pacer.wait(r.Context()); err != nil {
		return nil, err
	}
	return p.next.RoundTrip(r)
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
