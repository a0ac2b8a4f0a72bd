// Package storetest holds what tests need of the store: the suite that every
// engine passes, benchmarks for them, and wrappers that make an engine slow,
// failing or countable.
//
// # What it promises
//
// [Run] tests every sentence of [store.Engine] and [store.Stage] that can be
// seen from outside; an engine that passes can stand in for any other.
//
//	func TestEngine(t *testing.T) {
//		t.Parallel()
//		storetest.Run(t, open, reopen)
//	}
//
// # What it leaves to others
//
// What only one engine can show: that it survives a kill, that it syncs before
// it answers, what it says of a broken file. Those tests live with the engine.
package storetest
