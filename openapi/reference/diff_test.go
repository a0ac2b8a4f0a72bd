package reference_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/openapi/reference"
)

func TestDiffSays(t *testing.T) {
	t.Parallel()
	const note = "PUT /books/{book_id}/notes/{note}: "
	for name, tt := range map[string]struct {
		old, new string
		want     []string
	}{
		"nothing of equal references": {"Lists books.", "Lists all books.", nil},
		"nothing of another order":    {"- `red`\n- `blue`", "- `blue`\n- `red`", nil},
		"an operation renamed": {"### POST /books", "### POST /volumes", []string{
			"POST /books: operation removed",
			"POST /volumes: operation added",
		}},
		"a pattern changed":        {"`[a-z]{3}(,[a-z]{3})*`", "`[a-z]+`", []string{`GET /books: query parameter "ids": pattern changed: [a-z]{3}(,[a-z]{3})* -> [a-z]+`}},
		"a length added":           {"- `remark`\n- `warning` |", "- `remark`\n- `warning`\n**Max length**: 64 |", []string{note + `body field "kind": max length added: 64`}},
		"a length removed":         {"**Min length**: 3\n", "", []string{`GET /books: query parameter "ids": min length removed: 3`}},
		"an allowed value added":   {"- `warning` |", "- `warning`\n- `alarm` |", []string{note + `body field "kind": allowed value added: alarm`}},
		"an allowed value removed": {"- `remark`\n", "", []string{note + `body field "kind": allowed value removed: remark`}},
		"an item's fact changed":   {"**Max length**: 12", "**Max length**: 13", []string{note + `body field "tags": item max length changed: 12 -> 13`}},
		"a default changed":        {"**Default**: 50", "**Default**: 100", []string{`GET /books: query parameter "limit": default changed: 50 -> 100`}},
		"a type changed":           {"| `extra` | **Type**: any |", "| `extra` | **Type**: Object |", []string{note + `body field "extra": type changed: any -> Object`}},
		"a parameter now required": {"(Optional) Page size.", "(Required) Page size.", []string{`GET /books: query parameter "limit": presence changed: optional -> required`}},
		"a field now required":     {"| `kind` | Kinds:", "| `kind` | (Required) Kinds:", []string{note + `body field "kind": presence changed: optional -> required`}},
		"a field added":            {"| `extra` |", "| `width` | **Type**: Integer\n**Minimum**: 1 |\n| `extra` |", []string{note + `body field "width" added: Integer, minimum 1, presence optional`}},
		"a field removed":          {"| `extra` | **Type**: any |\n", "", []string{note + `body field "extra" removed: any, presence optional`}},
		"a scope removed": {"* `urn:library::keeper`\n#### Request parameters\n##### Headers", "#### Request parameters\n##### Headers", []string{
			`GET /books: scope "urn:library::keeper" removed`,
		}},
		"a scope gone everywhere":          {"* `urn:library::reader`\n* `urn:library::keeper`\n### x-api-key", "* `urn:library::keeper`\n### x-api-key", []string{`scope "urn:library::reader" removed`}},
		"a status added":                   {"| `409` | Taken. |", "| `409` | Taken. |\n| `404` | Gone. |", []string{note + `status "404" added`}},
		"a media type changed":             {"**Media type**: image/png", "**Media type**: image/webp", []string{"POST /books: body: media type changed: image/png -> image/webp"}},
		"a body added":                     {"#### Responses\n| Code | Description |\n|------|-------------|\n| `401` | Who are you? |\n| `200`", "##### Request body\n**Media type**: text/plain\n**Schema definition**:\n| Name | Description |\n|------|-------------|\n#### Responses\n| Code | Description |\n|------|-------------|\n| `401` | Who are you? |\n| `200`", []string{"GET /books: body added: text/plain"}},
		"an authorization method removed":  {"methods: `x-api-key`, `OAuth 2.0`", "methods: `OAuth 2.0`", []string{`GET /books: authorization method "cookie" removed`}},
		"an operation no longer disabled":  {"*WARNING.* Endpoint is disabled.\n", "", []string{"POST /books: mark as disabled removed"}},
		"an operation deprecated no more":  {"*DEPRECATED.* Lists", "Lists", []string{"GET /books: deprecation removed"}},
		"a base path moved":                {"https://books.example/api/7", "https://books.example/api/8", []string{"base path: path changed: /api/7 -> /api/8"}},
		"a grant removed":                  {"* `password`\n", "", []string{`grant "password" removed`}},
		"a credential's pattern changed":   {"`^Bearer .+$`", "`^Bearer \\w+$`", []string{`oauth2 header parameter "Authorization": pattern changed: ^Bearer .+$ -> ^Bearer \w+$`}},
		"a status that refuses credential": {"| `403` | Not yours. |", "| `401` | Not yours. |", []string{`basic status "403" removed`, `basic status "401" added`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, c := range reference.Diff(parse(t, library(t)), parse(t, edited(t, tt.old, tt.new))) {
				got = append(got, c.String())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Diff (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDiffNamesItsParts(t *testing.T) {
	t.Parallel()
	got := reference.Diff(parse(t, library(t)), parse(t, edited(t, "- `remark`\n", "")))
	want := []reference.Change{{
		Operation: "PUT /books/{book_id}/notes/{note}",
		What:      "body field",
		Name:      "kind",
		Fact:      "allowed value",
		Old:       "remark",
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Diff (-want +got):\n%s", diff)
	}
}

func TestDiffBackwardsSwapsOldAndNew(t *testing.T) {
	t.Parallel()
	a, b := parse(t, library(t)), parse(t, edited(t, "**Default**: 50", "**Default**: 100"))
	forth, back := reference.Diff(a, b), reference.Diff(b, a)
	for i := range back {
		back[i].Old, back[i].New = back[i].New, back[i].Old
	}
	if diff := cmp.Diff(forth, back); diff != "" {
		t.Errorf("Diff (-forth +back):\n%s", diff)
	}
}
