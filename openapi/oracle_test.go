package openapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"pgregory.net/rapid"

	"github.com/tenantry/tenantry/openapi"
)

// The oracle is kin-openapi: on drawn schemas and values, and on every schema of the
// embedded document with values close to it, both must agree about what is valid.

var (
	drawnNames  = []string{"a", "b", "c", "d"}
	drawnTexts  = []string{"", "a", "b1", "éé", "true", "1", "12", "2020-02-29", "2020-02-29T10:00:00Z", "x y"}
	drawnNumber = []string{"0", "1", "-1", "2", "2.0", "1.5", "1e1", "12", "100", "9007199254740993", "2147483648"}
)

// drawSchema draws a Schema Object in the vocabulary that the package knows.
func drawSchema(t *rapid.T, depth int) map[string]any {
	if rapid.IntRange(0, 9).Draw(t, "any") == 0 {
		return map[string]any{}
	}
	return drawPart(t, depth)
}

// drawPart draws a schema that says something: kin-openapi takes a composition of empty
// schemas for an empty schema.
func drawPart(t *rapid.T, depth int) map[string]any {
	kinds := []string{"string", "integer", "number", "boolean"}
	if depth > 0 {
		kinds = append(kinds, "object", "object", "object", "array", "allOf", "anyOf", "oneOf", "not")
	}
	s := map[string]any{}
	if rapid.Bool().Draw(t, "nullable") {
		s["nullable"] = true
	}
	switch kind := rapid.SampledFrom(kinds).Draw(t, "kind"); kind {
	case "allOf", "anyOf", "oneOf":
		s[kind] = []any{drawPart(t, depth-1), drawPart(t, depth-1)}
	case "not":
		s[kind] = drawPart(t, depth-1)
	default:
		s["type"] = kind
		drawKeywords(t, s, kind, depth)
	}
	return s
}

func drawKeywords(t *rapid.T, s map[string]any, kind string, depth int) {
	maybe := func(keyword string, values ...any) {
		if rapid.Bool().Draw(t, keyword) {
			s[keyword] = rapid.SampledFrom(values).Draw(t, keyword+" value")
		}
	}
	switch kind {
	case "string":
		maybe("minLength", 1, 2)
		maybe("maxLength", 1, 2, 4)
		maybe("pattern", "^[a-z]", `\d`, "é")
		maybe("format", "date", "date-time", "uuid")
		maybe("enum", []any{"a", "true"}, []any{"12"})
	case "integer":
		maybe("minimum", 0, 1)
		maybe("maximum", 1, 10)
		maybe("format", "int32", "int64")
		maybe("enum", []any{1, 2}, []any{0})
	case "number":
		maybe("minimum", 0, 1.5)
		maybe("exclusiveMinimum", true, false)
		maybe("maximum", 1, 1.5)
		maybe("exclusiveMaximum", true)
	case "array":
		s["items"] = drawSchema(t, depth-1)
		maybe("minItems", 1, 2)
		maybe("maxItems", 1, 2)
		maybe("uniqueItems", true)
	case "object":
		drawMembers(t, s, depth)
		maybe("minProperties", 1)
		maybe("maxProperties", 2)
	}
}

func drawMembers(t *rapid.T, s map[string]any, depth int) {
	properties := map[string]any{}
	for _, name := range drawnNames[:rapid.IntRange(0, 3).Draw(t, "members")] {
		properties[name] = drawSchema(t, depth-1)
	}
	s["properties"] = properties
	if rapid.Bool().Draw(t, "required") {
		s["required"] = []any{rapid.SampledFrom(drawnNames).Draw(t, "required name")}
	}
	switch rapid.IntRange(0, 3).Draw(t, "additional") {
	case 0:
		s["additionalProperties"] = false
	case 1:
		s["additionalProperties"] = drawSchema(t, depth-1)
	}
}

// drawValue draws a value that often, though not always, is one that the schema wants.
func drawValue(t *rapid.T, s map[string]any, depth int) any {
	kind, _ := s["type"].(string)
	if kind == "" || rapid.IntRange(0, 9).Draw(t, "astray") == 0 {
		kind = rapid.SampledFrom([]string{"", "string", "number", "boolean", "array", "object"}).Draw(t, "value kind")
	}
	if depth == 0 && (kind == "array" || kind == "object") {
		kind = "string"
	}
	switch kind {
	case "string":
		return rapid.SampledFrom(drawnTexts).Draw(t, "text")
	case "integer", "number":
		return json.Number(rapid.SampledFrom(drawnNumber).Draw(t, "number"))
	case "boolean":
		return rapid.Bool().Draw(t, "boolean")
	case "array":
		items, _ := s["items"].(map[string]any)
		list := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "length") {
			list = append(list, drawValue(t, items, depth-1))
		}
		return list
	case "object":
		properties, _ := s["properties"].(map[string]any)
		m := map[string]any{}
		for _, name := range drawnNames {
			if rapid.Bool().Draw(t, name) {
				sub, _ := properties[name].(map[string]any)
				m[name] = drawValue(t, sub, depth-1)
			}
		}
		return m
	}
	return nil
}

// judge is an operation whose request and response body have the schema.
func judge(tb rapid.TB, schema any) *openapi.Operation {
	content := map[string]any{"application/json": map[string]any{"schema": schema}}
	doc, err := json.Marshal(map[string]any{
		"openapi": "3.0.3",
		"paths": map[string]any{"/": map[string]any{"put": map[string]any{
			"operationId": "judge",
			"requestBody": map[string]any{"required": true, "content": content},
			"responses":   map[string]any{"200": map[string]any{"content": content}},
		}}},
	})
	if err != nil {
		tb.Fatalf("encode the document: %v", err)
	}
	d, err := openapi.Parse(doc)
	if err != nil {
		tb.Fatalf("Parse(%s) = %v", doc, err)
	}
	o, _ := d.Operation("judge")
	return o
}

func oracle(tb rapid.TB, schema any) *openapi3.Schema {
	b, err := json.Marshal(schema)
	if err != nil {
		tb.Fatalf("encode the schema: %v", err)
	}
	s := openapi3.NewSchema()
	if err := s.UnmarshalJSON(b); err != nil {
		tb.Fatalf("kin-openapi refuses %s: %v", b, err)
	}
	return s
}

// floats decodes as kin-openapi likes it: for it 2 and 2.0 are equal only as float64.
func floats(tb rapid.TB, text []byte) any {
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		tb.Fatalf("decode %s: %v", text, err)
	}
	return v
}

func refused(findings []openapi.Finding) bool {
	return slices.ContainsFunc(findings, func(f openapi.Finding) bool { return f.Severity == openapi.Violation })
}

func TestVerdictsOnResponsesAgreeWithKin(t *testing.T) {
	t.Parallel()
	header := http.Header{"Content-Type": {"application/json"}}
	rapid.Check(t, func(t *rapid.T) {
		schema := drawSchema(t, 3)
		value := drawValue(t, schema, 4)
		body, _ := json.Marshal(value)
		got := judge(t, schema).CheckResponse(200, header, body)
		want := oracle(t, schema).VisitJSON(floats(t, body))
		if refused(got) != (want != nil) {
			t.Fatalf("CheckResponse(%s) = %v, kin says %v, schema %v", body, lines(got), want, schema)
		}
	})
}

func TestVerdictsOnRequestsAgreeWithKinOnceIronedOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		schema := drawSchema(t, 3)
		value := drawValue(t, schema, 4)
		body, _ := json.Marshal(value)
		request := &openapi.Request{ContentType: "application/json", Body: body}
		got := judge(t, schema).CheckRequest(request, openapi.Enforce)
		kin := oracle(t, schema)
		if want := kin.VisitJSON(floats(t, body)); want == nil && refused(got.Findings) {
			t.Fatalf("CheckRequest(%s) = %v, kin accepts it, schema %v", body, lines(got.Findings), schema)
		}
		if refused(got.Findings) {
			return
		}
		if err := kin.VisitJSON(floats(t, got.Body)); err != nil {
			t.Fatalf("CheckRequest(%s) binds %s, which kin refuses: %v, schema %v", body, got.Body, err, schema)
		}
	})
}

func ExampleOperation_CheckRequest() {
	d, err := openapi.Parse(small)
	if err != nil {
		fmt.Println(err)
		return
	}
	o, _ := d.Operation("createUser")
	checked := o.CheckRequest(&openapi.Request{
		ContentType: "application/json",
		Body:        []byte(`{"login":"ada","contact":{"email":"nobody"}}`),
	}, openapi.Enforce)
	for _, f := range checked.Findings {
		fmt.Println(f)
	}
	// Output:
	// body /contact/email must match the pattern ^$|\S+@\S+
	// body /tenant_id is required
}
