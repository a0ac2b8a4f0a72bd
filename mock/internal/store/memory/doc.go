// Package memory is the smallest engine that passes the suite: maps under a
// lock. It is the fake that tests use where the file behind the real engine
// does not matter.
//
// # What it promises
//
// Everything that [store.Engine] does, except that worlds last only as long as
// the engine.
//
//	engine := memory.New()
//	err := engine.Commit(ctx, []store.Batch{{World: "default", Op: store.Create, Seq: 1}})
//
// # What it leaves to others
//
// Speed at scale: loading sorts the rows each time. The server does not use it:
// a memory world has no engine at all.
package memory
