package openapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// A Document is a parsed OpenAPI 3.0 document. It never changes and is safe for
// concurrent use.
type Document struct {
	operations []*Operation
	byID       map[string]*Operation
}

var load = sync.OnceValues(func() (*Document, error) { return Parse(JSON()) })

// Load returns the embedded document. It is parsed at the first call; every call
// returns the same document.
func Load() (*Document, error) { return load() }

// Parse reads an OpenAPI 3.0 document in JSON. References must lie within its
// components. It reports every offence that keeps the document from being used, at once.
func Parse(doc []byte) (*Document, error) {
	var raw rawDocument
	if err := json.Unmarshal(doc, &raw); err != nil {
		return nil, fmt.Errorf("parse the OpenAPI document: %w", err)
	}
	if !strings.HasPrefix(raw.OpenAPI, "3.0.") {
		return nil, fmt.Errorf("parse the OpenAPI document: version %q is not 3.0", raw.OpenAPI)
	}
	b := newBuilder(&raw)
	operations := b.operations()
	if err := errors.Join(b.errs...); err != nil {
		return nil, fmt.Errorf("parse the OpenAPI document: %w", err)
	}
	d := &Document{operations: operations, byID: make(map[string]*Operation, len(operations))}
	for _, o := range operations {
		d.byID[o.ID] = o
	}
	return d, nil
}

// Operations returns all operations, sorted by path, then method. The slice is the
// caller's, the operations are not.
func (d *Document) Operations() []*Operation { return slices.Clone(d.operations) }

// Operation returns the operation with the operationId.
func (d *Document) Operation(id string) (*Operation, bool) {
	o, ok := d.byID[id]
	return o, ok
}
