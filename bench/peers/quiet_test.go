package main

import (
	"math"
	"testing"
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

func TestForeignIsWhatNeitherClientNorProductUsed(t *testing.T) {
	t.Parallel()
	// Two readings of /proc/stat, 5 s apart on two cores: 100 ticks are a second.
	const before = "cpu  1000 0 500 90000 10 0 40 0 0 0\n"
	for name, tt := range map[string]struct {
		after string
		own   time.Duration
		want  float64
	}{
		"all of it was ours":          {"cpu  1600 0 840 90000 10 0 100 0 0 0\n", 10 * time.Second, 0},
		"half a core was not":         {"cpu  1600 0 840 90000 10 0 100 0 0 0\n", 7480 * time.Millisecond, 0.5},
		"less than ours is none":      {"cpu  1100 0 500 90900 10 0 40 0 0 0\n", 2 * time.Second, 0},
		"a tick at each end is none":  {"cpu  1102 0 500 90898 10 0 40 0 0 0\n", time.Second, 0},
		"idle and disk time is none":  {"cpu  1000 0 500 90900 110 0 40 0 0 0\n", 0, 0},
		"what a hypervisor took is":   {"cpu  1000 0 500 90898 10 0 40 102 0 0\n", 0, 0.2},
		"nice and interrupts are too": {"cpu  1000 51 500 90898 10 51 40 0 0 0\n", 0, 0.2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from, to := busy(t, before), busy(t, tt.after)
			got := foreign(reading{from, time.Minute}, reading{to, time.Minute + tt.own}, 5*time.Second)
			if math.Abs(got-tt.want) > 1e-9 {
				t.Errorf("foreign = %g; want %g", got, tt.want)
			}
		})
	}
}

func busy(t *testing.T, text string) time.Duration {
	t.Helper()
	d, err := measure.ParseBusy(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
