// Package fault holds the rules by which a world misbehaves: which requests meet which fault, and when.
//
// A rule is data. It names a kind, the requests that it matches, and conditions:
//
//	{"id": "flaky-users", "kind": "error", "match": {"operation": "listUsers"},
//	 "when": {"probability": 0.5, "times": 2}, "with": {"status": 503}}
//
// It promises that
//   - a typo, an unknown operation or an impossible combination is refused when the rule is written, at its JSON pointer;
//   - whether the n-th matched request meets a fault depends on the seeds, the world, the rule and n alone, and for
//     quotas, outages and windows on the world's clock. With concurrent requests the set of failing numbers is fixed;
//     which request gets which number is not;
//   - a world without rules costs a request one atomic load, and a rule with probability 0 changes nothing;
//   - no lock is held between a decision and the end of its request.
//
// A rule counts each request that it matches, even one that a rule of higher priority answers.
//
// Package inject does to requests what the rules say.
package fault
