// Command tojson writes the JSON forms of an OpenAPI document that is written by hand in YAML. It is run by go generate
// in the folder of the document.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/tenantry/tenantry/openapi/build/convert"
)

func main() {
	from := flag.String("from", "openapi.yaml", "the document")
	full := flag.String("full", "openapi.json", "file for the whole document")
	parsed := flag.String("parsed", "parsed.json", "file for what package openapi reads")
	flag.Parse()
	if err := run(*from, *full, *parsed); err != nil {
		fmt.Fprintln(os.Stderr, "tojson:", err)
		os.Exit(1)
	}
}

func run(from, full, parsed string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return fmt.Errorf("read the document: %w", err)
	}
	docs, err := convert.JSON(text)
	if err != nil {
		return err
	}
	if err := os.WriteFile(full, docs.Full, 0o644); err != nil {
		return fmt.Errorf("write the document: %w", err)
	}
	if err := os.WriteFile(parsed, docs.Parsed, 0o644); err != nil {
		return fmt.Errorf("write what is parsed of the document: %w", err)
	}
	return nil
}
