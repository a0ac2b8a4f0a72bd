package main

import (
	"context"
	"runtime"
	"testing"
)

func TestSpareMemoryFollowsTheWorld(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		live uint64
		want int
	}{
		"nothing":                             {0, 1500},
		"as little as Go takes for the least": {4 << 20, 1500},
		"the demo world grows to 64 MiB":      {8 << 20, 700},
		"and so does a larger one":            {16 << 20, 300},
		"and one that is busy":                {40 << 20, 60},
		"then it is almost the double":        {64 << 20, 75},
		"which is what Go does":               {128 << 20, 87},
		"a large world grows by less":         {512 << 20, 25},
		"a million users by an eighth":        {2 << 30, 12},
	} {
		if got := spare(tt.live); got != tt.want {
			t.Errorf("%s: spare(%d) = %d, want %d", name, tt.live, got, tt.want)
		}
	}
}

func TestSomethingIsAlwaysLive(t *testing.T) {
	t.Parallel()
	runtime.GC()
	if got := live(); got == 0 || got > 1<<40 {
		t.Errorf("live() = %d bytes; want what this test program has in use", got)
	}
}

func TestEachCollectionIsNoticed(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	noticed := make(chan struct{})
	eachCollection(ctx, func() {
		select {
		case noticed <- struct{}{}:
		case <-ctx.Done():
		}
	})
	for range 3 { // the second and the third by what the one before left
		runtime.GC()
		<-noticed
	}
}
