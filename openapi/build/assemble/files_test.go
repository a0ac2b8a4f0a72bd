package assemble_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/openapi/build/assemble"
)

// folder returns a folder with the small reference's facts and the small overlay.
func folder(tb testing.TB) string {
	tb.Helper()
	dir := tb.TempDir()
	if err := assemble.Import(dir, "../../reference/testdata/library.txt"); err != nil {
		tb.Fatalf("Import: %v", err)
	}
	_, overlay := library(tb)
	write(tb, filepath.Join(dir, "overlay.yaml"), string(overlay))
	return dir
}

func write(tb testing.TB, name, text string) {
	tb.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
}

func TestCheckedInDocumentIsWhatItsSourcesGive(t *testing.T) {
	t.Parallel()
	stale, err := assemble.Stale("../..")
	if err != nil {
		t.Fatalf("Stale: %v", err)
	}
	if len(stale) > 0 {
		t.Errorf("%s: not what reference.json and overlay.yaml give; run go generate ./openapi", strings.Join(stale, ", "))
	}
}

func TestGenerateWritesWhatStaleExpects(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	if err := assemble.Generate(dir); err != nil {
		t.Fatalf("Generate: %v", err)
	}
	if stale, err := assemble.Stale(dir); err != nil || stale != nil {
		t.Errorf("Stale after Generate = %v, %v, want none", stale, err)
	}
	write(t, filepath.Join(dir, "account-management.json"), "{}")
	stale, err := assemble.Stale(dir)
	if err != nil {
		t.Fatalf("Stale: %v", err)
	}
	if diff := cmp.Diff([]string{"account-management.json"}, stale); diff != "" {
		t.Errorf("Stale after an edit (-want +got):\n%s", diff)
	}
}

func TestGenerateWritesADocumentThatOffends(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	_, overlay := library(t)
	write(t, filepath.Join(dir, "overlay.yaml"), string(overlay)+"  - {target: \"$.paths['/keys'].get.summary\", remove: true}\n")
	err := assemble.Generate(dir)
	if err == nil || !strings.Contains(err.Error(), "GET /keys: no summary") {
		t.Errorf("Generate: got error %v, want the offence", err)
	}
	if text := string(read(t, filepath.Join(dir, "account-management.yaml"))); strings.Contains(text, "Returns keys") {
		t.Error("Generate: the document written is not the offending one")
	}
	if _, err := assemble.Stale(dir); err == nil {
		t.Error("Stale of an offending document: got no error")
	}
}

func TestFilesThatAreMissingOrUnreadableAreNamed(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		spoil func(dir string) error
		want  string
	}{
		"no facts":     {func(dir string) error { return os.Remove(filepath.Join(dir, "reference.json")) }, "read facts"},
		"no overlay":   {func(dir string) error { return os.Remove(filepath.Join(dir, "overlay.yaml")) }, "read overlay"},
		"broken facts": {func(dir string) error { return os.WriteFile(filepath.Join(dir, "reference.json"), []byte("{"), 0o600) }, "decode reference"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t)
			if err := tt.spoil(dir); err != nil {
				t.Fatal(err)
			}
			if err := assemble.Generate(dir); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Generate: got error %v, want one with %q", err, tt.want)
			}
		})
	}
}

func TestImportLeavesTheFactsWhenItFails(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	before := read(t, filepath.Join(dir, "reference.json"))
	source := filepath.Join(dir, "new.txt")
	write(t, source, "# Another API\nno base URL\n")
	for _, file := range []string{source, filepath.Join(dir, "lost.txt")} {
		if err := assemble.Import(dir, file); err == nil {
			t.Errorf("Import(%s): got no error", filepath.Base(file))
		}
	}
	if diff := cmp.Diff(before, read(t, filepath.Join(dir, "reference.json"))); diff != "" {
		t.Errorf("reference.json after a failed import (-before +after):\n%s", diff)
	}
}
