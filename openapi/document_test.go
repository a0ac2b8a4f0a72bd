package openapi_test

import (
	_ "embed"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tenantry/tenantry/openapi"
)

// small is a document with every feature that the runtime reads.
//
//go:embed testdata/small.json
var small []byte

var ignoreUnexported = cmpopts.IgnoreUnexported(openapi.Operation{}, openapi.Param{})

func parse(tb testing.TB, doc []byte) *openapi.Document {
	tb.Helper()
	d, err := openapi.Parse(doc)
	if err != nil {
		tb.Fatalf("Parse = %v", err)
	}
	return d
}

func operation(tb testing.TB, d *openapi.Document, id string) *openapi.Operation {
	tb.Helper()
	o, ok := d.Operation(id)
	if !ok {
		tb.Fatalf("Operation(%q) is missing", id)
	}
	return o
}

func TestOperationsAreSortedByPathThenMethod(t *testing.T) {
	t.Parallel()
	var got []string
	for _, o := range parse(t, small).Operations() {
		got = append(got, o.Method+" "+o.Path+" "+o.ID)
	}
	want := []string{
		"GET /.well-known/openid-configuration getDiscovery",
		"POST /idp/token issueToken",
		"GET /users listUsers",
		"POST /users createUser",
		"DELETE /users/{user_id} deleteUser",
		"PUT /users/{user_id} updateUser",
		"POST /users/{user_id}/logo uploadLogo",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Operations (-want +got):\n%s", diff)
	}
}

func TestAnOperationTellsWhatTheDocumentSays(t *testing.T) {
	t.Parallel()
	got := operation(t, parse(t, small), "listUsers")
	want := &openapi.Operation{
		ID: "listUsers", Method: "GET", Path: "/users", Bases: []string{"/api/2"},
		Tags: []string{"users"}, Summary: "List users", Source: "wire",
		Params: []*openapi.Param{
			{Name: "uuids", In: "query", Type: "string"},
			{Name: "limit", In: "query", Type: "integer", Default: int64(2000)},
			{Name: "allow_deleted", In: "query", Type: "boolean", Default: false},
			{Name: "lod", In: "query", Type: "string", Default: "full", Enum: []any{"stamps", "basic", "full"}},
			{Name: "kinds", In: "query", Type: "array"},
			{Name: "share", In: "query", Type: "number"},
			{Name: "X-Trace", In: "header", Type: "integer"},
		},
		Success: 200, Statuses: []int{200, 401},
		Security: openapi.Security{Bearer: true, Basic: true, Cookie: true, Scopes: []string{"admin", "viewer"}},
	}
	if diff := cmp.Diff(want, got, ignoreUnexported); diff != "" {
		t.Errorf("listUsers (-want +got):\n%s", diff)
	}
}

func TestOperationsInherit(t *testing.T) {
	t.Parallel()
	d := parse(t, small)

	t.Run("servers of their path item, one base each", func(t *testing.T) {
		t.Parallel()
		got := operation(t, d, "getDiscovery").Bases
		if diff := cmp.Diff([]string{"", "/api/2"}, got); diff != "" {
			t.Errorf("Bases (-want +got):\n%s", diff)
		}
	})
	t.Run("parameters of their path item and from components", func(t *testing.T) {
		t.Parallel()
		var got []string
		for _, p := range operation(t, d, "deleteUser").Params {
			got = append(got, p.In+" "+p.Name)
		}
		if diff := cmp.Diff([]string{"path user_id", "query version"}, got); diff != "" {
			t.Errorf("Params (-want +got):\n%s", diff)
		}
	})
	t.Run("no security where the document has none", func(t *testing.T) {
		t.Parallel()
		if got := operation(t, d, "getDiscovery").Security; !got.Public {
			t.Errorf("Security = %+v, want public", got)
		}
	})
}

func TestCredentialHeadersAreNoParameters(t *testing.T) {
	t.Parallel()
	o := operation(t, parse(t, small), "uploadLogo")
	if len(o.Params) != 1 || o.Params[0].Name != "Content-Length" {
		t.Errorf("Params = %v, want Content-Length alone", o.Params)
	}
	if !o.Security.Public {
		t.Errorf("Security = %+v, want public for an empty list", o.Security)
	}
}

func TestBodiesAndSuccess(t *testing.T) {
	t.Parallel()
	d := parse(t, small)
	type summary struct {
		Body    *openapi.Body
		Success int
		NoBody  bool
	}
	for id, want := range map[string]summary{
		"deleteUser":   {nil, 204, true},
		"getDiscovery": {nil, 302, true},
		"updateUser":   {&openapi.Body{MediaType: "application/json"}, 200, true},
		"uploadLogo":   {&openapi.Body{MediaType: "image/png", Required: true}, 201, false},
		"issueToken": {&openapi.Body{
			MediaType: "application/x-www-form-urlencoded", Required: true,
			Members: []string{"code_verifier", "grant_type", "nri", "scope"},
		}, 200, false},
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			o := operation(t, d, id)
			if diff := cmp.Diff(want, summary{o.Body, o.Success, o.NoBody}); diff != "" {
				t.Errorf("%s (-want +got):\n%s", id, diff)
			}
		})
	}
}

func TestFlatErrorsAreThoseOfTheOAuthSchema(t *testing.T) {
	t.Parallel()
	o := operation(t, parse(t, small), "issueToken")
	if !o.Undocumented {
		t.Error("Undocumented = false, want true")
	}
	for status, want := range map[int]bool{400: true, 401: false, 200: false, 302: false} {
		if got := o.FlatError(status); got != want {
			t.Errorf("FlatError(%d) = %v, want %v", status, got, want)
		}
	}
}

func TestParseRefusesADocumentThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	const ok = `"responses":{"200":{"description":"x"}}`
	for name, tt := range map[string]struct{ paths, components, want string }{
		"an operation without an id": {`{"/a":{"get":{` + ok + `}}}`, `{}`, "GET /a: operationId is missing"},
		"two operations with one id": {
			`{"/a":{"get":{"operationId":"x",` + ok + `},"put":{"operationId":"x",` + ok + `}}}`, `{}`,
			"PUT /a: operationId x is also that of GET /a",
		},
		"no success status": {`{"/a":{"get":{"operationId":"x","responses":{"400":{}}}}}`, `{}`, "no success status"},
		"a scheme that is not declared": {
			`{"/a":{"get":{"operationId":"x","security":[{"magic":[]}],` + ok + `}}}`, `{}`, `"magic" is not declared`,
		},
		"a scheme of an unknown kind": {
			`{"/a":{"get":{"operationId":"x","security":[{"magic":[]}],` + ok + `}}}`,
			`{"securitySchemes":{"magic":{"type":"spell"}}}`, `"magic" is of no known kind`,
		},
		"a reference to nowhere": {
			`{"/a":{"get":{"operationId":"x","responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/No"}}}}}}}}`,
			`{}`, `"#/components/schemas/No" leads nowhere`,
		},
		"a response from nowhere": {
			`{"/a":{"get":{"operationId":"x","responses":{"200":{"$ref":"#/components/responses/No"}}}}}`, `{}`, "leads nowhere",
		},
		"a parameter from nowhere": {
			`{"/a":{"get":{"operationId":"x","parameters":[{"$ref":"#/components/parameters/No"}],` + ok + `}}}`, `{}`, "leads nowhere",
		},
		"a body of two media types": {
			`{"/a":{"put":{"operationId":"x","requestBody":{"content":{"a/b":{},"c/d":{}}},` + ok + `}}}`, `{}`, "2 media types",
		},
		"a pattern that does not compile": {
			`{"/a":{"get":{"operationId":"x","parameters":[{"name":"q","in":"query","schema":{"type":"string","pattern":"(?=x)"}}],` + ok + `}}}`, `{}`,
			"parameter q: pattern",
		},
		"a schema that is part of itself": {
			`{"/a":{"get":{"operationId":"x","responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}}}}}}`,
			`{"schemas":{"A":{"allOf":[{"anyOf":[{"$ref":"#/components/schemas/A"}]}]}}}`, "composed of itself",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := openapi.Parse([]byte(`{"openapi":"3.0.3","paths":` + tt.paths + `,"components":` + tt.components + `}`))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Parse = %v, want an error with %q", err, tt.want)
			}
		})
	}
}

func TestParseRefusesWhatIsNoDocument(t *testing.T) {
	t.Parallel()
	for _, doc := range []string{``, `[]`, `{}`, `{"openapi":"3.1.0"}`} {
		if _, err := openapi.Parse([]byte(doc)); err == nil {
			t.Errorf("Parse(%q) = nil, want an error", doc)
		}
	}
}

func TestParseReportsEveryOffenceAtOnce(t *testing.T) {
	t.Parallel()
	_, err := openapi.Parse([]byte(`{"openapi":"3.0.3","paths":{"/a":{"get":{"responses":{}}},"/b":{"get":{"responses":{}}}}}`))
	for _, want := range []string{"GET /a: operationId", "GET /b: operationId", "no success status"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse = %v, want it to tell of %q", err, want)
		}
	}
}
