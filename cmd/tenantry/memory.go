package main

import (
	"context"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// Bounds of what a server spends on memory that holds nothing. Beside its heap it has some 40 MB resident under load, and
// the budget for all of it is 120 MB when a million requests went through eight sandboxes, of which up to 40 MB are live.
const (
	leastHeap  = 64 << 20  // bytes to which a heap may grow before it is collected, however little of it is live
	saved      = 16 << 20  // bytes that a larger one lacks to its double, so that its growth sets in late
	largeSpare = 128 << 20 // bytes by which a large heap may grow: more only where that is less than an eighth of it
	spareShare = 8
	largeHeap  = 256 << 20 // bytes taken from which on a world is large
)

// settle is called when the world is loaded. It gives the memory back that loading a large world took, and from then on
// until ctx ends it decides after each collection how far the heap may grow before the next one. It does nothing where the
// environment says how the collector runs.
func settle(ctx context.Context) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	var m runtime.MemStats
	if runtime.ReadMemStats(&m); m.HeapSys-m.HeapReleased >= largeHeap {
		debug.FreeOSMemory()
	}
	eachCollection(ctx, makeRoom)
	makeRoom()
}

// makeRoom sets the collector's percentage by what is live now. The demo world is a few megabytes: grown to its double it
// would be collected every few hundred requests, which took a quarter of the processor time. One percentage for good
// would not do, as what is right for 10 MB is far too much for 100, nor would a ballast, which a heap could be given once:
// it would come on top of larger worlds too, and be counted as memory in use.
func makeRoom() {
	debug.SetGCPercent(spare(live()))
}

// live is what the latest collection found in use: objects, stacks and global variables, of which the collector takes its
// percentage.
func live() uint64 {
	in := []metrics.Sample{
		{Name: "/gc/heap/live:bytes"}, {Name: "/gc/scan/stack:bytes"}, {Name: "/gc/scan/globals:bytes"},
	}
	metrics.Read(in)
	var sum uint64
	for _, s := range in {
		sum += s.Value.Uint64()
	}
	return sum
}

// spare is by how many percent a heap of so many live bytes may grow: almost to its double, which is what Go does, but a
// small one further and a large one less far. Below 4 MiB the percentage stays, because Go takes it of at least as much.
func spare(live uint64) int {
	const least = 4 << 20
	now := int64(max(live, least)) //nolint:gosec // no heap has 2^63 bytes
	grown := max(leastHeap, min(2*now-saved, now+max(largeSpare, now/spareShare)))
	return int((grown - now) * 100 / now)
}

// eachCollection calls do after each collection until ctx ends. What nothing refers to is cleaned up by the next one.
func eachCollection(ctx context.Context, do func()) {
	type sentinel struct{ _ *byte } // with a pointer, so that it does not share its place with what lives on
	runtime.AddCleanup(new(sentinel), func(do func()) {
		if ctx.Err() != nil {
			return
		}
		eachCollection(ctx, do)
		do()
	}, do)
}
