package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// patience bounds a wait for a server that never answers.
const patience = time.Minute

// servers are the commands that need the test's context.
type servers struct{ ctx func() context.Context }

// A process is a server that a script started.
type process struct {
	cmd    *exec.Cmd
	stderr *bytes.Buffer
}

// start returns once the server has announced itself.
func (s servers) start(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: start NAME [VARIABLE=value…] [flags…]")
	}
	name, env, flags := args[0], []string{"PATH=" + os.Getenv("PATH"), "HOME=" + ts.MkAbs(".")}, args[1:]
	for len(flags) > 0 && !strings.HasPrefix(flags[0], "-") {
		env, flags = append(env, flags[0]), flags[1:]
	}
	ctx, cancel := context.WithTimeout(s.ctx(), patience)
	ts.Defer(cancel)
	cmd := exec.CommandContext(ctx, "tenantry", append([]string{"serve", "--listen", "127.0.0.1:0"}, flags...)...) //nolint:gosec // this very binary
	p := &process{cmd: cmd, stderr: &bytes.Buffer{}}
	cmd.Dir, cmd.Env, cmd.Stderr = ts.MkAbs("."), env, p.stderr
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Defer(func() {
		_ = cmd.Process.Kill() // it may be gone already
		_ = cmd.Wait()
	})
	said, found := announced(out)
	if !found {
		_ = cmd.Wait()
		ts.Fatalf("the server did not start: %s%s", said, p.stderr)
	}
	_, _ = io.WriteString(ts.Stdout(), said)
	ts.Setenv(name, regexp.MustCompile(`https?://[^/"\s]+`).FindString(said))
	ts.Setenv(name+"_pid", strconv.Itoa(cmd.Process.Pid))
	ended.Store(ts.Getenv(name+"_pid"), p)
}

// announced reads what a server says when it is ready.
func announced(out io.Reader) (said string, found bool) {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		said += lines.Text() + "\n"
		if strings.Contains(lines.Text(), "Ctrl-C") || strings.HasPrefix(lines.Text(), "{") {
			return said, true
		}
	}
	return said, false
}
