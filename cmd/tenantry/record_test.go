package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/tenantry/tenantry/contracttest/arazzo"
	"github.com/tenantry/tenantry/openapi"
)

// A recording is a running tenantry record.
type recording struct {
	cmd   *exec.Cmd
	lines *bufio.Reader
	url   string
	out   string
}

func startRecording(t *testing.T, upstream string, flags ...string) *recording {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	r := &recording{out: filepath.Join(t.TempDir(), "draft.yaml")}
	r.cmd = exec.CommandContext(ctx, "tenantry", append([]string{"record", "--upstream", upstream, "--out", r.out}, flags...)...)
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r.lines = bufio.NewReader(out)
	for {
		line, err := r.lines.ReadString('\n')
		if err != nil {
			t.Fatalf("it did not start: %v", err)
		}
		if strings.HasPrefix(line, "  http://") {
			r.url = strings.TrimSpace(line)
		}
		if strings.HasPrefix(line, "Stop with Ctrl-C") {
			return r
		}
	}
}

// end interrupts it and returns what it said since it started.
func (r *recording) end(t *testing.T) string {
	t.Helper()
	if err := r.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	said, err := io.ReadAll(r.lines)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Wait(); err != nil {
		t.Fatalf("it ended with %v: %s", err, said)
	}
	return string(said)
}

// recorded reads the draft, which must be a scenario.
func (r *recording) recorded(t *testing.T) (string, *arazzo.Document) {
	t.Helper()
	text, err := os.ReadFile(r.out)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	draft, err := arazzo.Read(r.out, text, doc)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return string(text), draft
}

func TestARecordingBecomesAScenario(t *testing.T) {
	t.Parallel()
	r := startRecording(t, startServer(t).url())
	for path, status := range map[string]int{"/api/2/users/me": http.StatusOK, "/api/2/users/nobody": http.StatusNotFound, "/own": http.StatusNotFound} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.url+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		authorize(req, "admin")
		if err := expect(req, status); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	said := r.end(t)
	for _, want := range []string{"GET /users/me 200 getMe\n", "GET /users/{user_id} 404 getUser\n", "404: not in the document\n", "2 steps, 1 in comments only"} {
		if !strings.Contains(said, want) {
			t.Errorf("want %q in\n%s", want, said)
		}
	}
	text, draft := r.recorded(t)
	if len(draft.Workflows) != 1 || len(draft.Workflows[0].Steps) != 2 || strings.Contains(text, "acme-msp") {
		t.Errorf("want one workflow of two steps, without a login:\n%s", text)
	}
}

// A certificate that nobody signed is refused, and the client is told, unless the flag says otherwise.
func TestARecordingOverTLS(t *testing.T) {
	t.Parallel()
	upstream := startServer(t, "--tls", "self-signed").url()
	for flag, status := range map[string]int{"--insecure=false": http.StatusBadGateway, "--insecure": http.StatusOK} {
		r := startRecording(t, upstream, flag)
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.url+"/api/2/users/me", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		authorize(req, "partner")
		if err := expect(req, status); err != nil {
			t.Errorf("%s: %v", flag, err)
		}
		if said := r.end(t); status != http.StatusOK && !strings.Contains(said, "the upstream gives no answer: ") {
			t.Errorf("%s: %s", flag, said)
		}
	}
}
