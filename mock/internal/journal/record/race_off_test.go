//go:build !race

package record_test

// underRace says that the race detector is on.
const underRace = false
