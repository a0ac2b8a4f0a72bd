package main

import (
	"io/fs"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest"
	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/scenarios"
)

// unfit are the scenarios that Redocly Respect cannot judge though they use no extension that it would have to know.
var unfit = map[string]string{
	"branding-logo.yaml": "Respect sends no picture: it has no body of the type image/png",
}

// leniency are the flags for scenarios that Respect judges wrongly without them.
var leniency = map[string][]string{
	"reports-download.yaml": {"--severity", "SCHEMA_CHECK=off"}, // it takes a body that is no JSON for an empty object
}

// neutral are the keys of ours that change nothing about what the steps of a workflow send and expect.
var neutral = map[string]bool{"x-tags": true, "x-mutates": true, "x-cleanup": true, "x-requires": true}

var (
	extension = regexp.MustCompile(`\b(x-[a-z-]+): *(.*)`)
	rootAlone = regexp.MustCompile(`^\[ *root *\]$`) // whose credentials are inputs
)

// special says why a scenario is for our runner alone; "" if it is not.
func special(text string) string {
	for _, found := range extension.FindAllStringSubmatch(text, -1) {
		key, value := found[1], found[2]
		if !neutral[key] || key == "x-requires" && !rootAlone.MatchString(value) {
			return "Respect does not know " + strings.TrimSpace(key+": "+value)
		}
	}
	return ""
}

// A runner that we did not write comes to the verdicts of ours, step by step.
func TestRespectJudgesAsWeDo(t *testing.T) {
	t.Parallel()
	r := newRespect(t)
	t.Run("scenarios", r.agreesOnScenarios)
	t.Run("mistakes", r.agreesOnMistakes)
}

// agreesOnScenarios is about every scenario without extensions of ours.
func (r *respect) agreesOnScenarios(t *testing.T) {
	h := newHost(t, func(right http.Handler) http.Handler { return right })
	for _, name := range scenarios.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := embedded(t, name)
			for _, reason := range []string{special(text), unfit[name]} {
				if reason != "" {
					t.Skip(reason)
				}
			}
			h.compare(t, r, name, text, leniency[name]...)
		})
	}
}

// agreesOnMistakes is about what both must find, at the same step: to agree is more than to find nothing.
func (r *respect) agreesOnMistakes(t *testing.T) {
	for name, tt := range map[string]struct {
		scenario, old, new string // the scenario, and what is changed in it
		defect             string // of the server
		want               string // step that fails
	}{
		"a status that is not expected": {
			scenario: "branding.yaml", old: "$statusCode == 201", new: "$statusCode == 200",
			want: "brand-is-enabled-and-changed/create-partner",
		},
		"a member that is not expected": {
			scenario: "branding.yaml", old: "#/brand_enabled == true", new: "#/brand_enabled == false",
			want: "brand-is-enabled-and-changed/enable",
		},
		"a text that is no match": {
			scenario: "discovery.yaml", old: "condition: '^", new: "condition: '^no",
			want: "discovery/endpoints-are-found",
		},
		"a member of another type":       {scenario: "tenants-lifecycle.yaml", defect: "a version is a text", want: "versions-guard-updates/refused-update-changed-nothing"},
		"a status that is not described": {scenario: "branding.yaml", defect: "a created tenant is 200", want: "brand-is-enabled-and-changed/create-partner"},
		"JSON that is called text":       {scenario: "tenants-tree-and-search.yaml", defect: "JSON is called text", want: "lists-of-tenants/children-come-by-name"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHost(t, func(right http.Handler) http.Handler {
				if d := defects[tt.defect]; d != nil {
					return spoiled(d, right)
				}
				return right
			})
			text := strings.Replace(embedded(t, tt.scenario), tt.old, tt.new, 1)
			if got := h.compare(t, r, tt.scenario, text); got[tt.want] != failed {
				t.Errorf("neither finds it: step %s is %q among %v", tt.want, got[tt.want], got)
			}
		})
	}
}

// compare runs a scenario in both runners, each in a world of its own, and returns the verdicts that they share.
func (h *host) compare(t *testing.T, r *respect, name, text string, flags ...string) verdicts {
	t.Helper()
	want := ours(t, h.open(t), name, text)
	got := r.run(t, h.open(t), name, text, flags...)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("verdicts on %s (-ours +Respect's):\n%s", name, diff)
	}
	return want
}

// verdicts are what became of workflows and of steps, the latter named workflow/step.
type verdicts map[string]string

const (
	passed = "pass"
	failed = "fail"
)

// ours are the verdicts of our runner.
func ours(t *testing.T, target *contractTarget, name, text string) verdicts {
	t.Helper()
	cfg := target.config
	cfg.Scenarios = fstest.MapFS{name: {Data: []byte(text)}}
	result, err := contracttest.Execute(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	v := verdicts{}
	for _, s := range result.Scenarios {
		for _, step := range s.Steps {
			// Respect does without cleanups, and ends a workflow at its first failure; we go on after an answer that only
			// breaks the OpenAPI document.
			if step.Cleanup || step.Verdict == report.Skipped || v[step.Workflow] == failed {
				continue
			}
			v.add(step.Workflow, step.ID, step.Verdict == report.Pass)
			if step.Verdict != report.Pass {
				t.Logf("we on %s/%s: %s %s %+v", step.Workflow, step.ID, step.Verdict, step.Reason, step.Findings)
			}
		}
	}
	return v
}

// add notes a step and what it means for its workflow. What failed once is not mended by another run of the workflow.
func (v verdicts) add(workflow, step string, pass bool) {
	verdict := failed
	if pass {
		verdict = passed
	}
	for _, key := range []string{workflow, workflow + "/" + step} {
		if v[key] != failed {
			v[key] = verdict
		}
	}
}

func embedded(t *testing.T, name string) string {
	t.Helper()
	text, err := fs.ReadFile(scenarios.FS(), name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
