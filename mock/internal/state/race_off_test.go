//go:build !race

package state_test

// underRace says that the race detector is on.
const underRace = false
