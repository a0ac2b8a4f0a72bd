package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// Bounds of what a server with a large world spends on memory that holds nothing.
const (
	largeHeap  = 256 << 20 // bytes from which on a world is large
	leastSpare = 128 << 20 // by which a large heap may grow until it is collected
	spareShare = 8         // an eighth of it, where that is more
)

// settle gives the memory back that loading a large world took, and lets its heap grow by an eighth rather than to the
// double before it is collected. Small worlds stay as they are, and so does everything where the environment says how
// the collector runs.
func settle() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	var m runtime.MemStats
	if runtime.ReadMemStats(&m); m.HeapSys-m.HeapReleased < largeHeap {
		return
	}
	debug.FreeOSMemory()
	runtime.ReadMemStats(&m)
	debug.SetGCPercent(spare(m.HeapAlloc))
}

// spare is by how many percent a heap of so many live bytes may grow: as usual where it is small.
func spare(live uint64) int {
	return int(min(100, max(leastSpare, live/spareShare)*100/max(live, 1)))
}
