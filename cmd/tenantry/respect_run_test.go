package main

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tenantry/tenantry/contracttest/arazzo"
	"github.com/tenantry/tenantry/mock"
	"github.com/tenantry/tenantry/openapi"
)

// redoclyVariable names the command line of Redocly. Where it is set, as .ci/run does, nothing is skipped.
const redoclyVariable = "TENANTRY_REDOCLY"

// respectAtATime bounds how many Node.js processes run side by side.
const respectAtATime = 2

// respect runs scenarios in Redocly Respect.
type respect struct {
	redocly string
	turns   chan struct{}
}

// newRespect finds Redocly, or skips the test.
func newRespect(t *testing.T) *respect {
	t.Helper()
	r := &respect{os.Getenv(redoclyVariable), make(chan struct{}, respectAtATime)}
	if r.redocly != "" {
		if _, err := exec.LookPath(r.redocly); err != nil {
			t.Fatalf("%s: %v", redoclyVariable, err)
		}
		return r
	}
	for _, tool := range []string{"node", "redocly"} {
		path, err := exec.LookPath(tool)
		if err != nil {
			t.Skipf("%s is not installed: set %s to .ci/redocly, with its full path, to have it fetched", tool, redoclyVariable)
		}
		r.redocly = path
	}
	return r
}

// run returns the verdicts of Respect on a scenario.
func (r *respect) run(t *testing.T, target *contractTarget, name, text string, flags ...string) verdicts {
	t.Helper()
	dir := t.TempDir()
	file, result := scenarioIn(t, dir, name, text), filepath.Join(dir, "result.json")
	inputs, err := json.Marshal(inputsOf(target))
	if err != nil {
		t.Fatal(err)
	}
	r.turns <- struct{}{}
	defer func() { <-r.turns }()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	args := append([]string{"respect", file, "--server", "api=" + target.config.Target + "/api/2", "--input", string(inputs), "--json-output", result}, flags...)
	cmd := exec.CommandContext(ctx, r.redocly, args...)
	cmd.Env = append(os.Environ(), "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true", "NO_PROXY=127.0.0.1")
	said, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatalf("Respect: %v: %s", err, said)
	}
	v, status := read(t, result, said)
	if pass := status == success; pass != (err == nil) {
		t.Errorf("Respect ends with %v, and says %s: %s", err, status, said)
	}
	return v
}

// inputsOf are the inputs that our runner gives to workflows.
func inputsOf(target *contractTarget) map[string]any {
	inputs := maps.Clone(target.config.Inputs)
	inputs["run_id"] = target.config.RunID
	return inputs
}

// scenarioIn writes a scenario, and the OpenAPI document where the scenario has it.
func scenarioIn(t *testing.T, dir, name, text string) string {
	t.Helper()
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	scenario, err := arazzo.Read(name, []byte(text), doc)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "scenarios", name)
	files := map[string][]byte{file: []byte(text)}
	for _, s := range scenario.Sources {
		files[filepath.Join(dir, "scenarios", filepath.FromSlash(s.URL))] = openapi.YAML()
	}
	for path, content := range files {
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return file
}

// success is what Respect calls a pass.
const success = "success"

// read takes the verdicts out of a result of Respect.
func read(t *testing.T, file string, said []byte) (v verdicts, status string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("Respect has no result: %v: %s", err, said)
	}
	var result struct {
		Status string
		Files  map[string]struct{ ExecutedWorkflows []respectWorkflow }
	}
	if err := json.Unmarshal(text, &result); err != nil {
		t.Fatalf("the result of Respect: %v: %s", err, text)
	}
	v = verdicts{}
	for _, f := range result.Files {
		for _, w := range f.ExecutedWorkflows {
			w.tell(t, v)
		}
	}
	return v, result.Status
}

// A respectWorkflow is what became of one run of a workflow: each attempt at a step is a step.
type respectWorkflow struct {
	WorkflowID, Status string
	ExecutedSteps      []respectStep
}

type respectStep struct {
	StepID, Status string
	Checks         []struct {
		Name, Message string
		Passed        bool
	}
}

// failures are the checks that the step did not pass.
func (s *respectStep) failures() string {
	var lines []string
	for _, c := range s.Checks {
		if !c.Passed {
			lines = append(lines, c.Name+": "+c.Message)
		}
	}
	return strings.Join(lines, "; ")
}

// tell adds the verdicts of the last attempt at each step.
func (w *respectWorkflow) tell(t *testing.T, v verdicts) {
	t.Helper()
	last, all := map[string]respectStep{}, success
	for _, s := range w.ExecutedSteps {
		last[s.StepID] = s
	}
	for _, s := range last {
		v.add(w.WorkflowID, s.StepID, s.Status == success)
		if s.Status != success {
			all = s.Status
			t.Logf("Respect on %s/%s: %s %s", w.WorkflowID, s.StepID, s.Status, s.failures())
		}
	}
	if (all == success) != (w.Status == success) {
		t.Errorf("Respect calls workflow %s %s, which has a step that is %s", w.WorkflowID, w.Status, all)
	}
}

// A host is a server of ours with its control plane.
type host struct{ api, control string }

// newHost starts a server. What front makes of it is what clients see.
func newHost(t *testing.T, front func(right http.Handler) http.Handler) *host {
	t.Helper()
	srv, err := mock.New(t.Context(), mock.Config{})
	if err != nil {
		t.Fatal(err)
	}
	plane, err := srv.Control(mock.ControlConfig{Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	api, control := httptest.NewServer(front(srv)), httptest.NewServer(plane)
	srv.SetURL(api.URL)
	t.Cleanup(func() {
		api.Close()
		control.Close()
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
	})
	return &host{api.URL, control.URL}
}

// open makes a world as tenantry test does, with the same inputs.
func (h *host) open(t *testing.T) *contractTarget {
	t.Helper()
	flags := &targetFlags{target: h.api, control: h.control, timeout: time.Minute}
	target, err := flags.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := target.close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	return target
}
