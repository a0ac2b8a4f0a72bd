package assemble

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tenantry/tenantry/openapi/reference"
)

// The files in the folder of the document.
const (
	factsFile   = "reference.json"
	overlayFile = "overlay.yaml"
	yamlFile    = "account-management.yaml"
	jsonFile    = "account-management.json"
)

// Generate builds the document from the facts and the overlay in dir and writes
// both its forms there. Where [Build] finds offences it writes what there is and
// returns them.
func Generate(dir string) error {
	docs, err := load(dir)
	if docs.YAML == nil {
		return err
	}
	for name, text := range map[string][]byte{yamlFile: docs.YAML, jsonFile: docs.JSON} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return fmt.Errorf("write document: %w", err)
		}
	}
	return err
}

// Stale builds the document as Generate does, writes nothing, and returns the
// names of the files in dir that differ from it.
func Stale(dir string) ([]string, error) {
	docs, err := load(dir)
	if err != nil {
		return nil, err
	}
	var stale []string
	for _, f := range []struct {
		name string
		want []byte
	}{{yamlFile, docs.YAML}, {jsonFile, docs.JSON}} {
		got, err := os.ReadFile(filepath.Join(dir, f.name))
		if err != nil {
			return nil, fmt.Errorf("read document: %w", err)
		}
		if !bytes.Equal(got, f.want) {
			stale = append(stale, f.name)
		}
	}
	return stale, nil
}

// load builds the document from the files in dir.
func load(dir string) (Documents, error) {
	facts, err := os.ReadFile(filepath.Join(dir, factsFile))
	if err != nil {
		return Documents{}, fmt.Errorf("read facts: %w", err)
	}
	overlay, err := os.ReadFile(filepath.Join(dir, overlayFile))
	if err != nil {
		return Documents{}, fmt.Errorf("read overlay: %w", err)
	}
	return Build(facts, overlay)
}

// Import renews the facts in dir from the vendor's reference document.
func Import(dir, source string) error {
	text, err := os.ReadFile(source)
	if err != nil {
		return fmt.Errorf("read reference: %w", err)
	}
	ref, err := reference.Parse(bytes.NewReader(text))
	if err != nil {
		return fmt.Errorf("import %s: %w", source, err)
	}
	var buf bytes.Buffer
	if err := ref.Encode(&buf); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, factsFile), buf.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write facts: %w", err)
	}
	return nil
}
