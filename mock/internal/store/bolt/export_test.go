package bolt

import "go.etcd.io/bbolt"

// OpenSchema opens a data file as a program would that knows another version.
func OpenSchema(path string, version int, lift map[int]func(*bbolt.Tx) error) (*Engine, error) {
	return open(Options{Path: path}, schema{version: version, lift: lift})
}
