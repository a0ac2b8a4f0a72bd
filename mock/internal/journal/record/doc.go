// Package record writes the journal: Requests opens an entry for every request before anything else happens to it, and
// completes it with the reply, the findings, the cause and the faults before the first byte leaves. Actors adds who asks as
// soon as that is known, so that a request that is held up can be told from others. Sent notes the delivery.
//
// What the journal keeps and how it is asked is in package journal.
package record
