//go:build race

package mock_test

// underRace says that the race detector is on: it allocates, and sync.Pool forgets by chance.
const underRace = true
