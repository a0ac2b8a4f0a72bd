package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
	"github.com/tenantry/tenantry/bench/internal/served"
)

// starts is how often the binary is started.
const starts = 10

// settled is how long a server is left alone before it counts as idle.
const settled = time.Second

// process measures the binary: its size, how soon it is ready, and what it holds then.
func process(ctx context.Context) ([]result, error) {
	folder, err := os.MkdirTemp("", "tenantry-budget-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for the binary: %w", err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	binary, err := served.Build(ctx, folder)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(binary)
	if err != nil {
		return nil, fmt.Errorf("look at the binary: %w", err)
	}
	var startups, resident []float64
	for range starts {
		startup, bytes, err := once(ctx, binary)
		if err != nil {
			return nil, err
		}
		startups, resident = append(startups, float64(startup)), append(resident, float64(bytes))
	}
	return []result{
		{ready(), measure.Median(startups)},
		{idle(), measure.Median(resident)},
		{size(), float64(info.Size())},
	}, nil
}

// once is one start.
func once(ctx context.Context, binary string) (startup time.Duration, resident int64, err error) {
	s, err := served.Start(ctx, binary)
	if err != nil {
		return 0, 0, err
	}
	if err := measure.Wait(ctx, settled); err != nil {
		return 0, 0, err
	}
	resident, err = s.Resident()
	if stopped := s.Stop(); err == nil {
		err = stopped
	}
	return s.Startup, resident, err
}
