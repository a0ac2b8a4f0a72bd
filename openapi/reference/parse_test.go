package reference_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/openapi/reference"
)

func TestParseKeepsWhatIsSaidForAllOperations(t *testing.T) {
	t.Parallel()
	got := parse(t, library(t))
	got.Operations = nil
	want := &reference.Reference{
		Title:    "Library API",
		BasePath: "/api/7",
		OAuth: reference.OAuth{
			Grants:           []string{"client_credentials", "password"},
			AuthorizationURI: "/api/7/login",
			TokenURI:         "/api/7/token",
			Scopes:           []string{"urn:library::reader", "urn:library::keeper"},
		},
		Schemes: []reference.Scheme{
			{Auth: reference.OAuth2, Statuses: []int{401}, Parameters: []reference.Parameter{{
				Name: "Authorization", Place: reference.InHeader, Required: true,
				Facts: reference.Facts{Type: reference.String, Pattern: new("^Bearer .+$")},
			}}},
			{Auth: reference.Cookie, Statuses: []int{401}, Parameters: []reference.Parameter{{
				Name: "Cookie", Place: reference.InHeader, Required: true, Facts: reference.Facts{Type: reference.String},
			}}},
			{Auth: reference.Basic, Statuses: []int{403}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Parse (-want +got):\n%s", diff)
	}
}

func TestParseKeepsTheFactsOfAnOperation(t *testing.T) {
	t.Parallel()
	ref := parse(t, library(t))
	for name, want := range map[string]reference.Operation{
		"GET /books": {
			Method: "GET", Path: "/books", Deprecated: true,
			Auth:       []reference.Auth{reference.Cookie, reference.OAuth2},
			Scopes:     []string{"urn:library::reader", "urn:library::keeper"},
			Statuses:   []int{200, 401},
			Parameters: listParameters(),
		},
		"PUT /books/{book_id}/notes/{note}": {
			Method: "PUT", Path: "/books/{book_id}/notes/{note}",
			Auth:     []reference.Auth{reference.OAuth2},
			Scopes:   []string{"urn:library::keeper"},
			Statuses: []int{204, 409},
			Parameters: []reference.Parameter{
				{Name: "book_id", Place: reference.InPath, Required: true, Facts: reference.Facts{Type: reference.String}},
				{Name: "note", Place: reference.InPath, Required: true, Facts: reference.Facts{Type: reference.String}},
			},
			Body: &reference.Body{MediaType: "application/json", Fields: noteFields()},
		},
		"POST /books": {
			Method: "POST", Path: "/books", Disabled: true, Statuses: []int{201},
			Body: &reference.Body{MediaType: "image/png", Fields: []reference.Field{
				{Name: "schema", Facts: reference.Facts{Type: reference.Any}},
			}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(want, operation(t, ref, name)); diff != "" {
				t.Errorf("Parse: %s (-want +got):\n%s", name, diff)
			}
		})
	}
}

func listParameters() []reference.Parameter {
	return []reference.Parameter{
		{Name: "Content-Length", Place: reference.InHeader, Required: true, Facts: reference.Facts{Type: reference.Integer}},
		{Name: "ids", Place: reference.InQuery, Facts: reference.Facts{
			Type: reference.String, MinLength: new(3), MaxLength: new(30), Pattern: new("[a-z]{3}(,[a-z]{3})*"),
		}},
		{Name: "limit", Place: reference.InQuery, Facts: reference.Facts{
			Type: reference.Integer, Minimum: new(1), Default: new("50"),
		}},
		{Name: "since", Place: reference.InQuery, Required: true, Facts: reference.Facts{Type: reference.DateTime}},
		{Name: "lod", Place: reference.InQuery, Facts: reference.Facts{
			Type: reference.String, Allowed: []string{"brief", "full"}, Default: new("full"),
		}},
		{Name: "shelf", Place: reference.InQuery, Facts: reference.Facts{
			Type: reference.Integer, Allowed: []string{"0", "1"},
		}},
		{Name: "lost", Place: reference.InQuery, Facts: reference.Facts{
			Type: reference.Boolean, Default: new("false"),
		}},
	}
}

func noteFields() []reference.Field {
	return []reference.Field{
		{Name: "kind", Facts: reference.Facts{Type: reference.String, Allowed: []string{"remark", "warning"}}},
		{Name: "tags", Facts: reference.Facts{Type: reference.Array, Items: &reference.Facts{
			Type: reference.String, MaxLength: new(12), Allowed: []string{"red", "blue"},
		}}},
		{Name: "extra", Facts: reference.Facts{Type: reference.Any}},
		{Name: "author", Facts: reference.Facts{Type: reference.Object}},
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		old, new string
		want     string
	}{
		"a fact it does not know":              {"**Min length**: 3\n", "**Colour**: blue\n", `line 61 (GET /books): "ids": unknown fact "**Colour**: blue" of a value of type String`},
		"a fact that does not suit the type":   {"**Minimum**: 1\n", "**Min length**: 1\n", `line 66 (GET /books): "limit": unknown fact "**Min length**: 1" of a value of type Integer`},
		"a fact said twice":                    {"**Min length**: 3\n", "**Max length**: 3\n", `line 62 (GET /books): "ids": unknown or repeated fact "**Max length**: 30"`},
		"a fact before the type":               {"(Optional) Page size.", "(Optional) Page size.\n**Default**: 3", `line 65 (GET /books): "limit": "**Default**: 3" comes before the type`},
		"prose after the type":                 {"**Minimum**: 1\n", "Or so.\n", `line 66 (GET /books): "limit": unknown or repeated fact "Or so."`},
		"a type it does not know":              {"**Type**: DateTime", "**Type**: Date", `line 69 (GET /books): "since": unknown type "Date"`},
		"no type":                              {"| `author` | **Type**: Object |", "| `author` | An object. |", `line 119 (PUT /books/{book_id}/notes/{note}): "author" has no type`},
		"an array without its items":           {"**Array type description:**\nA tag.\n", "", `line 110 (PUT /books/{book_id}/notes/{note}): "tags": the array's items are not described`},
		"items of another type than announced": {"Array of String", "Array of Integer", `line 113 (PUT /books/{book_id}/notes/{note}): "tags": items are of type "String", announced as "Integer"`},
		"a default of another type":            {"**Default**: 50", "**Default**: many", `line 67 (GET /books): "limit": unknown fact "**Default**: many" of a value of type Integer`},
		"an allowed value of another type":     {"- `0`\n", "- `none`\n", `line 79 (GET /books): "shelf": unknown fact "**Allowed values**:" of a value of type Integer`},
		"an empty list of allowed values":      {"**Allowed values**:\n- `0`\n- `1` |", "**Allowed values**: |", `line 79 (GET /books): "shelf": unknown fact "**Allowed values**:" of a value of type Integer`},
		"a negative length":                    {"**Min length**: 3\n", "**Min length**: -3\n", `line 61 (GET /books): "ids": unknown fact "**Min length**: -3" of a value of type String`},
		"an unquoted pattern":                  {"`[a-z]{3}(,[a-z]{3})*`", "[a-z]", `line 63 (GET /books): "ids": unknown fact "**Pattern**: [a-z]" of a value of type String`},
		"a parameter of unknown presence":      {"(Optional) Page size.", "Page size.", `line 64 (GET /books): parameter "limit" is neither required nor optional`},
		"a parameter listed twice":             {"| `limit` |", "| `ids` |", `line 64 (GET /books): parameter "ids" is listed twice`},
		"a field listed twice":                 {"| `extra` |", "| `kind` |", `line 118 (PUT /books/{book_id}/notes/{note}): field "kind" is listed twice`},
		"a row that is not closed":             {"**Default**: 50 |", "**Default**: 50", `line 64 (GET /books): row "limit" is not closed`},
		"a row without a second column":        {"| `extra` | **Type**: any |", "| `extra` |", `line 118 (PUT /books/{book_id}/notes/{note}): a row needs a quoted name and a second column`},
		"a line between the parts":             {"#### Responses\n| Code | Description |\n|------|-------------|\n| `204`", "Surprise.\n#### Responses\n| Code | Description |\n|------|-------------|\n| `204`", `line 127 (PUT /books/{book_id}/notes/{note}): found "Surprise." where "#### Responses" should be`},
		"a heading it does not know":           {"##### Headers", "##### Trailers", `line 51 (GET /books): found "##### Trailers" where "#### Responses" should be`},
		"a marker it does not know":            {"*WARNING.* Endpoint is disabled.", "*BETA.* Try it.", `line 133 (POST /books): found "*BETA.* Try it." where a description without unknown markers should be`},
		"an authorization method unknown":      {"methods: `x-api-key`, ", "methods: `magic`, ", "line 46 (GET /books): unknown or repeated authorization method \"`magic`\""},
		"a security part unknown":              {"### Basic Authentication", "### Mutual TLS", `line 34 (document): unknown authorization method "Mutual TLS"`},
		"a scope that is not quoted":           {"* `urn:library::reader`\n* `urn:library::keeper`\n### x-api-key", "* urn:library::reader\n### x-api-key", `line 22 (OAuth 2.0): list item "urn:library::reader" is not one quoted value`},
		"no scope after the announcement":      {"* `urn:library::keeper`\n#### Request parameters\n##### Request body", "#### Request parameters\n##### Request body", `line 96 (PUT /books/{book_id}/notes/{note}): found "#### Request parameters" where a list of quoted values should be`},
		"a status that is none":                {"| `409` | Taken. |", "| `later` | Taken. |", `line 131 (PUT /books/{book_id}/notes/{note}): unknown or repeated status "later"`},
		"a status listed twice":                {"| `409` | Taken. |", "| `204` | Taken. |", `line 131 (PUT /books/{book_id}/notes/{note}): unknown or repeated status "204"`},
		"a fact about a status":                {"Who are you? |\n| `200` | Here they are.\n", "Who are you? |\n| `200` | Here they are.\n**Type**: any\n", `line 90 (GET /books): unknown fact "**Type**: any" about status 200`},
		"an operation without a status":        {"| `201` | Done. |\n", "", `POST /books: the text ends where a status should be`},
		"a path template that is none":         {"{book_id}/notes", "{book id}/notes", `line 91 (document): "PUT /books/{book id}/notes/{note}" is not a method and a path template`},
		"an operation described twice":         {"### POST /books", "### GET /books", `line 146 (GET /books): the operation is described twice; its second description ends here`},
		"an example that does not end":         {"}\n```\n", "}\n", `PUT /books/{book_id}/notes/{note}: the text ends where the example's closing fence should be`},
		"an example without a fence":           {"```json\n", "", `line 121 (PUT /books/{book_id}/notes/{note}): found "{" where the example's opening fence should be`},
		"a base URL that is none":              {"https://books.example/api/7", "somewhere", `line 2 (document): "somewhere" is not a base URL`},
		"an address that is not quoted":        {"`/api/7/token`", "/api/7/token", `line 9 (OAuth 2.0): "/api/7/token" is not one quoted value`},
		"text that is not UTF-8":               {"Page size", "Page \xff", `the reference is not UTF-8 text`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := reference.Parse(strings.NewReader(edited(t, tt.old, tt.new)))
			if err == nil || err.Error() != tt.want {
				t.Errorf("Parse: got error %v, want %s", err, tt.want)
			}
		})
	}
}

func TestParseIgnoresBlankLinesAndEndingsOfLines(t *testing.T) {
	t.Parallel()
	text := strings.ReplaceAll(library(t), "\n", "  \r\n\r\n")
	if diff := cmp.Diff(parse(t, library(t)), parse(t, text)); diff != "" {
		t.Errorf("Parse with blank lines (-without +with):\n%s", diff)
	}
}
