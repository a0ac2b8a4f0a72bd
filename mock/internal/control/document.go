package control

import (
	_ "embed" // the document is part of the binary
)

//go:generate go run ../../../openapi/build/tojson

// The forms of the document: as it is written, the same as JSON, and what package openapi reads of it.
var (
	//go:embed openapi.yaml
	documentYAML string
	//go:embed openapi.json
	documentJSON string
	//go:embed parsed.json
	documentParsed string
)

// DocumentYAML is the control plane's OpenAPI document as it is written.
func DocumentYAML() string { return documentYAML }

// DocumentJSON is the same document as JSON.
func DocumentJSON() string { return documentJSON }
