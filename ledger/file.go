package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A file is how a ledger is kept.
type file struct {
	Format  int     `json:"format"`
	Entries []Entry `json:"entries"`
}

const format = 1

// Read reads a ledger; a file that does not exist is an empty one. One that is damaged is an error that says where.
func Read(name string) (*Ledger, error) {
	l := &Ledger{}
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the ledger: %w", err)
	}
	entries, err := parse(text)
	if err != nil {
		return nil, fmt.Errorf("%s is no ledger: %w", name, err)
	}
	l.Record(entries...)
	return l, nil
}

func parse(text []byte) ([]Entry, error) {
	var f file
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return nil, fmt.Errorf("line %d: %w", lineAt(text, d.InputOffset()), err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("line %d: something follows its end", lineAt(text, d.InputOffset()))
	}
	if f.Format != format {
		return nil, fmt.Errorf("its format is %d, and this program knows %d", f.Format, format)
	}
	for i := range f.Entries {
		if err := f.Entries[i].Check(); err != nil {
			return nil, fmt.Errorf("/entries/%d: %w", i, err)
		}
	}
	return f.Entries, nil
}

func lineAt(text []byte, offset int64) int { return 1 + bytes.Count(text[:offset], []byte{'\n'}) }

// Write replaces the file, whole or not at all.
func (l *Ledger) Write(name string) error {
	text, err := json.MarshalIndent(file{format, l.Entries()}, "", " ")
	if err != nil {
		return fmt.Errorf("write the ledger: %w", err)
	}
	if err := replace(name, append(text, '\n')); err != nil {
		return fmt.Errorf("write the ledger: %w", err)
	}
	return nil
}

func replace(name string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
