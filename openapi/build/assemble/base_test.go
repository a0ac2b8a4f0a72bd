package assemble_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/tenantry/tenantry/openapi/build/assemble"
	"github.com/tenantry/tenantry/openapi/reference"
)

// base returns the base document of a reference as plain values.
func base(tb testing.TB, ref *reference.Reference) map[string]any {
	tb.Helper()
	root, err := assemble.Base(ref)
	if err != nil {
		tb.Fatalf("Base: %v", err)
	}
	var doc map[string]any
	if err := root.Decode(&doc); err != nil {
		tb.Fatal(err)
	}
	return doc
}

// at walks down a document and returns what it finds as YAML.
func at(tb testing.TB, doc any, path ...string) string {
	tb.Helper()
	for _, key := range path {
		m, ok := doc.(map[string]any)
		if !ok || m[key] == nil {
			tb.Fatalf("the document has nothing at %q of %q", key, path)
		}
		doc = m[key]
	}
	text, err := yaml.Marshal(doc)
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

// published decodes the facts of the vendor's reference.
func published(tb testing.TB) *reference.Reference {
	tb.Helper()
	ref, err := reference.Decode(bytes.NewReader(read(tb, "../../reference.json")))
	if err != nil {
		tb.Fatal(err)
	}
	return ref
}

func TestBaseRestatesThePublishedFacts(t *testing.T) {
	t.Parallel()
	doc := base(t, published(t))
	for name, tt := range map[string]struct {
		path []string
		want string
	}{
		"the base path is the server":         {[]string{"servers"}, "- url: /api/2\n"},
		"type any is nullable without type":   {[]string{"paths", "/infra", "post", "requestBody", "content", "application/json", "schema", "properties", "backend_type"}, "nullable: true\n"},
		"a body may have no documented field": {[]string{"paths", "/tenants/{tenant_id}/brand", "put", "requestBody", "content"}, "application/json:\n    schema:\n        type: object\n"},
		"an image is binary":                  {[]string{"paths", "/tenants/{tenant_id}/brand/logo", "post", "requestBody", "content"}, "image/png:\n    schema:\n        format: binary\n        type: string\n"},
		"a form is an object":                 {[]string{"paths", "/idp/introspect_token", "post", "requestBody", "content"}, "application/x-www-form-urlencoded:\n    schema:\n        properties:\n            token:\n                type: string\n        type: object\n"},
		"an array has the facts of its items": {[]string{"paths", "/users", "post", "requestBody", "content", "application/json", "schema", "properties", "business_types"}, "items:\n    enum:\n        - buyer\n    type: string\ntype: array\n"},
		"no authorization is an empty list":   {[]string{"paths", "/idp/token", "post", "security"}, "[]\n"},
		"each scope and method is an alternative": {
			[]string{"paths", "/tenants/{tenant_id}/brand", "delete", "security"},
			"- oauth2:\n    - urn:acronis.com::account-server::root_admin\n- oauth2:\n    - urn:acronis.com::account-server::partner_admin\n- basic: []\n- cookie: []\n",
		},
		"allowed integers and defaults have their type": {
			[]string{"paths", "/tenants/{tenant_id}/brand", "get", "parameters"},
			"- in: path\n  name: tenant_id\n  required: true\n  schema:\n    type: string\n- in: query\n  name: effective\n  schema:\n    default: 0\n    type: integer\n",
		},
		"statuses get our own words": {
			[]string{"paths", "/users/check_login", "get", "responses"},
			"\"204\":\n    description: no content\n\"401\":\n    description: unauthorized\n\"406\":\n    description: not acceptable\n\"409\":\n    description: conflict\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, at(t, doc, tt.path...)); diff != "" {
				t.Errorf("Base: %s (-want +got):\n%s", strings.Join(tt.path, " "), diff)
			}
		})
	}
}

func TestBaseLeavesAuthorizationHeadersToSecurity(t *testing.T) {
	t.Parallel()
	doc := base(t, published(t))
	if got := at(t, doc, "paths"); strings.Contains(got, "name: Authorization") {
		t.Error("Base: a parameter is named Authorization")
	}
}

// Other readers compile patterns with the flag u, under which an escape without need is an error.
func TestBaseDropsTheEscapesThatAPatternDoesNotNeed(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string]string{
		`\d{2}\:\d{2}`:     `\d{2}:\d{2}`,
		`[\+\-]\/\.`:       `[\+\-]\/\.`,
		`\-[\]\-\_]\-\\\:`: `-[\]\-_]-\\:`,
		`[^\s\:]\@x`:       `[^\s:]@x`,
	} {
		ref := &reference.Reference{Operations: []reference.Operation{{
			Method: "GET", Path: "/x", Parameters: []reference.Parameter{
				{Name: "p", Place: reference.InQuery, Facts: reference.Facts{Type: reference.String, Pattern: &pattern}},
			},
		}}}
		var got []struct{ Schema struct{ Pattern string } }
		if err := yaml.Unmarshal([]byte(at(t, base(t, ref), "paths", "/x", "get", "parameters")), &got); err != nil {
			t.Fatal(err)
		}
		if len(got) != 1 || got[0].Schema.Pattern != want {
			t.Errorf("Base: pattern %s became %v, want %s", pattern, got, want)
		}
	}
}

func TestBaseRefuses(t *testing.T) {
	t.Parallel()
	withField := func(f reference.Facts) *reference.Reference {
		return &reference.Reference{BasePath: "/v1", Operations: []reference.Operation{{
			Method: "POST", Path: "/x", Statuses: []int{200},
			Body: &reference.Body{MediaType: "application/json", Fields: []reference.Field{{Name: "f", Facts: f}}},
		}}}
	}
	for name, tt := range map[string]struct {
		ref  *reference.Reference
		want string
	}{
		"a pattern that Go cannot compile": {withField(reference.Facts{Type: reference.String, Pattern: new("(?<=a)b")}), `POST /x: body field "f": compile pattern`},
		"an allowed value of another type": {withField(reference.Facts{Type: reference.Integer, Allowed: []string{"one"}}), `POST /x: body field "f": allowed value`},
		"a default of another type":        {withField(reference.Facts{Type: reference.Boolean, Default: new("maybe")}), `POST /x: body field "f": default`},
		"an array without items":           {withField(reference.Facts{Type: reference.Array}), "an array without a fact about its items"},
		"a type it does not know":          {withField(reference.Facts{Type: "Tree"}), `unknown type "Tree"`},
		"a parameter of an unknown type": {&reference.Reference{Operations: []reference.Operation{{
			Method: "GET", Path: "/x", Parameters: []reference.Parameter{{Name: "p", Place: reference.InQuery}},
		}}}, `GET /x: query parameter "p": unknown type ""`},
		"fields of a body that is no object": {&reference.Reference{Operations: []reference.Operation{{
			Method: "GET", Path: "/x", Body: &reference.Body{MediaType: "image/png"},
		}}}, "GET /x: a body of type image/png has fields"},
		"a grant it does not know": {&reference.Reference{
			OAuth:   reference.OAuth{Grants: []string{"carrier_pigeon"}},
			Schemes: []reference.Scheme{{Auth: reference.OAuth2}},
		}, `grant "carrier_pigeon" has no OpenAPI flow`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := assemble.Base(tt.ref)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Base: got error %v, want one with %q", err, tt.want)
			}
		})
	}
}
