package page_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/bench/internal/page"
)

const before = "# Title\n<!-- a:begin -->\nold\n<!-- a:end -->\ntext\n<!-- b:begin --><!-- b:end -->\n"

func TestASectionIsReplacedAndNothingElse(t *testing.T) {
	t.Parallel()
	want := "# Title\n<!-- a:begin -->\n\nnew\n\n<!-- a:end -->\ntext\n<!-- b:begin --><!-- b:end -->\n"
	path := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(path, []byte(before), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // once more changes nothing
		if err := page.Replace(path, "a", "\nnew\n"); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, string(got)); d != "" {
			t.Errorf("page (-want +got):\n%s", d)
		}
	}
}

func TestPagesWithoutTheirMarksAreRefused(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"no marks":      "# Title\n",
		"no end":        "<!-- a:begin -->\n",
		"twice":         before + before,
		"the wrong way": "<!-- a:end --><!-- a:begin -->",
	} {
		if got, err := page.Section(text, "a", "new"); err == nil {
			t.Errorf("%s: Section = %q, want a refusal", name, got)
		}
	}
	if err := page.Replace(filepath.Join(t.TempDir(), "none.md"), "a", "new"); err == nil || !strings.Contains(err.Error(), `"a"`) {
		t.Errorf("no page: %v, want an error that names the section", err)
	}
}

func TestTablesAlignNumbers(t *testing.T) {
	t.Parallel()
	want := "| what | one |\n| --- | ---: |\n| get | 1 ms |\n"
	if d := cmp.Diff(want, page.Table([]string{"what", "one"}, [][]string{{"get", "1 ms"}})); d != "" {
		t.Errorf("table (-want +got):\n%s", d)
	}
}
