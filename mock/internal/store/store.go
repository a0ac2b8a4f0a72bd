package store

import "context"

// An Engine keeps worlds. Its methods may be called from several goroutines;
// writes are applied one after another. Every method but Close answers
// [ErrClosed] once the engine is closed.
type Engine interface {
	Stager

	// Worlds lists the worlds that are complete, by ID. A world that is only
	// staged is not among them.
	Worlds(ctx context.Context) ([]World, error)

	// Load hands every row of a world to each, ordered by table and then key
	// (bytewise), and returns the sequence those rows are at. The rows are one
	// consistent state, whatever is committed meanwhile. The Value is the engine's:
	// it is to be read only, and only until each returns. Each must not call the
	// engine, because a commit may have to wait for the load. An error from each ends the load
	// and is returned. An unknown world is ErrNotFound.
	Load(ctx context.Context, world string, each func(Change) error) (seq uint64, err error)

	// Commit applies the batches in order, all or none. When it returns nil, all
	// of it survives a crash; the engine keeps no reference to the batches. A
	// world may appear in several batches, each following the one before. A
	// context that is done before the engine starts to write means that nothing
	// was applied; later it is ignored. Errors are those of Batch.Check, or
	// ErrFailed, or plain ones of the engine.
	Commit(ctx context.Context, batches []Batch) error

	// Close waits for running calls and gives the worlds free for another
	// engine. Closing twice is not an error.
	Close() error
}

// A Stager takes worlds that are too big for one commit.
type Stager interface {
	// Stage begins a world aside. Nobody sees it before Finish; a crash, Close or
	// Abort leaves the world as it was, or absent. Stages of one world do not
	// know of each other.
	Stage(ctx context.Context, world string, meta []byte) (Stage, error)
}

// A Stage is a world under construction. It is used from one goroutine.
type Stage interface {
	// Put adds rows to the stage. The caller bounds the batch: it is held in
	// memory at once. Rows that arrive in ascending order of table and key are
	// the cheapest to store. Nothing is promised about their durability yet.
	Put(ctx context.Context, changes []Change) error

	// Finish makes the staged rows the world, at sequence seq, in place of
	// whatever the world held; it is atomic and durable as Commit is. After it
	// the stage answers ErrClosed.
	Finish(ctx context.Context, seq uint64) error

	// Abort drops the stage. After Finish or Abort it does nothing, so that it
	// can be deferred.
	Abort() error
}

// A World is what an engine knows of one without reading its rows.
type World struct {
	ID  string
	Seq uint64
	// Meta is opaque to the engine: what the world was made from and its
	// settings, as the last batch or stage that carried one has it.
	Meta []byte
}

// A Change sets the row Table/Key to Value, or removes it when Value is nil.
// Removing a row that does not exist is not an error.
type Change struct {
	Table, Key string
	Value      []byte
}
