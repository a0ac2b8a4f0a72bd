//go:build !race

package mock_test

// underRace says that the race detector is on.
const underRace = false
