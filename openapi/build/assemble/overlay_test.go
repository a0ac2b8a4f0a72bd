package assemble_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/tenantry/tenantry/openapi/build/assemble"
)

// lay applies one action to a document.
func lay(tb testing.TB, doc, action string) (string, error) {
	tb.Helper()
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(doc), &root); err != nil {
		tb.Fatal(err)
	}
	overlay := "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n  - " + action + "\n"
	if err := assemble.Lay([]byte(overlay), &root); err != nil {
		return "", err
	}
	out, err := yaml.Marshal(&root)
	if err != nil {
		tb.Fatal(err)
	}
	return strings.TrimSpace(string(out)), nil
}

func TestLay(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ doc, action, want string }{
		"reaches a name with slashes and braces": {
			"{paths: {'/users/{user_id}': {get: {a: 1}}}}", "{target: \"$.paths['/users/{user_id}'].get\", update: {b: 2}}",
			"{paths: {'/users/{user_id}': {get: {a: 1, b: 2}}}}",
		},
		"reaches a name in double quotes": {
			"{paths: {/x: {a: 1}}}", "{target: '$.paths[\"/x\"]', update: {b: 2}}", "{paths: {/x: {a: 1, b: 2}}}",
		},
		"reaches a name with dots":            {"{p: {a.b: {c: 1}}}", "{target: \"$.p['a.b']\", update: {c: 2}}", "{p: {a.b: {c: 2}}}"},
		"reaches every operation":             {"{p: {x: {get: {a: 1}, servers: [1]}, y: {put: {a: 1}}}}", "{target: '$.p[*][*].a', update: 2}", "{p: {x: {get: {a: 2}, servers: [1]}, y: {put: {a: 2}}}}"},
		"reaches several names":               {"{x: {a: 1}, y: {a: 1}, z: {a: 1}}", "{target: \"$['x', 'z'].a\", update: 2}", "{x: {a: 2}, y: {a: 1}, z: {a: 2}}"},
		"reaches a list item by a member":     {"{p: [{name: a}, {name: b}]}", "{target: \"$.p[?@.name == 'b']\", update: {c: 1}}", "{p: [{name: a}, {name: b, c: 1}]}"},
		"merges mappings at any depth":        {"{r: {'200': {a: {b: 1}}}}", "{target: $, update: {r: {200: {a: {c: 2}}, default: 3}}}", "{r: {'200': {a: {b: 1, c: 2}}, default: 3}}"},
		"appends to a list":                   {"{required: [a]}", "{target: $, update: {required: [b]}}", "{required: [a, b]}"},
		"replaces a scalar":                   {"{pattern: '^a$'}", "{target: $, update: {pattern: b+}}", "{pattern: 'b+'}"},
		"replaces a scalar by a mapping":      {"{a: 1}", "{target: $, update: {a: {b: 2}}}", "{a: {b: 2}}"},
		"puts what an alias stands for":       {"{a: 1}", "{target: $, update: {b: &x {c: 1}, d: *x}}", "{a: 1, b: {c: 1}, d: {c: 1}}"},
		"removes a member":                    {"{a: 1, b: 2}", "{target: $.a, remove: true}", "{b: 2}"},
		"removes a list item":                 {"{a: [1, 2, 3]}", "{target: '$.a[1]', remove: true}", "{a: [1, 3]}"},
		"removes all that a wildcard reaches": {"{p: {x: {a: 1, b: 2}, y: {a: 3, b: 4}}}", "{target: '$.p[*].a', remove: true}", "{p: {x: {b: 2}, y: {b: 4}}}"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := lay(t, tt.doc, tt.action)
			if err != nil {
				t.Fatalf("Lay: %v", err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Lay (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLayAppliesUpdatesToEachTargetApart(t *testing.T) {
	t.Parallel()
	var root yaml.Node
	if err := yaml.Unmarshal([]byte("{x: {}, y: {}}"), &root); err != nil {
		t.Fatal(err)
	}
	overlay := `{overlay: 1.0.0, info: {title: t, version: '1'}, actions: [
		{target: '$[*]', update: {a: {list: [1]}}}, {target: $.x.a, update: {list: [2]}}, {target: $.y.a.list, remove: true}]}`
	if err := assemble.Lay([]byte(overlay), &root); err != nil {
		t.Fatalf("Lay: %v", err)
	}
	var got any
	if err := root.Decode(&got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"x": map[string]any{"a": map[string]any{"list": []any{1, 2}}},
		"y": map[string]any{"a": map[string]any{}},
	}
	if diff := cmp.Diff(any(want), got); diff != "" {
		t.Errorf("Lay (-want +got):\n%s", diff)
	}
}
