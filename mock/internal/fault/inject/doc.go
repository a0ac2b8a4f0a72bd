// Package inject does to requests what the rules of package fault say: it waits, answers in place of the service, spoils
// what the service answered, and breaks connections.
//
// It has three places in the life of a request:
//
//	body := inject.SlowBody(ex, r.Body)          // where the body is read
//	chain := op.Chain(h, …, injector.Faults, …)  // behind who asks, before whether they may
//	err := inject.Deliver(w, r, ex)              // where the reply is sent
//
// Each kind of fault is one effect, a function around the rest of the chain. The faults of one request nest: that of
// the highest priority is outermost, sees the request first and the reply last.
//
// It promises that
//   - a request that no rule concerns passes untouched;
//   - every fault that acted is named in the exchange, with its rule, index and drawn number, and a reply that a fault
//     made or spoiled is marked as injected; one that merely came late is not;
//   - a request that waits holds no lock, and ends with its context: when its client goes, or when the server that
//     gave the context stops.
package inject
