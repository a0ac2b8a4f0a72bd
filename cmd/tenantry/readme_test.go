package main

import (
	"os"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"github.com/tenantry/tenantry/mock/model"
)

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestTheReadmeListsEveryFlagOfServeAndItsVariable(t *testing.T) {
	t.Parallel()
	text := readme(t)
	newServe().Flags().VisitAll(func(f *pflag.Flag) {
		if !hasRow(text, "`--"+f.Name, "`"+envName(f.Name)+"`") {
			t.Errorf("no row of a table in the README names --%s and %s", f.Name, envName(f.Name))
		}
	})
}

func TestTheReadmeListsEveryFlagOfTest(t *testing.T) {
	t.Parallel()
	_, section, _ := strings.Cut(readme(t), "## Flags of `test`\n")
	section, _, _ = strings.Cut(section, "\n## ")
	newContract().Flags().VisitAll(func(f *pflag.Flag) {
		if !hasRow(section, "`--"+f.Name+"`", "") && !hasRow(section, "`--"+f.Name+" ", "") {
			t.Errorf("no row of the table in the README names --%s", f.Name)
		}
	})
}

func TestTheReadmeListsEverySettingAndItsValues(t *testing.T) {
	t.Parallel()
	text := readme(t)
	for _, d := range model.SettingDefs() {
		values := "`" + strings.Join(d.Values, "`, `") + "`"
		if !hasRow(text, "`"+d.Name+"`", values) {
			t.Errorf("no row of a table in the README names the setting %s with its values %s, the default first", d.Name, values)
		}
	}
}

// hasRow reports whether a row of a table has a first cell that begins so, and the text in another.
func hasRow(text, first, other string) bool {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "| "+first) && strings.Contains(line[len("| "+first):], other) {
			return true
		}
	}
	return false
}
