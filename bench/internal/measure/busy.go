package measure

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// Busy is the processor time that everything on the machine used since it started, interrupts and what a hypervisor
// gave to others included.
func Busy() (time.Duration, error) {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, fmt.Errorf("read the processor time of the machine: %w", err)
	}
	return ParseBusy(string(text))
}

// ParseBusy reads the first line of /proc/stat: what is neither idle nor waiting for a disk. The time of guests is
// part of that of users and not counted twice.
func ParseBusy(text string) (time.Duration, error) {
	line, _, _ := strings.Cut(text, "\n")
	fields := strings.Fields(line)
	if len(fields) < 9 || fields[0] != "cpu" {
		return 0, fmt.Errorf("/proc/stat begins with %q, not with the times of all processors", line)
	}
	var ticks int64
	for _, i := range []int{1, 2, 3, 6, 7, 8} { // user, nice, system, irq, softirq, steal
		n, err := strconv.ParseInt(fields[i], 10, 64)
		if err != nil {
			return 0, fmt.Errorf("/proc/stat: time %d: %w", i, err)
		}
		ticks += n
	}
	return time.Duration(ticks) * time.Second / ticksPerSecond, nil
}

// Self is the processor time that this program used so far.
func Self() (time.Duration, error) {
	text, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0, fmt.Errorf("read the processor time of this program: %w", err)
	}
	_, ticks, ok := parseStat(string(text))
	if !ok {
		return 0, fmt.Errorf("/proc/self/stat is %q", text)
	}
	return time.Duration(ticks) * time.Second / ticksPerSecond, nil
}
