package bolt_test

import (
	"bufio"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/internal/store/storetest"
)

// killAfter says after how many acknowledgements each round kills the process.
var killAfter = [10]int{1, 7, 2, 19, 4, 31, 3, 11, 1, 23}

func TestAKilledProcessLosesNoAcknowledgedCommit(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tenantry.db")
	for round, k := range killAfter {
		acked := killed(t, "commit", path, k)
		e := openAt(t, path)
		got, seq := storetest.Rows(t, e, "w")
		if seq < acked || seq > acked+1 {
			t.Errorf("round %d: got sequence %d after %d was acknowledged, want that or the next", round, seq, acked)
		}
		if diff := cmp.Diff(pairs(seq), got); diff != "" {
			t.Errorf("round %d: rows at sequence %d (-want +got):\n%s", round, seq, diff)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAKilledBulkLoadLeavesTheOldWorldOrTheNew(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tenantry.db")
	for round, k := range killAfter {
		acked := killed(t, "stage", path, k)
		e := openAt(t, path)
		got, seq := storetest.Rows(t, e, "w")
		if seq < acked || seq > acked+1 {
			t.Errorf("round %d: got sequence %d after %d was acknowledged, want that or the next", round, seq, acked)
		}
		if diff := cmp.Diff(rows(stagedRows, strconv.FormatUint(seq, 10)), got); diff != "" {
			t.Errorf("round %d: rows at sequence %d (-want +got):\n%s", round, seq, diff)
		}
		if n := generations(t, e); n != 1 {
			t.Errorf("round %d: got %d generations after opening again, want 1", round, n)
		}
	}
}

// killed runs a job, kills it after k acknowledgements and returns the last
// sequence that it acknowledged.
func killed(t *testing.T, job, path string, k int) (acked uint64) {
	t.Helper()
	cmd := child(t, job, path, 1_000_000)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines, read := bufio.NewScanner(out), 0
	// What is in the pipe when the process dies was acknowledged too.
	for lines.Scan() {
		if _, err := fmt.Sscanf(lines.Text(), "ack %d", &acked); err != nil {
			t.Fatalf("line %q of the child: %v", lines.Text(), err)
		}
		if read++; read == k {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err == nil || read < k {
		t.Fatalf("child: got %d acknowledgements and error %v, want to kill it after %d\n%s", read, err, k, stderr.String())
	}
	return acked
}

// pairs are the rows that commitPairs has written at a sequence.
func pairs(seq uint64) []store.Change {
	var a, b []store.Change
	for i := range seq {
		key := fmt.Sprintf("%08d", i+1)
		a = append(a, store.Change{Table: "a", Key: key, Value: []byte(key)})
		b = append(b, store.Change{Table: "b", Key: key, Value: []byte(key)})
	}
	return append(a, b...)
}
