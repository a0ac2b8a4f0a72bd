// Package journal remembers the requests of a world: what was asked by whom, what was answered, at which gate and why a
// request was refused, which faults were applied. Tests read it, follow it, and hold a client to it.
//
//	j := journal.New(budget, journal.DefaultLimit)
//	e := &journal.Entry{Method: "GET", Path: "/api/2/users/me"}
//	j.Begin(e)                                    // visible at once, in flight
//	j.Complete(e.N, func(e *journal.Entry) { … }) // before the first byte of the reply leaves
//
// It is bounded in bytes, for each world and for the process, and says what it gave up: entries are numbered without
// gaps, Page counts those that are gone, and Verify answers with an error where they could have changed its verdict. When
// all journals together are too large, the largest gives up its oldest entries, so that a noisy world does not cost a
// quiet one its own.
//
// Secrets never enter it: whatever fills in an entry takes headers, queries and bodies through Pack, MaskQuery and
// MaskBody, which leave the names and mask the values. Explain says in one sentence why a request was refused.
//
// Filling entries from requests is left to package record, serving them to the control plane.
package journal
