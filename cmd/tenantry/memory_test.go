package main

import "testing"

func TestSpareMemoryShrinksAsWorldsGrow(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		live uint64
		want int
	}{
		"nothing":         {0, 100},
		"the demo world":  {20 << 20, 100},
		"a large world":   {512 << 20, 25},
		"a million users": {2 << 30, 12},
	} {
		if got := spare(tt.live); got != tt.want {
			t.Errorf("%s: spare(%d) = %d, want %d", name, tt.live, got, tt.want)
		}
	}
}
