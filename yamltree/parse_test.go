package yamltree_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/yamltree"
)

func TestValuesKnowWhereTheyStand(t *testing.T) {
	t.Parallel()
	nodes, wrong := yamltree.Parse(yamltree.Source{Text: "name: Acme\nsizes:\n  - 1.50\n  - 0x10\non: true\nnone: ~\n", FirstLine: 11})
	if len(wrong) > 0 || len(nodes) != 1 {
		t.Fatalf("got %d documents and %v", len(nodes), wrong)
	}
	root := &nodes[0]
	want := map[string]any{"name": "Acme", "sizes": []any{json.Number("1.50"), json.Number("16")}, "on": true, "none": nil}
	if diff := cmp.Diff(any(want), root.Plain()); diff != "" {
		t.Errorf("Plain (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"name", "sizes", "on", "none"}, root.Keys()); diff != "" {
		t.Errorf("Keys (-want +got):\n%s", diff)
	}
	sizes := root.Member("sizes")
	if sizes.KeyAt != (yamltree.Pos{Line: 12, Column: 1}) || sizes.Kids[1].At != (yamltree.Pos{Line: 14, Column: 5}) {
		t.Errorf("sizes stand at %v, the second at %v", sizes.KeyAt, sizes.Kids[1].At)
	}
	if root.Member("nothing") != nil {
		t.Error("a member was found that is not there")
	}
}

func TestWhatIsWrongIsSaidWithItsPlace(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]yamltree.Problem{
		"a: b\nc: \xff":                 {Pos: yamltree.Pos{Line: 2, Column: 1}, Message: "the line holds bytes that are not UTF-8 text"},
		strings.Repeat("[", 501):        {Pos: yamltree.Pos{Line: 1, Column: 1}, Message: "it has more than 500 open brackets"},
		"a: &x b":                       {Pos: yamltree.Pos{Line: 1, Column: 4}, Message: "anchors, aliases, tags and infinite numbers are not used here; write the value out"},
		"a: .inf":                       {Pos: yamltree.Pos{Line: 1, Column: 4}, Message: "anchors, aliases, tags and infinite numbers are not used here; write the value out"},
		"<<: {a: b}":                    {Pos: yamltree.Pos{Line: 1, Column: 1}, Message: "a key must be plain text"},
		strings.Repeat("- ", 102) + "x": {Pos: yamltree.Pos{Line: 1, Column: 203}, Message: "nested deeper than 100 levels"},
	} {
		_, wrong := yamltree.Parse(yamltree.Source{Text: text})
		if len(wrong) == 0 || wrong[0].Message != want.Message || wrong[0].Pos != want.Pos {
			t.Errorf("%.20q: got %v, want %v", text, wrong, want)
		}
	}
	_, wrong := yamltree.Parse(yamltree.Source{Text: "a: b\n c: d\n"})
	if len(wrong) != 1 || !strings.HasPrefix(wrong[0].Message, "not YAML: ") || wrong[0].Pos != (yamltree.Pos{Line: 1, Column: 4}) {
		t.Errorf("malformed: got %v", wrong)
	}
}
