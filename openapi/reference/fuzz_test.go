package reference_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/openapi/reference"
)

// FuzzParse holds that no text makes Parse panic, and that whatever it accepts
// survives encoding and differs in nothing from itself.
func FuzzParse(f *testing.F) {
	text := library(f)
	f.Add(text)
	f.Add(strings.ReplaceAll(text, "\n", "\r\n"))
	for i := range strings.Split(text, "### ") {
		f.Add(strings.Join(strings.Split(text, "### ")[:i], "### "))
	}
	f.Fuzz(func(t *testing.T, text string) {
		ref, err := reference.Parse(strings.NewReader(text))
		if err != nil {
			return
		}
		got, err := reference.Decode(bytes.NewReader(encode(t, ref)))
		if err != nil {
			t.Fatalf("Decode: %v", err)
		}
		if diff := cmp.Diff(ref, got); diff != "" {
			t.Errorf("Decode (-want +got):\n%s", diff)
		}
		if changes := reference.Diff(ref, got); changes != nil {
			t.Errorf("Diff of equal references: got %v, want none", changes)
		}
	})
}
