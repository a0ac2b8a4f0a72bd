//go:build race

package state_test

// underRace says that the race detector is on: it allocates, and sync.Pool forgets by chance.
const underRace = true
