package assemble

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/tenantry/tenantry/openapi/reference"
)

// Extensions that the checks ask for.
const (
	undocumented = "x-undocumented" // an operation that clients use and the reference lacks
	noBody       = "x-no-body"      // a success without a body though its status allows one
)

// Check reads an OpenAPI document and returns every offence against the format,
// and against what we ask of each operation beyond it: an operationId, a tag, a
// summary, a body schema for each success, a default response, and an example of
// each JSON response that fits its schema. The document must hold the operations
// of the reference, and mark with x-undocumented those it holds beside them.
func Check(text []byte, ref *reference.Reference) error {
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		return fmt.Errorf("load document: %w", err)
	}
	all := membership(doc, ref)
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			for _, offence := range offences(op) {
				all = append(all, method+" "+path+": "+offence)
			}
		}
	}
	slices.Sort(all)
	errs := []error{doc.Validate(context.Background(), openapi3.EnableMultiError())}
	for _, offence := range all {
		errs = append(errs, errors.New(offence))
	}
	return errors.Join(errs...)
}

// membership compares the operations of the document with those of the reference.
func membership(doc *openapi3.T, ref *reference.Reference) []string {
	var all []string
	missing := map[string]bool{}
	for _, op := range ref.Operations {
		missing[op.Name()] = true
	}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			name := method + " " + path
			documented, marked := missing[name], op.Extensions[undocumented] == true
			switch {
			case documented && marked:
				all = append(all, name+": marked "+undocumented+", but the reference has it")
			case !documented && !marked:
				all = append(all, name+": not marked "+undocumented+", but the reference lacks it")
			}
			delete(missing, name)
		}
	}
	for name := range missing {
		all = append(all, name+": in the reference, but not in the document")
	}
	return all
}

// offences returns what an operation lacks.
func offences(op *openapi3.Operation) []string {
	var all []string
	for lack, is := range map[string]bool{
		"no operationId":      op.OperationID == "",
		"no tag":              len(op.Tags) == 0,
		"no summary":          op.Summary == "",
		"no default response": op.Responses.Default() == nil,
	} {
		if is {
			all = append(all, lack)
		}
	}
	for code, r := range op.Responses.Map() {
		for _, offence := range responseOffences(code, r.Value) {
			all = append(all, "response "+code+": "+offence)
		}
	}
	return all
}

func responseOffences(code string, r *openapi3.Response) []string {
	var all []string
	empty := r.Extensions[noBody] == true || code == "204"
	wanted := code == "default" || strings.HasPrefix(code, "2")
	switch {
	case wanted && !empty && len(r.Content) == 0:
		all = append(all, "no content, and not marked "+noBody)
	case empty && len(r.Content) > 0:
		all = append(all, "content where there should be none")
	}
	for media, content := range r.Content {
		if content.Schema == nil {
			all = append(all, media+" without a schema")
		}
		if media == "application/json" && content.Example == nil && len(content.Examples) == 0 {
			all = append(all, media+" without an example")
		}
	}
	return all
}
