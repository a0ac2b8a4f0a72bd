package measure

import (
	"cmp"
	"math"
	"slices"
)

// A Number is what statistics are made of; durations are numbers.
type Number interface {
	~int | ~int64 | ~float64
}

// Median is the middle of the samples, the mean of both middles where their count is even; 0 without samples.
func Median[N Number](samples []N) N {
	if len(samples) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(samples))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return sorted[middle-1] + (sorted[middle]-sorted[middle-1])/2
}

// Percentile is the smallest sample that at least p percent of the samples do not exceed (the nearest rank); 0
// without samples. p is between 0 and 100.
func Percentile[N Number](samples []N, p float64) N {
	if len(samples) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(samples))
	rank := int(math.Ceil(p / 100 * float64(len(sorted))))
	return sorted[min(max(rank, 1), len(sorted))-1]
}

// Spread is the smallest and the largest sample; zeroes without samples.
func Spread[N cmp.Ordered](samples []N) (least, most N) {
	if len(samples) == 0 {
		return least, most
	}
	return slices.Min(samples), slices.Max(samples)
}
