package reference_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/tenantry/tenantry/openapi/reference"
)

// library returns the small reference that these tests start from.
func library(tb testing.TB) string {
	tb.Helper()
	b, err := os.ReadFile("testdata/library.txt")
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

// edited returns the small reference with one passage replaced.
func edited(tb testing.TB, passage, by string) string {
	tb.Helper()
	text := library(tb)
	if n := strings.Count(text, passage); n != 1 {
		tb.Fatalf("the passage %q occurs %d times in the small reference, want once", passage, n)
	}
	return strings.Replace(text, passage, by, 1)
}

func parse(tb testing.TB, text string) *reference.Reference {
	tb.Helper()
	ref, err := reference.Parse(strings.NewReader(text))
	if err != nil {
		tb.Fatalf("Parse: %v", err)
	}
	return ref
}

func encode(tb testing.TB, ref *reference.Reference) []byte {
	tb.Helper()
	var buf bytes.Buffer
	if err := ref.Encode(&buf); err != nil {
		tb.Fatalf("Encode: %v", err)
	}
	return buf.Bytes()
}

func operation(tb testing.TB, ref *reference.Reference, name string) reference.Operation {
	tb.Helper()
	for _, op := range ref.Operations {
		if op.Name() == name {
			return op
		}
	}
	tb.Fatalf("no operation %s", name)
	return reference.Operation{}
}
