package main

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A run that is interrupted half-way, with a user about to be created, removes what it has made: the run ends with its status for
// that, and nothing with its name is left.
func TestAnInterruptedRunLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	p := startServer(t)
	slow := `{"kind": "delay", "match": {"operation": "createUser"}, "with": {"fixed": "2s"}}`
	mustRun(t, "fault", "add", slow, "--control", p.control())

	run := exec.CommandContext(t.Context(), "tenantry", "test", "--target", p.url(), "--control", "off", "--client-id", acmeClient,
		"--tenant", acme, "--allow-writes", "--run-id", "halfway", "--repeat", "100")
	run.Env = append(run.Environ(), "TENANTRY_CLIENT_SECRET="+acmeSecret)
	var said strings.Builder
	run.Stdout, run.Stderr = &said, &said
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "verify", "--operation", "createUser", "--wait", "30s", "--control", p.control())
	if left(t, p) == "" {
		t.Error("the run has nothing to clean up: the interruption shows nothing")
	}
	if err := run.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := run.Wait(); !errors.As(err, &exit) || exit.ExitCode() != couldNotRun {
		t.Errorf("the run ended with %v, want the status %d", err, couldNotRun)
	}
	for _, want := range []string{"tenantry: interrupted: what was created is removed", "Run halfway against "} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("the run does not say %q:\n%s", want, said.String())
		}
	}
	if names := left(t, p); names != "" {
		t.Errorf("the run left\n%s", names)
	}
}

// Whoever is in a hurry ends an interrupted run with another signal: at once, whatever it still has to remove.
func TestASecondInterruptionEndsTheRunAtOnce(t *testing.T) {
	t.Parallel()
	p := startServer(t)
	hang := `{"kind": "delay", "match": {"operation": "deleteTenant"}, "with": {"fixed": "1m"}}`
	mustRun(t, "fault", "add", hang, "--control", p.control())
	run := exec.CommandContext(t.Context(), "tenantry", "test", "--target", p.url(), "--control", "off", "--client-id", acmeClient,
		"--tenant", acme, "--allow-writes", "--only", "tenants-lifecycle")
	run.Env = append(run.Environ(), "TENANTRY_CLIENT_SECRET="+acmeSecret)
	said, err := run.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "verify", "--operation", "createTenant", "--wait", "30s", "--control", p.control())
	interrupt := func() {
		if err := run.Process.Signal(syscall.SIGINT); err != nil {
			t.Error(err)
		}
	}
	interrupt()
	if line, err := bufio.NewReader(said).ReadString('\n'); err != nil || !strings.HasPrefix(line, "interrupted: removing what was created; once more Ctrl-C ") {
		t.Errorf("the run says %q, %v", line, err)
	}
	interrupt()
	var exit *exec.ExitError
	if err := run.Wait(); !errors.As(err, &exit) || exit.ExitCode() != couldNotRun {
		t.Errorf("the run ended with %v, want the status %d", err, couldNotRun)
	}
}

// A target that dies half-way ends the run with a report and the status for what could not be run.
func TestARunWhoseTargetDiesIsReported(t *testing.T) {
	t.Parallel()
	p := startServer(t)
	report := filepath.Join(t.TempDir(), "report.json")
	run := exec.CommandContext(t.Context(), "tenantry", "test", "--target", p.url(), "--control", p.control(),
		"--report", "json="+report)
	var said strings.Builder
	run.Stdout = &said
	progress, err := run.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(progress)
	if line, err := lines.ReadString('\n'); err != nil || !strings.HasPrefix(line, "[ 1/") {
		t.Fatalf("the first line of the progress: %q, %v", line, err)
	}
	if err := p.end(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, lines); err != nil {
		t.Error(err)
	}
	var exit *exec.ExitError
	if err := run.Wait(); !errors.As(err, &exit) || exit.ExitCode() != couldNotRun {
		t.Errorf("the run ended with %v, want the status %d", err, couldNotRun)
	}
	text, err := os.ReadFile(report)
	if err != nil || !strings.Contains(string(text), `"verdict": "error"`) || !strings.Contains(string(text), `"kind": "transport"`) {
		t.Errorf("the report: %v: %.200s", err, text)
	}
	if !strings.Contains(said.String(), "Error: not everything could be run") {
		t.Errorf("the run says\n%s", said.String())
	}
}

// mustRun runs tenantry.
func mustRun(t *testing.T, args ...string) {
	t.Helper()
	if out, err := exec.CommandContext(t.Context(), "tenantry", args...).CombinedOutput(); err != nil {
		t.Fatalf("tenantry %s: %v: %s", strings.Join(args, " "), err, out)
	}
}

// left are the tenants and users below Acme that have the run's name and are not deleted.
func left(t *testing.T, p *process) string {
	t.Helper()
	var found []string
	for _, list := range []string{"/tenants?subtree_root_id=" + acme, "/users?subtree_root_tenant_id=" + acme} {
		for item := range strings.SplitSeq(listing(t, p, list), `{"id":`) {
			if strings.Contains(item, "tenantry-halfway") {
				found = append(found, item)
			}
		}
	}
	return strings.Join(found, "\n")
}

func listing(t *testing.T, p *process, list string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.url()+"/api/2"+list, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	authorize(req, "partner")
	resp, err := client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || !strings.Contains(string(text), `"items"`) {
		t.Fatalf("GET %s: %s, %v: %s", list, resp.Status, err, text)
	}
	return string(text)
}
