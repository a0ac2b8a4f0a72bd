package openapi

import _ "embed" // the generated documents are part of the binary

// The documents that `go generate ./openapi` writes. They are strings so that no
// caller can change them for the others.
var (
	//go:embed reference.json
	referenceJSON string
	//go:embed account-management.json
	documentJSON string
	//go:embed account-management.yaml
	documentYAML string
)

// ReferenceJSON returns the facts of the vendor's reference as package
// openapi/reference encodes them. The caller owns the bytes.
func ReferenceJSON() []byte { return []byte(referenceJSON) }

// JSON returns the OpenAPI document without examples, compact and with sorted
// keys: the form that is parsed at start-up. The caller owns the bytes.
func JSON() []byte { return []byte(documentJSON) }

// YAML returns the OpenAPI document for people, with examples. The caller owns
// the bytes.
func YAML() []byte { return []byte(documentYAML) }
