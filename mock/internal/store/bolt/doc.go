// Package bolt keeps worlds in one bbolt file. It is the engine behind --data.
//
// # What it promises
//
// What [store.Engine] does, for one process at a time: the file is locked while
// it is open. A commit is one bbolt transaction, which syncs the data before it
// writes the page that makes them valid, and that page before it returns. The
// file carries the version of its layout; Open refuses what it does not know and
// lifts what is older.
//
//	engine, err := bolt.Open(bolt.Options{Path: "tenantry.db"})
//	if errors.Is(err, store.ErrLocked) {
//		// another server has it
//	}
//
// # Layout
//
//	meta    schema -> version, as decimal text
//	worlds  world id -> generation, sequence (8 bytes each, big endian), meta
//	rows    generation -> table -> key -> value
//
// A world's rows hang under a generation of their own, so that to replace or
// drop a world, or to finish a stage, is to write one record. Generations that
// no record names are garbage: each commit takes a bounded part of it along in
// its own transaction, and Open removes what the last process left, abandoned
// stages included. A file never shrinks; its free pages are used again.
//
// # Choices
//
// The free list is written with every commit (NoFreelistSync is off): without it
// Open would walk the whole file, 0.2 s per million rows from a warm cache, and
// so would a commit that breaks off. It costs nothing measurable until a large
// world was dropped; a million rows then add 1 to 2 ms to each commit until
// their pages are used again. It is kept as a hash map, because bbolt's array
// gets slow with many free pages.
//
// The memory map starts at the size of the file and doubles with it. A larger
// one would only spare a commit that needs more room the wait for a load that is
// under way, and loads happen at start-up.
//
// Mapped pages that were touched are given back to the system now and then:
// they would count as resident memory of the server, although the file cache
// holds them anyway. In a world of a million rows (510 MB), a load and 10,000
// scattered commits left 8 to 30 MB of the file resident instead of 374.
//
// # What it leaves to others
//
// Batching: every commit pays its own syncs. Several processes on one file.
package bolt
