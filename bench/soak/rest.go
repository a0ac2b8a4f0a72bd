package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
	"github.com/tenantry/tenantry/bench/internal/served"
)

// A rest lasts until the runtime has collected twice by itself, which it does after two idle minutes at the latest, or
// until what is waited for is there.
const (
	longestRest = 5 * time.Minute
	glance      = 2 * time.Second
)

// A figure is a server at rest.
type figure struct {
	resident   int64
	goroutines int
	journal    int64
	sandboxes  int
	inFlight   int
}

// rest waits until the server is as small as wanted, or for as long as a rest lasts; wanted 0 waits until its memory
// has stopped to shrink.
func rest(ctx context.Context, s *served.Server, wanted int64) (figure, error) {
	watch, last := measure.Begin(), measure.Begin()
	var least int64
	for {
		now, err := s.Resident()
		if err != nil {
			return figure{}, err
		}
		if least == 0 || now < least-least/100 {
			least, last = now, measure.Begin()
		}
		settled := wanted > 0 && now <= wanted || wanted == 0 && last.Elapsed() > longestRest/2
		if settled || watch.Elapsed() > longestRest {
			return look(ctx, s, now)
		}
		if err := measure.Wait(ctx, glance); err != nil {
			return figure{}, err
		}
	}
}

// watch notes the most that the journals held until ctx ends.
func (r *result) watch(ctx context.Context, s *served.Server) error {
	for measure.Wait(ctx, glance) == nil {
		now, err := look(context.WithoutCancel(ctx), s, 0)
		if err != nil {
			return err
		}
		r.journals = max(r.journals, now.journal)
	}
	return nil
}

func look(ctx context.Context, s *served.Server, resident int64) (figure, error) {
	values, err := metrics(ctx, s.Control+"/metrics")
	return figure{
		resident: resident, goroutines: int(values["go_goroutines"]), journal: int64(values["tenantry_journal_bytes"]),
		sandboxes: int(values["tenantry_sandboxes"]), inFlight: int(values["tenantry_requests_in_flight"]),
	}, err
}

// metrics reads what has no labels. The connection is not kept: it would be one of the goroutines that are counted.
func metrics(ctx context.Context, url string) (map[string]float64, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return nil, err
	}
	req.Close = true
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("read the metrics: %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	values := map[string]float64{}
	lines := bufio.NewScanner(resp.Body)
	for lines.Scan() {
		name, value, found := strings.Cut(lines.Text(), " ")
		if n, err := strconv.ParseFloat(value, 64); found && err == nil {
			values[name] = n
		}
	}
	return values, lines.Err()
}
