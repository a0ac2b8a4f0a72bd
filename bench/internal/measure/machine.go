package measure

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
)

// A Machine is what a result has to say about where it was measured. It names neither host nor user.
type Machine struct {
	Cores  int
	Memory int64 // bytes; 0 is unknown
	System string
	Go     string
}

// ThisMachine describes the machine that the program runs on.
func ThisMachine() Machine {
	return Machine{
		Cores:  runtime.NumCPU(),
		Memory: totalMemory(),
		System: runtime.GOOS + "/" + runtime.GOARCH,
		Go:     strings.TrimPrefix(runtime.Version(), "go"),
	}
}

// String is the description for people: "2 cores, 23 GiB memory, linux/amd64, Go 1.26.8".
func (m Machine) String() string {
	memory := ""
	if m.Memory > 0 {
		memory = fmt.Sprintf("%.0f GiB memory, ", float64(m.Memory)/(1<<30))
	}
	return fmt.Sprintf("%d cores, %s%s, Go %s", m.Cores, memory, m.System, m.Go)
}

func totalMemory() int64 {
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0
	}
	total, _ := kilobytes(string(text), "MemTotal")
	return total
}

// kilobytes reads a line such as "VmRSS:  1234 kB" and is its value in bytes.
func kilobytes(text, name string) (bytes int64, ok bool) {
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		field, value, _ := strings.Cut(lines.Text(), ":")
		if field != name {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(value, "kB")), 10, 64)
		return n * 1024, err == nil
	}
	return 0, false
}
