// Package coverage says how much of an API a run has exercised: which operations, and which documented statuses of them.
// It shows that as text and as Markdown; the table is also what other forms of a report draw their grid from.
//
// It promises that
//   - a documented status is counted as one that a client can cause unless it is a server error or the caller names it with
//     a reason; what no client can cause counts neither for nor against a run, even where it was met;
//   - operations that the document holds beyond the reference are shown, but not counted with those of the reference;
//   - what was met though the document does not know it is listed, never counted as exercised.
//
// For example:
//
//	t := coverage.Of(rep.Coverage, doc, map[coverage.Pair]string{{"getLogo", 415}: "no body"})
//	fmt.Println(t.Numbers().Pairs) // 310 of 402 (77.1 %)
//
// It leaves to others: counting the answers of a run, and which pairs cannot be caused.
package coverage
