package openapi_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/openapi"
)

// Corners of schemas that the documents of the other tests do not turn.
func TestSchemas(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		schema, body string
		want         []string
	}{
		"numbers of an enumeration compare by value": {`{"type":"number","enum":[1,2]}`, `1.0`, nil},
		"texts are no numbers":                       {`{"enum":[1,2]}`, `"1"`, []string{"violation: body must be one of 1, 2"}},
		"lists may be enumerated":                    {`{"enum":[["a"],{"b":1}]}`, `["a"]`, nil},
		"a list is not its text":                     {`{"enum":[["a"]]}`, `"[\"a\"]"`, []string{`violation: body must be one of ["a"]`}},
		"equal objects are items twice":              {`{"type":"array","uniqueItems":true}`, `[{"a":1,"b":2},{"b":2,"a":1}]`, []string{"violation: body must not hold an item twice"}},
		"null may be left to the parts":              {`{"oneOf":[{"type":"string","nullable":true},{"type":"boolean"}]}`, `null`, nil},
		"and be refused by all of them":              {`{"oneOf":[{"type":"string"},{"type":"boolean"}]}`, `null`, []string{"violation: body must be a string or a boolean, not null"}},
		"of parts without a type as well":            {`{"anyOf":[{"enum":[1]},{"enum":[2]}]}`, `null`, []string{"violation: body must not be null"}},
		"more than one form":                         {`{"oneOf":[{"type":"number"},{"type":"integer"}]}`, `1`, []string{"violation: body matches more than one of the allowed forms"}},
		"the form that is broken least is explained": {
			`{"anyOf":[{"type":"object","additionalProperties":false},{"type":"object","required":["a"],"properties":{"a":{"type":"string"},"b":{}}}]}`,
			`{"b":1,"a":2}`,
			[]string{"violation: body /a must be a string, not a number"},
		},
		"an excluded form":              {`{"not":{"type":"string"}}`, `"x"`, []string{"violation: body is of a form that is excluded"}},
		"parts share their members":     {`{"allOf":[{"type":"object","properties":{"a":{}}},{"properties":{"b":{}}}]}`, `{"a":1,"b":2,"c":3}`, []string{"note: body /c is not documented"}},
		"other members may be welcome":  {`{"type":"object","properties":{"a":{}},"additionalProperties":true}`, `{"b":2}`, nil},
		"an integer of 32 bits":         {`{"type":"integer","format":"int32"}`, `2147483648`, []string{"violation: body does not fit into 32 bits"}},
		"less than an excluded maximum": {`{"type":"number","maximum":1,"exclusiveMaximum":true}`, `1`, []string{"violation: body must be less than 1"}},
		"a whole number, shifted left":  {`{"type":"integer"}`, `1.20e1`, []string{"deviation: body is an integer written with a fraction or an exponent"}},
		"a whole number, shifted right": {`{"type":"integer"}`, `-1200e-2`, []string{"deviation: body is an integer written with a fraction or an exponent"}},
		"zero in any disguise":          {`{"type":"integer"}`, `0.000e5`, []string{"deviation: body is an integer written with a fraction or an exponent"}},
		"a fraction in disguise":        {`{"type":"integer"}`, `12e-1`, []string{"violation: body must be an integer"}},
		"an exponent out of all bounds": {`{"type":"integer"}`, `1e-999999999`, []string{"violation: body must be an integer"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := judge(t, json.RawMessage(tt.schema)).CheckResponse(200, jsonHeader, []byte(tt.body))
			if diff := cmp.Diff(tt.want, lines(got)); diff != "" {
				t.Errorf("CheckResponse (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatSuitsOnePartMayBreakAnother(t *testing.T) {
	t.Parallel()
	o := judge(t, json.RawMessage(`{"allOf":[{"enum":["1"]},{"type":"integer"}]}`))
	got := o.CheckRequest(&openapi.Request{ContentType: "application/json", Body: []byte(`"1"`)}, openapi.Enforce)
	want := []string{
		`violation: body must be one of "1"`,
		"deviation: body should be an integer and was read from a string",
	}
	if diff := cmp.Diff(want, lines(got.Findings)); diff != "" {
		t.Errorf("Findings (-want +got):\n%s", diff)
	}
}

func TestParametersOfAnOperationOverrideThoseOfItsPath(t *testing.T) {
	t.Parallel()
	d := parse(t, []byte(`{"openapi":"3.0.3","paths":{"/a":{
		"parameters":[{"name":"q","in":"query","required":true,"schema":{"type":"integer"}},{"name":"s","in":"query"}],
		"get":{"operationId":"get","responses":{"200":{}},
			"parameters":[{"name":"q","in":"query","schema":{"type":"integer","enum":[1,2],"default":2}}]}}}}`))
	want := []*openapi.Param{
		{Name: "q", In: "query", Type: "integer", Default: int64(2), Enum: []any{int64(1), int64(2)}},
		{Name: "s", In: "query", Type: "string"},
	}
	got := operation(t, d, "get")
	if diff := cmp.Diff(want, got.Params, ignoreUnexported); diff != "" {
		t.Errorf("Params (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{""}, got.Bases); diff != "" {
		t.Errorf("Bases without any server (-want +got):\n%s", diff)
	}
}
