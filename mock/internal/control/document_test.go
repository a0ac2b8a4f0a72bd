package control_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/control"
	"github.com/tenantry/tenantry/openapi/build/convert"
)

func TestTheJSONFormsAreMadeOfTheDocument(t *testing.T) {
	t.Parallel()
	docs, err := convert.JSON([]byte(control.DocumentYAML()))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]byte{"openapi.json": docs.Full, "parsed.json": docs.Parsed} {
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is out of date: run go generate ./mock/internal/control", name)
		}
	}
}

// Examples are held to their schemas, too.
func TestTheDocumentIsValid(t *testing.T) {
	t.Parallel()
	doc, err := openapi3.NewLoader().LoadFromData([]byte(control.DocumentJSON()))
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Error(err)
	}
	for path, item := range doc.Paths.Map() {
		for method, o := range item.Operations() {
			if o.Summary == "" || len(o.Tags) != 1 || o.Responses.Default() == nil {
				t.Errorf("%s %s needs a summary, one tag and a default response", method, path)
			}
		}
	}
	for name, s := range doc.Components.Schemas {
		if s.Value.Description == "" && s.Value.Example == nil && s.Value.Properties == nil {
			t.Errorf("schema %s says nothing", name)
		}
	}
}

func TestTheDocumentIsServedInBothForms(t *testing.T) {
	t.Parallel()
	p := start(t)
	if got := p.do(t, "GET", "/openapi.yaml", nil).want(200); string(got.Body) != control.DocumentYAML() {
		t.Errorf("the YAML differs from the document:\n%s", cmp.Diff(control.DocumentYAML(), string(got.Body)))
	}
	got := p.do(t, "GET", "/openapi.json", nil).want(200)
	var want any
	if err := json.Unmarshal([]byte(control.DocumentJSON()), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, any(got.object())); diff != "" {
		t.Errorf("the JSON differs from the document:\n%s", diff)
	}
}
