package reference

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Encode writes the reference as indented JSON. Equal references give equal
// bytes, and Decode gives back an equal reference.
func (r *Reference) Encode(w io.Writer) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false) // patterns are meant to be read
	enc.SetIndent("", "  ")
	if err := enc.Encode(r); err != nil {
		return fmt.Errorf("encode reference: %w", err)
	}
	if _, err := w.Write(buf.Bytes()); err != nil {
		return fmt.Errorf("write reference: %w", err)
	}
	return nil
}

// Decode reads what Encode wrote. It refuses members that it does not know and
// anything after the value.
func Decode(r io.Reader) (*Reference, error) {
	dec := json.NewDecoder(r)
	dec.DisallowUnknownFields()
	var ref Reference
	if err := dec.Decode(&ref); err != nil {
		return nil, fmt.Errorf("decode reference: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("decode reference: more follows after the value")
	}
	return &ref, nil
}
