package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// An edit is one change of the reference by hand: the first occurrence of old behind the heading becomes new.
type edit struct{ heading, old, new string }

func (e edit) apply(t *testing.T, text string) string {
	t.Helper()
	before, section, ok := strings.Cut(text, e.heading)
	if !ok || !strings.Contains(section, e.old) {
		t.Fatalf("the reference has no %q behind %q", e.old, e.heading)
	}
	return before + e.heading + strings.Replace(section, e.old, e.new, 1)
}

func TestSpecDiffNamesTheOperationTheFieldAndTheChange(t *testing.T) {
	t.Parallel()
	known := vendorReference(t)
	for name, tt := range map[string]struct {
		edits []edit
		want  string
	}{
		"the same text": {nil, ""},
		"another default": {
			[]edit{{"### GET /search\n", "**Default**: 10 |", "**Default**: 20 |"}},
			`GET /search: query parameter "limit": default changed: 10 -> 20` + "\n",
		},
		"a status that is gone, and a field of another type": {
			[]edit{
				{"### GET /users/check_login\n", "| `406` | Provided arguments are not acceptable. |\n", ""},
				{"### POST /users/check_password\n", "**Type**: String |", "**Type**: Integer |"},
			},
			`GET /users/check_login: status "406" removed` + "\n" +
				`POST /users/check_password: body field "password": type changed: String -> Integer` + "\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := known
			for _, e := range tt.edits {
				text = e.apply(t, text)
			}
			file := filepath.Join(t.TempDir(), "new.txt")
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			var out, errs strings.Builder
			root := newRoot()
			root.SetArgs([]string{"spec", "diff", file})
			root.SetOut(&out)
			root.SetErr(&errs)
			if err := root.ExecuteContext(t.Context()); err != nil {
				t.Fatalf("spec diff: %v", err)
			}
			if diff := cmp.Diff(tt.want, out.String()); diff != "" || errs.String() != "" {
				t.Errorf("spec diff (-want +got):\n%s%s", diff, errs.String())
			}
		})
	}
}

// vendorReference is the text that reference.json was imported from. It lies beside the repository where the project is
// developed.
func vendorReference(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("../../../shared/documents/000_*.txt")
	if err != nil || len(files) != 1 {
		t.Skipf("the vendor's reference is not beside the repository (%d candidates)", len(files))
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
