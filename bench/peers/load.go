package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

// A target is what the load is sent to.
type target struct {
	address string
	request []byte
	length  int           // of the body that answers it
	stuck   time.Duration // how long a window may go on after its time before its connections are given up
}

// A load is what came of asking for some time.
type load struct {
	latencies []time.Duration // one for each answer
	took      time.Duration
}

func (l load) rate() float64 { return float64(len(l.latencies)) / l.took.Seconds() }

// ask sends the request again and again over the connections, on each as soon as the answer before is read.
// It makes the connections first, so that the time is that of requests alone. The first wrong answer ends it.
func ask(ctx context.Context, t target, connections int, d time.Duration) (load, error) {
	conns, err := dial(ctx, t.address, connections, d+t.stuck)
	hangUp := func() {
		for _, c := range conns {
			_ = c.Close()
		}
	}
	defer hangUp()
	if err != nil {
		return load{}, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(ctx, hangUp)()
	each := make([][]time.Duration, connections)
	var all sync.WaitGroup
	watch := measure.Begin()
	for i, c := range conns {
		all.Go(func() {
			var err error
			if each[i], err = t.over(c, watch, d); err != nil {
				cancel(err)
			}
		})
	}
	all.Wait()
	return load{slices.Concat(each...), watch.Elapsed()}, context.Cause(ctx)
}

func dial(ctx context.Context, address string, n int, limit time.Duration) ([]net.Conn, error) {
	var conns []net.Conn
	for range n {
		c, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
		if err != nil {
			return conns, fmt.Errorf("connect: %w", err)
		}
		conns = append(conns, c)
		if err := c.SetDeadline(measure.Now().Add(limit)); err != nil {
			return conns, fmt.Errorf("connect: %w", err)
		}
	}
	return conns, nil
}

// over asks over one connection until the time is over.
func (t target) over(c net.Conn, watch measure.Watch, d time.Duration) ([]time.Duration, error) {
	answers := bufio.NewReader(c)
	latencies := make([]time.Duration, 0, 1<<14)
	for began := watch.Elapsed(); began < d; {
		if _, err := c.Write(t.request); err != nil {
			return nil, fmt.Errorf("ask: %w", err)
		}
		status, length, err := readAnswer(answers)
		if err != nil {
			return nil, fmt.Errorf("read an answer: %w", err)
		}
		if status != 200 || length != t.length {
			return nil, fmt.Errorf("an answer is %d with %d bytes; it has to be 200 with %d", status, length, t.length)
		}
		now := watch.Elapsed()
		latencies = append(latencies, now-began)
		began = now
	}
	return latencies, nil
}
