package arazzo_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/arazzo"
	"github.com/tenantry/tenantry/contracttest/value"
)

func TestInputsAreCheckedBySchema(t *testing.T) {
	t.Parallel()
	const inputs = `inputs:
  type: object
  required: [name]
  additionalProperties: false
  properties:
    name: {type: string, pattern: '^[a-z]+$', minLength: 2, maxLength: 4}
    size: {type: integer, minimum: 1, maximum: 10}
    kind: {enum: [a, b]}
    list: {type: array, maxItems: 1, items: {type: [boolean, 'null']}}
    fixed: {const: 3}`
	doc, err := arazzo.Read("f", []byte(flow("", inputs)), operations(t))
	if err != nil {
		t.Fatal(err)
	}
	s := doc.Workflows[0].Inputs
	for given, want := range map[string]string{
		`{"name":"abc","size":3,"kind":"a","list":[null],"fixed":3.0}`: "",
		`{}`:                              "/name is missing",
		`{"name":3}`:                      "/name must be a string, not a number",
		`{"name":"A"}`:                    "/name must have 2 characters or more; /name must match the pattern ^[a-z]+$",
		`{"name":"abcde"}`:                "/name must have 4 characters or fewer",
		`{"name":"ab","size":1.5}`:        "/size must be an integer, not a number",
		`{"name":"ab","size":0}`:          "/size must be 1 or more",
		`{"name":"ab","size":11}`:         "/size must be 10 or less",
		`{"name":"ab","kind":"c"}`:        "/kind must be one of 'a', 'b'",
		`{"name":"ab","list":[1,true]}`:   "/list must have 1 elements or fewer; /list/0 must be a boolean, not a number",
		`{"name":"ab","fixed":4}`:         "/fixed must be 3",
		`{"name":"ab","nam":4}`:           `/nam is not declared; did you mean "name"?`,
		`[]`:                              "must be an object, not a list",
		`{"name":"ab","size":1e400}`:      "/size must be an integer, not a number",
		`{"name":"ab","list":[false]}`:    "",
		`{"name":"ab","kind":null}`:       "",
		`{"name":null}`:                   "/name must be a string, not null",
		`{"name":"ab","fixed":"3"}`:       "/fixed must be 3",
		`{"name":"ab","list":{"a":true}}`: "/list must be an array, not an object",
	} {
		v, err := value.Decode([]byte(given))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, strings.Join(s.Check(v), "; ")); diff != "" {
			t.Errorf("Check(%s) (-want +got):\n%s", given, diff)
		}
	}
}

func TestTextsAreReadAsTheTypeOfTheInput(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]string{"integer": `3`, "string": `"3"`, "boolean": `"3"`, "array": `3`} {
		got := (&arazzo.Schema{Type: kind}).Typed("3")
		if diff := cmp.Diff(want, string(value.Encode(got))); diff != "" {
			t.Errorf("Typed as %s (-want +got):\n%s", kind, diff)
		}
	}
}
