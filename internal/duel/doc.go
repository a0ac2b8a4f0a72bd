// Package duel compares the throughput of two HTTP servers with one client, in turns, for benchmarks. What it says holds on
// a noisy machine too, as both sides meet the same noise.
//
//	d := duel.Duel{Clients: 8, Requests: 1000, Ours: ours, Other: bare, Shoot: func(int) duel.Shot { return get }}
//	d.Run(b, "bare", 0.70)
//
// It is test code of several packages. Where the servers run, in the benchmark's process or in their own, is up to the caller,
// and so is what they are sent; Token and Creations are what most send to the API.
package duel
