package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOnlyChoosesProductsAndAlwaysOurs(t *testing.T) {
	t.Parallel()
	for only, want := range map[string]string{
		"":                  listed(products()),
		"mokapi,wiremock":   "tenantry, wiremock, mokapi",
		"tenantry":          "tenantry",
		"tenantry,wiremock": "tenantry, wiremock",
	} {
		got, err := chosen(products(), only)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, listed(got)); diff != "" {
			t.Errorf("chosen(%q) (-want +got):\n%s", only, diff)
		}
	}
	if _, err := chosen(products(), "wiremok"); err == nil || !strings.Contains(err.Error(), "wiremock") {
		t.Errorf("chosen(wiremok) = %v; want an error with the names that there are", err)
	}
}

func TestEveryPeerGetsTheBytesOnItsPort(t *testing.T) {
	t.Parallel()
	const body = `{"id":"u-1","n":1}`
	for _, p := range products()[1:] {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			c, err := p.command(site{version: p.version, modules: "/m", dir: dir, port: 4321, spare: 8765, body: []byte(body)})
			if err != nil {
				t.Fatal(err)
			}
			stub := written(t, dir)
			if !json.Valid(stub) {
				t.Errorf("the stub is no JSON: %s", stub)
			}
			quoted, _ := json.Marshal(body)
			if text := string(stub); !strings.Contains(text, body) && !strings.Contains(text, string(quoted)) {
				t.Errorf("the stub lacks the bytes %s: %s", body, stub)
			}
			if all := strings.Join(c.Args, " ") + string(stub); !strings.Contains(all, "4321") {
				t.Errorf("neither command nor stub name the port: %s", all)
			}
		})
	}
}

// written is the one file in the folder.
func written(t *testing.T, dir string) []byte {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) != 1 {
		t.Fatalf("files %v, %v; want one", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestAnOpenAPIFileBeginsWithItsVersion(t *testing.T) {
	t.Parallel()
	stub, err := mokapiStub(site{body: []byte(`{}`)})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(stub)
	if err != nil || !strings.HasPrefix(string(text), `{"openapi":"3.0.3"`) {
		t.Errorf("the document is %s, %v", text, err)
	}
}

func TestPackagesOfOtherVersionsAreNotInstalled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	pinned := []product{{title: "One", version: "1.0.0", npm: []string{"one", "@two/bin"}}}
	lay := func(name, about string) {
		file := filepath.Join(dir, "node_modules", filepath.FromSlash(name), "package.json")
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(about), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	lay("one", `{"version":"1.0.0"}`)
	for _, about := range []string{`{"version":"1.0.1"}`, `{}`, `<`} {
		lay("@two/bin", about)
		if err := complete(dir, pinned); err == nil || !strings.Contains(err.Error(), "@two/bin") {
			t.Errorf("complete with %s = %v; want an error that names the package", about, err)
		}
	}
	lay("@two/bin", `{"version":"1.0.0"}`)
	if err := complete(dir, pinned); err != nil {
		t.Errorf("complete = %v", err)
	}
	if err := install(t.Context(), dir, pinned); err != nil {
		t.Errorf("install of what is there = %v", err)
	}
}

func TestAProgramThatIsMissingIsNamedWithItsPackage(t *testing.T) {
	t.Parallel()
	err := have("no-such-program")
	if err == nil || !strings.Contains(err.Error(), "no-such-program is missing") {
		t.Errorf("have = %v", err)
	}
	for _, p := range products() {
		if p.needs != "" && packages(p.needs) == "" {
			t.Errorf("%s needs %s, and no package is known for it", p.title, p.needs)
		}
	}
	if slices.ContainsFunc(products(), func(p product) bool { return p.state == "" || p.version == "" }) {
		t.Error("a product says no version or nothing about what is on")
	}
}
