package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// The README's tour is true: its console blocks are run, and what they print is what they say. In them a line that
// begins with $ is a command, ^C interrupts the server, and … stands for anything.
func TestTheReadmesTour(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"bash", "curl", "sed"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("the tour needs %s: %v", tool, err)
		}
	}
	tour := newTour(t)
	for _, s := range steps(readme(t)) {
		got, err := tour.run(s.command)
		if err != nil {
			t.Fatalf("%s: %v", s.command, err)
		}
		if !s.matches(got) {
			t.Errorf("%s\ngot:\n%s\nwant:\n%s", s.command, got, s.output)
		}
	}
}

// A step is a command of the tour and what the README says it prints.
type step struct{ command, output string }

// steps are those of all console blocks, in their order.
func steps(text string) []step {
	var found []step
	for _, block := range strings.Split(text, "```console\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		for line := range strings.Lines(block) {
			command, isCommand := strings.CutPrefix(line, "$ ")
			switch {
			case isCommand, line == interrupt+"\n":
				found = append(found, step{command: strings.TrimSpace(command)})
			case len(found) > 0:
				found[len(found)-1].output += line
			}
		}
	}
	return found
}

func (s step) matches(got string) bool {
	pattern := strings.ReplaceAll(regexp.QuoteMeta(strings.TrimSpace(s.output)), "…", "(?s:.*)")
	return regexp.MustCompile("^" + pattern + "$").MatchString(strings.TrimSpace(got))
}

// A tour is a shell and the server that was started last, in a directory of their own.
type tour struct {
	ctx    func() context.Context
	dir    string
	server *process
	in     io.Writer
	out    *bufio.Reader
}

func newTour(t *testing.T) *tour {
	t.Helper()
	tour := &tour{ctx: t.Context, dir: t.TempDir()}
	shell := exec.CommandContext(t.Context(), "bash")
	shell.Dir, shell.Env = tour.dir, []string{"PATH=" + os.Getenv("PATH")}
	in, err := shell.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := shell.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	shell.Stderr = shell.Stdout
	if err := shell.Start(); err != nil {
		t.Fatal(err)
	}
	tour.in, tour.out = in, bufio.NewReader(out)
	if _, err := io.WriteString(in, redirect); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = shell.Wait()
		if tour.server != nil {
			_ = tour.server.end(syscall.SIGKILL)
		}
	})
	return tour
}

const (
	interrupt         = "^C"
	documented        = "127.0.0.1:8080" // where the README's server listens
	documentedControl = "127.0.0.1:8081" // and its control plane

	// curl dials the port that is free here where the README says 8080; tenantry finds both ports by its variables.
	redirect = `export TENANTRY_CONTROL TENANTRY_TARGET; curl() { command curl --connect-to "` + documented + `:$at" "$@"; }` + "\n"
)

// run returns what a command prints. A server's part of it is its announcement.
func (r *tour) run(command string) (string, error) {
	switch {
	case command == interrupt:
		server := r.server
		r.server = nil
		return "", server.end(syscall.SIGINT)
	case strings.HasPrefix(command, "tenantry serve"):
		server, err := launch(r.ctx(), r.dir, nil, strings.Fields(command)[2:])
		if err != nil {
			return "", err
		}
		r.server = server
		return r.asDocumented(server.said), nil
	}
	if r.server != nil {
		command = "at=" + address(r.server.url()) + " TENANTRY_CONTROL=" + r.server.control() + " TENANTRY_TARGET=" + r.server.url() + "\n" + command
	}
	if _, err := io.WriteString(r.in, command+"\necho; echo '<end>'\n"); err != nil {
		return "", err
	}
	said, err := r.upTo("<end>\n")
	return r.asDocumented(strings.ReplaceAll(said, "\r", "")), err
}

// asDocumented puts the README's addresses in the place of those that were free here.
func (r *tour) asDocumented(said string) string {
	if r.server == nil {
		return said
	}
	said = strings.ReplaceAll(said, address(r.server.url()), documented)
	if at := address(r.server.control()); at != "" {
		said = strings.ReplaceAll(said, at, documentedControl)
	}
	return said
}

func (r *tour) upTo(last string) (string, error) {
	var said strings.Builder
	for {
		line, err := r.out.ReadString('\n')
		if err != nil || line == last {
			return said.String(), err
		}
		said.WriteString(line)
	}
}
