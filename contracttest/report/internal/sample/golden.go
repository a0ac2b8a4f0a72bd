package sample

import (
	"fmt"
	"os"
	"path/filepath"
)

// Golden is what a report must look like: testdata/name of the package under test. With update, that becomes what the
// package wrote now, for a reviewer to read.
func Golden(name string, got []byte, update bool) (want string, err error) {
	file := filepath.Join("testdata", name)
	if update {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			return "", fmt.Errorf("update golden file %s: %w", file, err)
		}
		if err := os.WriteFile(file, got, 0o600); err != nil {
			return "", fmt.Errorf("update golden file %s: %w", file, err)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("read golden file: %w", err)
	}
	return string(data), nil
}
