package mock_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/tenantry/tenantry/openapi"
)

var update = flag.Bool("update", false, "write the pages that are made from the code anew")

// The page of operations is made from the document and from the tests over all operations.
func TestThePageOfOperationsIsUpToDate(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("..", "docs", "operations.md")
	want := operationsPage(doc)
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/operations.md is not what the document and the tests say: run go test ./mock -run PageOfOperations -update")
	}
}

func operationsPage(doc *openapi.Document) string {
	var b strings.Builder
	b.WriteString(pageHead)
	for _, undocumented := range []bool{false, true} {
		if undocumented {
			b.WriteString("\n## Beside the reference\n\nClients call these too, though the reference does not list them.\n\n" + pageColumns)
		}
		for _, o := range doc.Operations() {
			if o.Undocumented == undocumented {
				fmt.Fprintf(&b, "| `%s` | %s `%s` | %s | %s | %s |\n", o.ID, o.Method, o.Path, proven(o), left(o), o.Source)
			}
		}
	}
	return b.String()
}

const pageColumns = "| operation | request | answers proven by tests | documented, not to be had | shape from |\n|---|---|---|---|---|\n"

const pageHead = `# Operations

<!-- Made by go test ./mock -run PageOfOperations -update; do not edit. -->

All 88 operations of the reference are built. For each, a test over real HTTP gets the success answer and every documented
error that a client can cause, checked against the OpenAPI document; the rules behind them are tested in the operation's
own package, ` + "`mock/internal/api/<resource>`" + `. The last column says where the shape of the answer is known from: the
reference itself, the vendor's guide or schemas, a captured answer, code that the vendor publishes, or our own inference.

` + pageColumns

// proven lists the statuses that a test gets.
func proven(o *openapi.Operation) string {
	if byForm[o.ID] != "" {
		return strconv.Itoa(o.Success) + " (browser)"
	}
	statuses := []string{strconv.Itoa(o.Success)}
	for _, status := range o.Statuses {
		if status >= 400 && unreachable(o, status) == "" {
			statuses = append(statuses, strconv.Itoa(status))
		}
	}
	return strings.Join(statuses, " ")
}

// left says which documented statuses no client can cause, and why.
func left(o *openapi.Operation) string {
	var reasons []string
	for _, status := range o.Statuses {
		if why := unreachable(o, status); why != "" {
			reasons = append(reasons, strconv.Itoa(status)+": "+why)
		}
	}
	slices.Sort(reasons)
	return strings.Join(reasons, "; ")
}
