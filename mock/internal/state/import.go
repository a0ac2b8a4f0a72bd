package state

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Import reads what Export wrote, whole or not at all. An unknown table or member, two rows with one key and a row that
// refers to a row that is not there are errors that name the row.
func Import(from io.Reader) (Snapshot, error) {
	d := json.NewDecoder(from)
	in := importing{json: d, into: emptySnapshot()}
	in.tables = in.into.byName()
	if err := in.document(); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			err = fmt.Errorf("the text ends too early, after %d bytes: %w", d.InputOffset(), err)
		}
		return Snapshot{}, fmt.Errorf("read the state: %w", err)
	}
	if err := in.into.check(); err != nil {
		return Snapshot{}, fmt.Errorf("read the state: %w", err)
	}
	return Snapshot{in.into}, nil
}

type importing struct {
	json   *json.Decoder
	into   *snapshot
	tables map[string]anyTable
	format string
}

func (in *importing) document() error {
	if err := in.members(in.member); err != nil {
		return err
	}
	if in.format != exportFormat {
		return fmt.Errorf("its format is %q, not %q", in.format, exportFormat)
	}
	if _, err := in.json.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is something after its end")
	}
	return nil
}

func (in *importing) member(name string) error {
	switch name {
	case "format":
		return in.json.Decode(&in.format)
	case "seq":
		return in.json.Decode(&in.into.seq)
	case "tables":
		return in.members(in.table)
	}
	return fmt.Errorf("member %q is not known; there are format, seq and tables", name)
}

func (in *importing) table(name string) error {
	t, ok := in.tables[name]
	if !ok {
		names := make([]string, 0, len(in.tables))
		for known := range in.tables {
			names = append(names, known)
		}
		slices.Sort(names)
		return fmt.Errorf("table %q is not known; there are %s", name, strings.Join(names, ", "))
	}
	if err := in.delim('['); err != nil {
		return fmt.Errorf("table %q: %w", name, err)
	}
	for n := 0; in.json.More(); n++ {
		var row json.RawMessage
		if err := in.json.Decode(&row); err != nil {
			return fmt.Errorf("table %q, row %d: %w", name, n, err)
		}
		if err := t.add(row); err != nil {
			return fmt.Errorf("table %q, row %d: %w", name, n, err)
		}
	}
	return in.delim(']')
}

// members walks an object.
func (in *importing) members(each func(string) error) error {
	if err := in.delim('{'); err != nil {
		return err
	}
	for in.json.More() {
		name, err := in.json.Token()
		if err != nil {
			return err
		}
		if err := each(fmt.Sprint(name)); err != nil {
			return err
		}
	}
	return in.delim('}')
}

func (in *importing) delim(want json.Delim) error {
	got, err := in.json.Token()
	if err != nil {
		return err
	}
	if got != want {
		return fmt.Errorf("found %v where %v should be", got, want)
	}
	return nil
}
