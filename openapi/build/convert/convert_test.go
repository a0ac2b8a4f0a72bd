package convert_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/openapi/build/convert"
)

const text = `
components:
  schemas:
    Thing:
      description: gone
      properties: &members
        description: {type: string, example: gone}
        example: {type: integer}
    Other:
      properties: {<<: *members}
paths:
  /things:
    put:
      requestBody:
        required: true
        content:
          application/json: {schema: {type: object}}
          application/yaml: {schema: {type: string}}
`

func TestTheFullFormHoldsEverything(t *testing.T) {
	t.Parallel()
	docs, err := convert.JSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"components":{"schemas":{` +
		`"Other":{"properties":{"description":{"example":"gone","type":"string"},"example":{"type":"integer"}}},` +
		`"Thing":{"description":"gone","properties":{"description":{"example":"gone","type":"string"},"example":{"type":"integer"}}}}},` +
		`"paths":{"/things":{"put":{"requestBody":{"content":{"application/json":{"schema":{"type":"object"}},` +
		`"application/yaml":{"schema":{"type":"string"}}},"required":true}}}}}` + "\n"
	if diff := cmp.Diff(want, string(docs.Full)); diff != "" {
		t.Errorf("the full form (-want +got):\n%s", diff)
	}
}

func TestTheParsedFormKeepsPropertiesThatAreNamedLikeProse(t *testing.T) {
	t.Parallel()
	docs, err := convert.JSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"components":{"schemas":{` +
		`"Other":{"properties":{"description":{"type":"string"},"example":{"type":"integer"}}},` +
		`"Thing":{"properties":{"description":{"type":"string"},"example":{"type":"integer"}}}}},` +
		`"paths":{"/things":{"put":{"requestBody":{"content":{"application/json":{"schema":{"type":"object"}}},"required":true}}}}}` + "\n"
	if diff := cmp.Diff(want, string(docs.Parsed)); diff != "" {
		t.Errorf("the parsed form (-want +got):\n%s", diff)
	}
}

func TestWhatIsNoYAMLIsAnError(t *testing.T) {
	t.Parallel()
	if _, err := convert.JSON([]byte("a: [")); err == nil {
		t.Error("a broken document was converted")
	}
}
