package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tenantry/tenantry/mock"
)

const (
	acme        = "a0000000-0000-4000-8000-000000000001"
	acmeClient  = "c11e0000-0000-4000-8000-000000000001"
	acmeSecret  = "5ec2e75ec2e75ec2e75ec2e75ec2e75e"
	leftTenant  = `{"name":"tenantry-old-run-customer","kind":"customer","parent_id":"` + acme + `"}`
	otherTenant = `{"name":"not of a run","kind":"customer","parent_id":"` + acme + `"}`
	leftUser    = `{"tenant_id":"` + acme + `","login":"tenantry-old-run-user","contact":{"email":"left@example.com"}}`
)

// littered is a server with what a killed run left below Acme, and something else.
func littered(t *testing.T) string {
	t.Helper()
	srv, err := mock.New(t.Context(), mock.Config{})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(srv)
	t.Cleanup(func() {
		web.Close()
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
	})
	for path, body := range map[string]string{"/tenants": leftTenant + "\n" + otherTenant, "/users": leftUser} {
		for one := range strings.SplitSeq(body, "\n") {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, web.URL+"/api/2"+path, strings.NewReader(one))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", "application/json")
			req.SetBasicAuth(acmeClient, acmeSecret)
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()
			if resp.StatusCode >= http.StatusMultipleChoices {
				t.Fatalf("POST %s: %s", path, resp.Status)
			}
		}
	}
	return web.URL
}

// swept runs test --sweep.
func swept(t *testing.T, url, answer string, flags ...string) (string, error) {
	t.Helper()
	cmd := newContract()
	secret := writeSecret(t)
	cmd.SetArgs(append([]string{"--sweep", "--target", url, "--client-id", acmeClient, "--client-secret-file", secret, "--tenant", acme}, flags...))
	var out bytes.Buffer
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	cmd.SilenceUsage, cmd.SilenceErrors = true, true
	cmd.SetIn(strings.NewReader(answer))
	err := cmd.ExecuteContext(context.WithoutCancel(t.Context()))
	return out.String(), err
}

func writeSecret(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(name, []byte(acmeSecret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestASweepRemovesWhatRunsLeftAndNothingElse(t *testing.T) {
	t.Parallel()
	url := littered(t)
	if out, err := swept(t, url, "n\n", "--allow-writes"); err == nil || !strings.Contains(out, "tenantry-old-run-customer") || !strings.Contains(out, "tenantry-old-run-user") {
		t.Errorf("who says no: %v\n%s", err, out)
	}
	if out, err := swept(t, url, "", "--allow-writes", "--run-id", "another"); err != nil || !strings.Contains(out, "left nothing") {
		t.Errorf("another run: %v\n%s", err, out)
	}
	out, err := swept(t, url, "", "--allow-writes", "--yes")
	if err != nil || !strings.Contains(out, "removed 2") || strings.Contains(out, "not of a run") {
		t.Errorf("with --yes: %v\n%s", err, out)
	}
	if out, err := swept(t, url, "", "--allow-writes"); err != nil || !strings.Contains(out, "left nothing") {
		t.Errorf("again: %v\n%s", err, out)
	}
}

func TestASweepNeedsLeaveToWrite(t *testing.T) {
	t.Parallel()
	if _, err := swept(t, "http://127.0.0.1:1", ""); err == nil || status(err) != couldNotRun || !strings.Contains(err.Error(), "--allow-writes") {
		t.Errorf("got %v", err)
	}
}
