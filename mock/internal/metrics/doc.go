// Package metrics counts what the server does, for Prometheus: requests by operation, status and sandbox, their durations,
// faults by kind, and what the server holds at the moment.
//
//	m := metrics.New(metrics.Config{Sandboxes: ids, JournalBytes: budget.Used})
//	chain := op.Chain(handler, m.Requests, …) // outermost: it looks at the reply when all others have made it
//	http.Handle("/metrics", m)
//
// Series of sandboxes that are no more are dropped, so that a server that makes and ends thousands of them does not grow.
// Counting costs a request no memory. The registry is the package's own.
package metrics
