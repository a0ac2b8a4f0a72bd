package bolt_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/internal/store/bolt"
)

// Some claims need a process that can be killed, traced or measured. Such a
// test runs its own binary again, with these variables saying what to do.
const (
	childJob   = "TENANTRY_BOLT_TEST_JOB"
	childFile  = "TENANTRY_BOLT_TEST_FILE"
	childTimes = "TENANTRY_BOLT_TEST_TIMES"
)

func TestMain(m *testing.M) {
	job := os.Getenv(childJob)
	if job == "" {
		os.Exit(m.Run())
	}
	if err := runChild(job); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// runChild opens the file and does its job so many times over. Each line on
// standard output is one system call.
func runChild(job string) error {
	// strace counts the calls that it lets fail by thread.
	runtime.LockOSThread()
	times, err := strconv.ParseUint(os.Getenv(childTimes), 10, 64)
	if err != nil {
		return err
	}
	e, err := bolt.Open(bolt.Options{Path: os.Getenv(childFile)})
	if err != nil {
		return err
	}
	jobs := map[string]func(context.Context, *bolt.Engine, uint64) error{
		"commit": commitPairs, "stage": stageWorlds, "load": loadAndMeasure,
	}
	return errors.Join(jobs[job](context.Background(), e, times), e.Close())
}

// commitPairs goes on where world w is and acknowledges each commit, which
// writes one row into each of two tables.
func commitPairs(ctx context.Context, e *bolt.Engine, times uint64) error {
	seq, err := sequence(ctx, e)
	if err != nil {
		return err
	}
	for range times {
		key := fmt.Sprintf("%08d", seq+1)
		err := e.Commit(ctx, []store.Batch{{
			World: "w", After: seq, Seq: seq + 1,
			Changes: []store.Change{{Table: "a", Key: key, Value: []byte(key)}, {Table: "b", Key: key, Value: []byte(key)}},
		}})
		if err != nil {
			fmt.Printf("failed %t\n", errors.Is(err, store.ErrFailed))
			continue
		}
		seq++
		fmt.Printf("ack %d\n", seq)
	}
	return nil
}

// stagedRows is more than one sweep takes.
const stagedRows = 1500

// stageWorlds replaces world w over and over by one whose rows all hold its
// sequence, staged in three parts.
func stageWorlds(ctx context.Context, e *bolt.Engine, times uint64) error {
	seq, err := sequence(ctx, e)
	if err != nil {
		return err
	}
	for range times {
		seq++
		s, err := e.Stage(ctx, "w", nil)
		if err != nil {
			return err
		}
		all := rows(stagedRows, strconv.FormatUint(seq, 10))
		for _, part := range [][]store.Change{all[:500], all[500:1000], all[1000:]} {
			if err := s.Put(ctx, part); err != nil {
				return err
			}
		}
		if err := s.Finish(ctx, seq); err != nil {
			return err
		}
		fmt.Printf("ack %d\n", seq)
	}
	return nil
}

// loadAndMeasure prints how many kB of files are resident after a load.
func loadAndMeasure(ctx context.Context, e *bolt.Engine, _ uint64) error {
	if _, err := e.Load(ctx, "w", func(store.Change) error { return nil }); err != nil {
		return err
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	_, after, _ := strings.Cut(string(status), "RssFile:")
	fmt.Println(strings.Fields(after)[0])
	return nil
}

// sequence makes world w if it is not there yet.
func sequence(ctx context.Context, e *bolt.Engine) (uint64, error) {
	worlds, err := e.Worlds(ctx)
	if err != nil {
		return 0, err
	}
	if len(worlds) == 0 {
		return 0, e.Commit(ctx, []store.Batch{{World: "w", Op: store.Create}})
	}
	return worlds[0].Seq, nil
}

// child is the command that runs a job, behind the words of wrapper.
func child(tb testing.TB, job, path string, times int, wrapper ...string) *exec.Cmd {
	tb.Helper()
	self, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	args := append(wrapper, self)
	cmd := exec.CommandContext(tb.Context(), args[0], args[1:]...)
	cmd.Env = append(os.Environ(), childJob+"="+job, childFile+"="+path, childTimes+"="+strconv.Itoa(times))
	return cmd
}
