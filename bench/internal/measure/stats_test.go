package measure_test

import (
	"testing"
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

func TestMedianIsTheMiddle(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		samples []time.Duration
		want    time.Duration
	}{
		"of none it is 0":            {nil, 0},
		"of one it is that":          {[]time.Duration{7}, 7},
		"of three the second":        {[]time.Duration{9, 1, 4}, 4},
		"of four the mean of both":   {[]time.Duration{40, 10, 20, 30}, 25},
		"an outlier does not matter": {[]time.Duration{1, 2, 3, 4, 1 << 60}, 3},
	} {
		if got := measure.Median(tt.samples); got != tt.want {
			t.Errorf("%s: Median(%v) = %v, want %v", name, tt.samples, got, tt.want)
		}
	}
}

func TestPercentileIsASampleThatSoManyDoNotExceed(t *testing.T) {
	t.Parallel()
	hundred := make([]int, 100)
	for i := range hundred {
		hundred[i] = 100 - i
	}
	for name, tt := range map[string]struct {
		samples []int
		p       float64
		want    int
	}{
		"of none it is 0":    {nil, 99, 0},
		"99 of a hundred":    {hundred, 99, 99},
		"all of them":        {hundred, 100, 100},
		"none of them":       {hundred, 0, 1},
		"of few the largest": {[]int{3, 1, 2}, 99, 3},
	} {
		if got := measure.Percentile(tt.samples, tt.p); got != tt.want {
			t.Errorf("%s: Percentile(%v, %v) = %v, want %v", name, tt.samples, tt.p, got, tt.want)
		}
	}
}

func TestSpreadIsLeastAndMost(t *testing.T) {
	t.Parallel()
	if least, most := measure.Spread([]int{3, 1, 2}); least != 1 || most != 3 {
		t.Errorf("Spread = %d, %d, want 1, 3", least, most)
	}
	if least, most := measure.Spread[int](nil); least != 0 || most != 0 {
		t.Errorf("Spread of none = %d, %d, want zeroes", least, most)
	}
}
