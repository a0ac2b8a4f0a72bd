package scenarios

import (
	"embed"
	"io/fs"
)

//go:embed *.yaml
var files embed.FS

// FS returns the scenario files. They stand side by side, without folders.
func FS() fs.FS { return files }

// Names returns the file names of the scenarios, sorted. The caller owns the slice.
func Names() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic("scenarios: the embedded folder cannot be read: " + err.Error()) // it is part of the binary
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
