// Package store is the port between the state of the worlds and whatever keeps
// it: a log of row changes that knows no entity, no encoding and no rule.
//
// # What it promises
//
// A world is a set of rows, each a value under a table and a key, with a
// sequence number and an opaque Meta. An [Engine] applies [Batch]es to worlds:
// all of one Commit or nothing, each following the sequence it names, durable
// when Commit returns. A world too big for one commit is built in a [Stage] and
// appears, complete, when the stage finishes.
//
//	err := engine.Commit(ctx, []store.Batch{{
//		World: "default", After: 41, Seq: 42,
//		Changes: []store.Change{
//			{Table: "users", Key: id, Value: encoded},
//			{Table: "tokens", Key: jti}, // no value: the row goes
//		},
//	}})
//	if errors.Is(err, store.ErrConflict) {
//		// somebody else wrote sequence 42 first
//	}
//
// Package storetest holds the suite that every engine passes and the wrappers
// that tests of the state use. Package bolt is the embedded engine, package
// memory the fake.
//
// # What it leaves to others
//
// What the rows mean, how they are encoded, when to commit and whom to tell are
// the business of package state. An engine neither retries nor logs.
package store
