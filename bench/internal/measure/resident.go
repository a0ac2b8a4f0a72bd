package measure

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// ticksPerSecond is the unit of processor time in /proc on every system that Go runs on.
const ticksPerSecond = 100

// Resident is the memory in bytes that the process group has resident now.
func (p *Process) Resident() (int64, error) { return p.sum("VmRSS") }

// Peak is the largest resident memory that the processes of the group ever had, each by itself.
func (p *Process) Peak() (int64, error) { return p.sum("VmHWM") }

// CPU is the processor time that the process group used so far, ended children that nobody waited for aside.
func (p *Process) CPU() (time.Duration, error) {
	members, err := p.members()
	var ticks int64
	for _, m := range members {
		ticks += m.ticks
	}
	return time.Duration(ticks) * time.Second / ticksPerSecond, err
}

func (p *Process) sum(field string) (bytes int64, err error) {
	members, err := p.members()
	if err != nil {
		return 0, err
	}
	for _, m := range members {
		text, err := os.ReadFile(filepath.Join(m.dir, "status"))
		if err != nil {
			continue // it has ended meanwhile
		}
		if n, ok := kilobytes(string(text), field); ok {
			bytes += n
		}
	}
	return bytes, nil
}

// A member is one process of a group.
type member struct {
	dir   string
	ticks int64
}

func (p *Process) members() ([]member, error) {
	entries, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return nil, fmt.Errorf("list processes: %w", err)
	}
	var members []member
	for _, dir := range entries {
		text, err := os.ReadFile(filepath.Join(dir, "stat"))
		if err != nil {
			continue // it has ended meanwhile, or is somebody else's
		}
		if group, ticks, ok := parseStat(string(text)); ok && group == p.PID() {
			members = append(members, member{dir, ticks})
		}
	}
	if len(members) == 0 {
		return nil, fmt.Errorf("process group %d is not in /proc: %w", p.PID(), ErrEnded)
	}
	return members, nil
}

// parseStat reads the process group and the processor time, in ticks, from a line of /proc/PID/stat. The name of the
// program, in parentheses, may hold anything.
func parseStat(line string) (group int, ticks int64, ok bool) {
	end := strings.LastIndexByte(line, ')')
	fields := strings.Fields(line[end+1:])
	if end < 0 || len(fields) < 13 {
		return 0, 0, false
	}
	group, err := strconv.Atoi(fields[2])
	user, err2 := strconv.ParseInt(fields[11], 10, 64)
	system, err3 := strconv.ParseInt(fields[12], 10, 64)
	return group, user + system, errors.Join(err, err2, err3) == nil
}
