package main

import (
	"io"
	"os"

	"github.com/spf13/cobra"
)

// open returns the named file, or standard input for "-".
func open(cmd *cobra.Command, name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(cmd.InOrStdin()), nil
	}
	return os.Open(name)
}

// readFile is the text of the named file, or standard input for "-".
func readFile(cmd *cobra.Command, name string) ([]byte, error) {
	file, err := open(cmd, name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return io.ReadAll(file)
}
