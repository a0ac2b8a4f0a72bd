package duel

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// rounds is how often both sides of a duel take their turn. What counts is the median of the rounds: a machine that is
// busy for a moment spoils one of them.
const rounds = 7

// A Duel sends the same requests to two servers in turns.
type Duel struct {
	Clients  int              // connections, each of which waits for its answer before it asks again
	Requests int              // in each turn
	Ours     string           // base URL
	Other    string           // base URL of what it is compared with
	Shoot    func(n int) Shot // the n-th request; n is never the same twice
	Before   func() error     // prepares our side for each of its turns, outside of the turn's time; may be nil

	shots atomic.Int64
}

// Run reports how many times the throughput of the other side ours has, as the metric x-OTHER, and what each request took.
// An answer other than 200 fails the benchmark.
func (d *Duel) Run(b *testing.B, other string, budget float64) {
	b.Helper()
	us, them := d.team(d.Ours), d.team(d.Other)
	d.ourTurn(b, us) // warms up
	d.turn(b, them)
	var ratios []float64
	var ours, others []time.Duration
	for b.Loop() {
		for range rounds {
			mine, theirs := d.ourTurn(b, us), d.turn(b, them)
			ours, others = append(ours, mine), append(others, theirs)
			ratios = append(ratios, float64(theirs)/float64(mine))
		}
	}
	b.ReportMetric(median(ratios), "x-"+other)
	b.ReportMetric(budget, "budget")
	b.ReportMetric(d.micros(ours), "us/op")
	b.ReportMetric(d.micros(others), other+"-us/op")
	b.ReportMetric(0, "ns/op") // of all the rounds together
}

// micros is what a request took in the median turn, as the reciprocal of the throughput.
func (d *Duel) micros(turns []time.Duration) float64 {
	return float64(median(turns)) / 1e3 / float64(d.Requests)
}

// median is one of the samples, the upper one in the middle where their count is even.
func median[N float64 | time.Duration](samples []N) N {
	return slices.Sorted(slices.Values(samples))[len(samples)/2]
}

func (d *Duel) team(base string) []*Gunner {
	team := make([]*Gunner, d.Clients)
	for i := range team {
		team[i] = NewGunner(base)
	}
	return team
}

func (d *Duel) ourTurn(b *testing.B, us []*Gunner) time.Duration {
	b.Helper()
	if d.Before != nil {
		if err := d.Before(); err != nil {
			b.Fatal(err)
		}
	}
	return d.turn(b, us)
}

// turn sends one turn's requests to one side. It begins without garbage in this process, so that each side pays for its own.
func (d *Duel) turn(b *testing.B, team []*Gunner) time.Duration {
	b.Helper()
	runtime.GC()
	var left atomic.Int64
	left.Store(int64(d.Requests))
	var wait sync.WaitGroup
	start := b.Elapsed()
	for _, g := range team {
		wait.Go(func() {
			for left.Add(-1) >= 0 {
				if body, err := g.Fire(d.Shoot(int(d.shots.Add(1)))); err != nil {
					b.Errorf("%v: %s", err, body)
					return
				}
			}
		})
	}
	wait.Wait()
	if b.Failed() {
		b.FailNow()
	}
	return b.Elapsed() - start
}
