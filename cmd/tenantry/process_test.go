package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// patience bounds a wait for a server that never answers.
const patience = time.Minute

// A process is a running server.
type process struct {
	cmd    *exec.Cmd
	said   string // its announcement
	stderr bytes.Buffer
}

// launch starts tenantry serve in a directory, on free ports unless the flags name others, and returns once the server has announced itself.
func launch(ctx context.Context, dir string, env, flags []string) (*process, error) {
	p := &process{}
	args := append([]string{"serve", "--listen", "127.0.0.1:0", "--control", "127.0.0.1:0"}, flags...)
	p.cmd = exec.CommandContext(ctx, "tenantry", args...)
	p.cmd.Dir, p.cmd.Stderr = dir, &p.stderr
	p.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir}, env...)
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	if !p.listen(out) {
		return nil, fmt.Errorf("the server did not start: %w: %s", p.cmd.Wait(), p.stderr.String())
	}
	return p, nil
}

// listen reads the announcement, if there is one.
func (p *process) listen(out io.Reader) bool {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		p.said += lines.Text() + "\n"
		if strings.Contains(lines.Text(), "Ctrl-C") || strings.HasPrefix(lines.Text(), "{") {
			return true
		}
	}
	return false
}

// url is where the server listens.
func (p *process) url() string { return regexp.MustCompile(`https?://[^/"\s]+`).FindString(p.said) }

// control is where its control plane listens; "" where there is none.
func (p *process) control() string {
	found := regexp.MustCompile(`(https?://[^/"\s]+)/_mock/v1`).FindStringSubmatch(p.said)
	if found == nil {
		return ""
	}
	return found[1]
}

// address is the host and port of a URL.
func address(url string) string {
	_, address, _ := strings.Cut(url, "://")
	return address
}

// end sends a signal and waits. An exit code other than 0 is an error, unless the process was killed.
func (p *process) end(s syscall.Signal) error {
	if err := p.cmd.Process.Signal(s); err != nil {
		return err
	}
	if err := p.cmd.Wait(); err != nil && s != syscall.SIGKILL {
		return fmt.Errorf("the server ended with %w: %s", err, p.stderr.String())
	}
	return nil
}

// startServer runs a server until the test ends.
func startServer(t *testing.T, flags ...string) *process {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	p, err := launch(ctx, t.TempDir(), nil, flags)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill() // it may be gone already
		_ = p.cmd.Wait()
	})
	return p
}
