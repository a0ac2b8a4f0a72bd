package assemble_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/openapi/build/assemble"
	"github.com/tenantry/tenantry/openapi/reference"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// library returns the facts of the small reference, and the small overlay.
func library(tb testing.TB) (facts, overlay []byte) {
	tb.Helper()
	ref, err := reference.Parse(bytes.NewReader(read(tb, "../../reference/testdata/library.txt")))
	if err != nil {
		tb.Fatal(err)
	}
	var buf bytes.Buffer
	if err := ref.Encode(&buf); err != nil {
		tb.Fatal(err)
	}
	return buf.Bytes(), read(tb, "testdata/overlay.yaml")
}

func read(tb testing.TB, name string) []byte {
	tb.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func TestBuildWritesTheGoldenDocuments(t *testing.T) {
	t.Parallel()
	docs, err := assemble.Build(library(t))
	if err != nil {
		t.Fatalf("Build: %v", err)
	}
	for name, got := range map[string][]byte{"golden.yaml": docs.YAML, "golden.json": docs.JSON} {
		file := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(string(read(t, file)), string(got)); diff != "" {
			t.Errorf("Build: %s (-want +got):\n%s", name, diff)
		}
	}
}

func TestBuildIsDeterministic(t *testing.T) {
	t.Parallel()
	first, err := assemble.Build(library(t))
	if err != nil {
		t.Fatalf("Build: %v", err)
	}
	for range 5 {
		again, err := assemble.Build(library(t))
		if err != nil {
			t.Fatalf("Build: %v", err)
		}
		if diff := cmp.Diff(first, again); diff != "" {
			t.Fatalf("Build again (-first +again):\n%s", diff)
		}
	}
}

// Each case adds an action to the small overlay, and wants the offence named.
func TestBuildRefuses(t *testing.T) {
	t.Parallel()
	const example = "{target: \"$.paths['/books'].get.responses['200'].content[*]\", "
	for name, tt := range map[string]struct {
		action string
		want   string
	}{
		"an action that matches nothing": {
			"{target: \"$.paths['/volumes'].get\", update: {summary: x}}",
			"line 72: action on $.paths['/volumes'].get: matches nothing",
		},
		"a removal that matches nothing": {"{target: $.tags, remove: true}", "action on $.tags: matches nothing"},
		"an action that changes nothing": {"{target: $.info, update: {title: Library API}}", "action on $.info: changes nothing"},
		"an action without an effect":    {"{target: $.info}", "action on $.info: neither updates nor removes"},
		"a misspelt member":              {"{target: $.info, updat: {title: x}}", `line 72: unknown member "updat"`},
		"a path that is none":            {"{target: '$.paths[', remove: true}", "action on $.paths["},
		"a scalar of another type":       {"{target: $.info, update: {title: 3}}", `action on $.info: title: "3" would replace "Library API", a scalar of another type: remove that first`},
		"a merge key":                    {"{target: $.info, update: {<<: {a: b}}}", "merge keys (<<) are not supported"},
		"no operationId":                 {"{target: \"$.paths['/books'].get.operationId\", remove: true}", "GET /books: no operationId"},
		"an operationId used twice":      {"{target: \"$.paths['/books'].get\", update: {operationId: listKeys}}", "listKeys"},
		"no tag":                         {"{target: \"$.paths['/books'].get.tags\", remove: true}", "GET /books: no tag"},
		"no summary":                     {"{target: \"$.paths['/books'].get.summary\", remove: true}", "GET /books: no summary"},
		"no default response":            {"{target: \"$.paths['/books'].get.responses.default\", remove: true}", "GET /books: no default response"},
		"a success without content":      {"{target: \"$.paths['/books'].get.responses['200'].content\", remove: true}", "GET /books: response 200: no content, and not marked x-no-body"},
		"content marked as absent":       {"{target: \"$.paths['/books'].get.responses['200']\", update: {x-no-body: true}}", "GET /books: response 200: content where there should be none"},
		"content without a schema":       {example + "update: {schema: null}}", "application/json without a schema"},
		"JSON without an example":        {"{target: \"$.paths['/keys'].get.responses['200'].content[*].example\", remove: true}", "GET /keys: response 200: application/json without an example"},
		"an example that does not fit":   {"{target: \"$.paths['/keys'].get.responses['200'].content[*].example.text\", remove: true}", `property "text" is missing`},
		"an operation not marked":        {"{target: \"$.paths['/keys'].get['x-undocumented']\", remove: true}", "GET /keys: not marked x-undocumented, but the reference lacks it"},
		"an operation marked wrongly":    {"{target: \"$.paths['/books'].get\", update: {x-undocumented: true}}", "GET /books: marked x-undocumented, but the reference has it"},
		"an operation taken away":        {"{target: \"$.paths['/books'].post\", remove: true}", "POST /books: in the reference, but not in the document"},
		"a null beside no type":          {example + "update: {schema: {items: {nullable: true, allOf: [{type: object}]}}}}", "nullable: needs a type beside it"},
		"a reference to nothing":         {example + "update: {schema: {items: {$ref: '#/components/schemas/Lost'}}}}", "Lost"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			facts, overlay := library(t)
			_, err := assemble.Build(facts, append(overlay, "  - "+tt.action+"\n"...))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Build: got error %v, want one with %q", err, tt.want)
			}
		})
	}
}

func TestBuildListsEveryOffence(t *testing.T) {
	t.Parallel()
	facts, overlay := library(t)
	overlay = append(overlay, `
  - {target: "$.paths['/keys'].get.summary", remove: true}
  - {target: "$.paths['/keys'].get.responses['200'].content[*].example.text", remove: true}
  - {target: "$.paths['/books'].get.tags", remove: true}
  - {target: "$.components.responses.Error.content[*]", update: {example: {code: 2}, schema: {required: [lost]}}}
`...)
	_, err := assemble.Build(facts, overlay)
	if err == nil {
		t.Fatal("Build: got no error, want four offences")
	}
	for _, want := range []string{"GET /keys: no summary", "GET /books: no tag", `"text"`, `"lost"`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("Build: got error %v, want one with %s", err, want)
		}
	}
}

func TestBuildRefusesWhatIsNoOverlay(t *testing.T) {
	t.Parallel()
	facts, _ := library(t)
	for name, tt := range map[string]struct{ overlay, want string }{
		"no YAML":                {"a: [", "parse overlay"},
		"another version":        {"overlay: 2.0.0\ninfo: {title: x, version: '1'}\nactions: [{target: $, update: {}}]", "overlay version must be 1.0.0"},
		"no actions":             {"overlay: 1.0.0\ninfo: {title: x, version: '1'}", "at least one action"},
		"an unknown member":      {"overlay: 1.0.0\ninfo: {title: x, version: '1'}\nextend: y\nactions: [{target: $, update: {}}]", `unknown member "extend"`},
		"both update and remove": {"overlay: 1.0.0\ninfo: {title: x, version: '1'}\nactions: [{target: $, update: {a: b}, remove: true}]", "both set remove and define update"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := assemble.Build(facts, []byte(tt.overlay))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Build: got error %v, want one with %q", err, tt.want)
			}
		})
	}
}
