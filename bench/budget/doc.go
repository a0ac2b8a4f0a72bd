// Budget measures every budget that one machine can hold in a few minutes, and prints one table: what was measured, beside
// what it has to be.
//
//	go run ./bench/budget            # make bench
//	go run ./bench/budget -count 5   # the median of five
//	go run ./bench/budget -out docs/performance.md
//
// It runs the benchmarks of the module that report a budget, and starts the static binary. Ratios compare two sides in one
// run, in turns; they say something on a noisy machine too, and absolute times do not. It exits 1 if a budget is not met.
//
// Budgets at a million users are those of bench/growth, what is left after a million requests is that of bench/soak.
package main
