package bolt_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A kill does not show whether a commit would survive a power cut: the system
// keeps what was written. The order of system calls does.
func TestACommitIsSyncedBeforeItIsAcknowledged(t *testing.T) {
	t.Parallel()
	const commits = 20
	path, log := traced(t, commits, "-e", "trace=pwrite64,pwritev,write,fdatasync,fsync")
	d := disk{path: path, meta: int64(2 * os.Getpagesize())}
	for line := range strings.Lines(log) {
		if err := d.see(line); err != nil {
			t.Errorf("%v: %s", err, line)
		}
	}
	if d.acks != commits {
		t.Errorf("acknowledgements in the trace: got %d, want %d\n%s", d.acks, commits, log)
	}
}

func TestACommitWhoseSyncFailsIsNotAcknowledged(t *testing.T) {
	t.Parallel()
	// One sync makes the file, two each transaction: its layout, world w, and
	// three commits come before the one that fails.
	const before = 1 + 2*(2+3)
	for name, first := range map[string]int{
		"the sync of the data":      before + 1,
		"the sync of the meta page": before + 2,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fail := fmt.Sprintf("inject=fdatasync:error=EIO:when=%d+", first)
			_, log := traced(t, 5, "-e", "trace=write,fdatasync", "-e", fail)
			var got []string
			for _, line := range regexp.MustCompile(`"((?:ack|failed) [^"]*)\\n"`).FindAllStringSubmatch(log, -1) {
				got = append(got, line[1])
			}
			want := []string{"ack 1", "ack 2", "ack 3", "failed true", "failed true"}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("answers while the disk fails (-want +got):\n%s\n%s", diff, log)
			}
		})
	}
}

// traced runs commits under strace and returns the data file and the trace.
func traced(t *testing.T, commits int, options ...string) (path, log string) {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("needs strace: the order of system calls is not visible otherwise")
	}
	dir := t.TempDir()
	path, out := filepath.Join(dir, "tenantry.db"), filepath.Join(dir, "trace")
	cmd := child(t, "commit", path, commits, append([]string{strace, "-f", "-y", "-s", "32", "-o", out}, options...)...)
	said, err := cmd.CombinedOutput()
	if bytes.Contains(said, []byte("ptrace(")) {
		t.Skipf("needs the right to trace a process: %s", said)
	}
	if err != nil {
		t.Fatalf("strace: %v\n%s", err, said)
	}
	trace, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return path, string(trace)
}

// disk follows a trace: how many writes to the data file were begun, and up to
// which one they are on the medium.
type disk struct {
	path string
	meta int64 // where the meta pages end

	named           bool // the directory knows the file
	written, synced int
	syncing         map[string]int // by thread: the writes that a running sync covers
	acks, ackedAt   int
}

var (
	tracedWrite = regexp.MustCompile(`^\d+ +pwrite(?:64|v)\(\d+<(.*?)>, .*, (\d+)(?:\)| <unfinished)`)
	tracedSync  = regexp.MustCompile(`^(\d+) +(?:fdatasync|fsync)\(\d+<(.*?)>(\) += 0)?`)
	tracedEnd   = regexp.MustCompile(`^(\d+) +<\.\.\. (?:fdatasync|fsync) resumed>\) += 0`)
	tracedAck   = regexp.MustCompile(`^\d+ +write\(1<.*?>, "ack `)
)

// see takes one line of the trace and says what it breaks.
func (d *disk) see(line string) error {
	if m := tracedWrite.FindStringSubmatch(line); m != nil && m[1] == d.path {
		return d.write(m[2])
	}
	if m := tracedSync.FindStringSubmatch(line); m != nil && m[2] == d.path {
		d.sync(m[1], m[3] != "")
	}
	if m := tracedSync.FindStringSubmatch(line); m != nil && m[2] == filepath.Dir(d.path) {
		d.named = true
	}
	if m := tracedEnd.FindStringSubmatch(line); m != nil {
		d.synced = max(d.synced, d.syncing[m[1]])
		delete(d.syncing, m[1])
	}
	if tracedAck.MatchString(line) {
		return d.ack()
	}
	return nil
}

// write: a meta page makes the pages before it valid, so they come first.
func (d *disk) write(offset string) error {
	at, err := strconv.ParseInt(offset, 10, 64)
	if err != nil {
		return err
	}
	if at < d.meta && d.synced != d.written {
		return fmt.Errorf("a meta page is written while %d writes of data are not synced", d.written-d.synced)
	}
	d.written++
	return nil
}

func (d *disk) sync(thread string, done bool) {
	if done {
		d.synced = d.written
		return
	}
	if d.syncing == nil {
		d.syncing = map[string]int{}
	}
	d.syncing[thread] = d.written
}

func (d *disk) ack() error {
	d.acks++
	if !d.named {
		return fmt.Errorf("acknowledgement %d before the directory is synced", d.acks)
	}
	if d.written == d.ackedAt {
		return fmt.Errorf("acknowledgement %d without a write", d.acks)
	}
	d.ackedAt = d.written
	if d.synced != d.written {
		return fmt.Errorf("acknowledgement %d while %d writes are not synced", d.acks, d.written-d.synced)
	}
	return nil
}
