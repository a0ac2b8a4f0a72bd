package bolt_test

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/store"
)

func TestALoadDoesNotLeaveTheFileResident(t *testing.T) {
	t.Parallel()
	const megabytes = 32
	path := filepath.Join(t.TempDir(), "tenantry.db")
	e := openAt(t, path)
	value := strings.Repeat("v", 2000) // two to a page
	commit(t, e, store.Batch{World: "w", Op: store.Create, Seq: 1, Changes: rows(megabytes<<20/4096*2, value)})
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	out, err := child(t, "load", path, 0).CombinedOutput()
	if err != nil {
		t.Fatalf("child: %v\n%s", err, out)
	}
	kB, err := strconv.Atoi(strings.TrimSpace(string(out)))
	if err != nil {
		t.Fatal(err)
	}
	// The program itself is some ten megabytes of that.
	if kB > megabytes<<10/2 {
		t.Errorf("resident after a load of %d MiB: got %d kB of files, want less than half", megabytes, kB)
	}
}
