package measure_test

import (
	"os"
	"testing"
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

func TestBusyTimeIsAllThatIsNeitherIdleNorWaiting(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		text string
		want time.Duration
	}{
		"every kind of work counts": {"cpu  1 2 4 800 1600 8 16 32 64 128\ncpu0 9 9 9 9\n", 630 * time.Millisecond},
		"an idle machine":           {"cpu  0 0 0 5000 100 0 0 0 0 0\n", 0},
		"a kernel without guests":   {"cpu 100 0 100 1 1 0 0 0", 2 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := measure.ParseBusy(tt.text)
			if err != nil || got != tt.want {
				t.Errorf("ParseBusy(%q) = %v, %v; want %v", tt.text, got, err, tt.want)
			}
		})
	}
}

func TestOtherTextIsNotTheTimesOfProcessors(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "cpu0 1 2 3 4 5 6 7 8", "cpu 1 2 3", "cpu a b c d e f g h"} {
		if got, err := measure.ParseBusy(text); err == nil {
			t.Errorf("ParseBusy(%q) = %v; want an error", text, got)
		}
	}
}

func TestTheMachineIsAtLeastAsBusyAsThisProgram(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/stat"); err != nil {
		t.Skip("there is no /proc here")
	}
	self, err := measure.Self()
	if err != nil {
		t.Fatal(err)
	}
	busy, err := measure.Busy()
	if err != nil {
		t.Fatal(err)
	}
	if busy < self {
		t.Errorf("Busy() = %v, less than Self() = %v", busy, self)
	}
}
