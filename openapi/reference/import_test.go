package reference_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/openapi/reference"
)

// known decodes the reference.json that is checked in.
func known(tb testing.TB) (*reference.Reference, []byte) {
	tb.Helper()
	text, err := os.ReadFile("../reference.json")
	if err != nil {
		tb.Fatal(err)
	}
	ref, err := reference.Decode(bytes.NewReader(text))
	if err != nil {
		tb.Fatal(err)
	}
	return ref, text
}

// The vendor's document is not part of the repository; it lies beside it where
// the project is developed.
func TestReimportGivesTheCheckedInReference(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../../shared/documents/000_*.txt")
	if err != nil || len(files) != 1 {
		t.Skipf("the vendor's reference is not beside the repository (%d candidates)", len(files))
	}
	source, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	ref := parse(t, string(source))
	old, text := known(t)
	for _, c := range reference.Diff(old, ref) {
		t.Errorf("reference.json is out of date: %s", c)
	}
	if got := encode(t, ref); !bytes.Equal(got, text) {
		t.Errorf("reference.json is not what the import writes (-checked in +imported):\n%s", cmp.Diff(string(text), string(got)))
	}
}

func TestCheckedInReferenceIsWhole(t *testing.T) {
	t.Parallel()
	ref, text := known(t)
	if got := len(ref.Operations); got != 88 {
		t.Errorf("reference.json: got %d operations, want 88", got)
	}
	if got := len(ref.OAuth.Scopes); got != 24 {
		t.Errorf("reference.json: got %d scopes, want 24", got)
	}
	if got := encode(t, ref); !bytes.Equal(got, text) {
		t.Error("reference.json is not in the form that Encode writes")
	}
}
