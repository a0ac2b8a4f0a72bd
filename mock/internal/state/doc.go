// Package state holds the worlds: immutable snapshots of typed tables, a [View] to read one, a [Tx] to make
// the next, and the pipeline that makes a change durable before it is visible.
//
// Readers take no lock: a View is one pointer, taken once, plus the world's time. Writers of one world run one
// after the other; a Tx is a private copy-on-write fork of the newest head, and what it did is dropped whole
// when the function returns an error.
//
//	err := w.Update(ctx, func(tx *state.Tx) error {
//		u, ok := state.Users.Get(tx, id)
//		if !ok {
//			return model.Missing("user", id)
//		}
//		changed := *u
//		changed.Enabled = false
//		tx.PutUser(&changed)
//		return nil
//	})
//
// Rows that come out of a table are shared and never modified: copy, change, put.
//
// Rules that more than one resource needs (the tree, cascades, access, uniqueness) are methods of View and Tx
// here. What only one resource needs lives in that resource's package. Which status a refusal becomes is the
// business of package op.
package state
