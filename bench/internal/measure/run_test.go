package measure_test

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

func TestWhatAProgramSaysIsPassedOn(t *testing.T) {
	t.Parallel()
	needs(t, "sh")
	var said strings.Builder
	if err := measure.Run(t.Context(), &said, "sh", "-c", "echo out; echo err >&2"); err != nil || said.String() != "out\nerr\n" {
		t.Errorf("Run = %v, said %q", err, said.String())
	}
	if err := measure.Run(t.Context(), &said, "sh", "-c", "exit 3"); err == nil || !strings.Contains(err.Error(), "exit status 3") {
		t.Errorf("Run = %v; want exit status 3", err)
	}
}

func TestAnEndedRunLeavesNoChildren(t *testing.T) {
	t.Parallel()
	needs(t, "sh", "sleep")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- measure.Run(ctx, w, "sh", "-c", "sleep 1000 & echo; wait") }()
	if _, err := r.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-ended; err == nil {
		t.Error("Run = nil; want that it was killed")
	}
	_ = w.Close()
	// The pipe ends when its last writer does, and the child has it too.
	if n, err := r.Read(make([]byte, 1)); n != 0 || err == nil {
		t.Errorf("read %d, %v; want the end", n, err)
	}
}

func needs(t *testing.T, programs ...string) {
	t.Helper()
	for _, program := range programs {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is missing", program)
		}
	}
}
