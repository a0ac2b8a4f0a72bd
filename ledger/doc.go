// Package ledger keeps what replayed scenarios have shown of the operations of the API: by which scenario an operation was
// proven or refuted, on which kind of endpoint, and when. It is how one sees how far the mock may be trusted in place of the
// cloud: an operation that the same scenario has passed on both is one that a client finds alike.
//
//	l, err := ledger.Read("ledger.json") // an empty one if there is no such file
//	l.Record(contracttest.Proofs(report, ledger.Cloud)...)
//	err = l.Write("ledger.json")
//
// It promises that of an operation, a scenario and a kind of endpoint the newest judgement is kept, whatever the order in
// which they are recorded; that a file is replaced whole or not at all; and that the same entries make the same bytes.
//
// It leaves to others what counts as a proof: answers that a fault was injected into never do.
package ledger
