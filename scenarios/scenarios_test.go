package scenarios_test

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/tenantry/tenantry/openapi"
	"github.com/tenantry/tenantry/scenarios"
)

type file struct {
	Arazzo             string
	SourceDescriptions []struct{ Name string } `yaml:"sourceDescriptions"`
	Workflows          []workflow
}

type workflow struct {
	ID        string   `yaml:"workflowId"`
	DependsOn []string `yaml:"dependsOn"`
	Tags      []string `yaml:"x-tags"`
	Mutates   bool     `yaml:"x-mutates"`
	Requires  []string `yaml:"x-requires"`
	Steps     []step
	Cleanup   []step `yaml:"x-cleanup"`
}

type step struct {
	ID          string `yaml:"stepId"`
	Operation   string `yaml:"operationId"`
	RequestBody struct {
		ContentType string `yaml:"contentType"`
		Payload     any
	} `yaml:"requestBody"`
	Criteria []criterion `yaml:"successCriteria"`
	Outputs  map[string]string
}

type criterion struct{ Context, Type, Condition string }

// holds tells whether the step demands the status.
func (s step) holds(status int) bool {
	return slices.ContainsFunc(s.Criteria, func(c criterion) bool { return c.Condition == fmt.Sprintf("$statusCode == %d", status) })
}

// member is a member of the step's payload.
func (s step) member(name string) string {
	payload, _ := s.RequestBody.Payload.(map[string]any)
	text, _ := payload[name].(string)
	return text
}

// each runs the test for each scenario file.
func each(t *testing.T, test func(t *testing.T, name string, f file)) {
	t.Helper()
	for _, name := range scenarios.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, name, read(t, name))
		})
	}
}

func read(t *testing.T, name string) file {
	t.Helper()
	text, err := fs.ReadFile(scenarios.FS(), name)
	if err != nil {
		t.Fatal(err)
	}
	var f file
	if err := yaml.Unmarshal(text, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func document(t *testing.T) *openapi.Document {
	t.Helper()
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestEveryFileBeginsWithALogin(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, _ string, f file) {
		t.Helper()
		if f.Arazzo != "1.0.1" || len(f.SourceDescriptions) != 1 || f.SourceDescriptions[0].Name != "api" {
			t.Errorf("not an Arazzo 1.0.1 file of the source api: %s, %v", f.Arazzo, f.SourceDescriptions)
		}
		if f.Workflows[0].ID != "login" || f.Workflows[0].Steps[0].Operation != "issueToken" {
			t.Errorf("the first workflow is %s, want login", f.Workflows[0].ID)
		}
		for _, w := range f.Workflows {
			for _, d := range w.DependsOn {
				if d != "login" && d != "login-root" {
					t.Errorf("%s depends on %s: another runner repeats it", w.ID, d)
				}
			}
			if root := slices.Contains(w.DependsOn, "login-root") || w.ID == "login-root"; root != slices.Contains(w.Requires, "root") {
				t.Errorf("%s: uses the root-level client: %v, but x-requires is %v", w.ID, root, w.Requires)
			}
			if login := strings.HasPrefix(w.ID, "login"); login != (len(w.Tags) == 0) {
				t.Errorf("%s has the tags %v: all but logins have some", w.ID, w.Tags)
			}
		}
	})
}

// A read-only run leaves out workflows that mutate, so none may send a write without saying so.
func TestWorkflowsThatWriteSaySo(t *testing.T) {
	t.Parallel()
	doc := document(t)
	harmless := []string{"issueToken", "revokeToken", "introspectToken", "checkPassword"}
	each(t, func(t *testing.T, _ string, f file) {
		t.Helper()
		for _, w := range f.Workflows {
			writes := false
			for _, s := range slices.Concat(w.Steps, w.Cleanup) {
				o, ok := doc.Operation(s.Operation)
				if !ok {
					t.Fatalf("%s, %s: there is no operation %s", w.ID, s.ID, s.Operation)
				}
				writes = writes || o.Method != "GET" && !slices.Contains(harmless, s.Operation)
			}
			if writes != w.Mutates {
				t.Errorf("%s: writes %v, x-mutates %v", w.ID, writes, w.Mutates)
			}
		}
	})
}

// What is created can be found by its name and is taken down.
func TestWhatIsCreatedIsNamedAndCleanedUp(t *testing.T) {
	t.Parallel()
	const prefix = "tenantry-{$inputs.run_id}-"
	each(t, func(t *testing.T, _ string, f file) {
		t.Helper()
		for _, w := range f.Workflows {
			for _, s := range w.Cleanup {
				if len(s.Criteria) > 0 {
					t.Errorf("%s, %s: what is gone already is cleaned up, so there is nothing to demand", w.ID, s.ID)
				}
			}
			for _, s := range w.Steps {
				named := map[string]string{"createTenant": s.member("name"), "createUser": s.member("login")}
				if text, ok := named[s.Operation]; ok && (s.holds(200) || s.holds(201)) && !strings.HasPrefix(text, prefix) {
					t.Errorf("%s, %s creates %q, want a name that begins with %s", w.ID, s.ID, text, prefix)
				}
				if s.member("parent_id") != "$inputs.tenant_id" || !s.holds(201) {
					continue
				}
				gone := func(c step) bool { return c.ID == "clean-delete-"+strings.TrimPrefix(s.ID, "create-") }
				if !slices.ContainsFunc(w.Cleanup, gone) {
					t.Errorf("%s, %s is not cleaned up", w.ID, s.ID)
				}
			}
		}
	})
}

var simple = regexp.MustCompile(`^\$[A-Za-z0-9$._#/-]+ (==|!=|<|<=|>|>=) ('[^']*'|\$[A-Za-z0-9$._#/-]+|-?[0-9.]+|true|false|null)$`)

// Conditions keep to what runners agree on.
func TestConditionsArePortable(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, name string, f file) {
		t.Helper()
		outputs := map[string][]string{}
		for _, w := range f.Workflows {
			for _, s := range slices.Concat(w.Steps, w.Cleanup) {
				for _, c := range s.Criteria {
					if c.Type == "" && !simple.MatchString(c.Condition) {
						t.Errorf("%s, %s: %s", w.ID, s.ID, c.Condition)
					}
				}
				if text, _ := s.RequestBody.Payload.(string); strings.HasPrefix(text, "data:") && name != "branding-logo.yaml" {
					t.Errorf("%s, %s sends a data URL", w.ID, s.ID)
				}
				var names []string
				for n := range s.Outputs {
					names = append(names, n)
				}
				slices.Sort(names)
				if before, ok := outputs[s.ID]; ok && !slices.Equal(before, names) {
					t.Errorf("step %s has the outputs %v here and %v there: another runner takes them for one step", s.ID, before, names)
				}
				outputs[s.ID] = names
			}
		}
	})
}

func TestEveryOperationSucceedsSomewhere(t *testing.T) {
	t.Parallel()
	proven := map[string]bool{}
	for _, name := range scenarios.Names() {
		for _, w := range read(t, name).Workflows {
			for _, s := range w.Steps {
				for _, status := range []int{200, 201, 204} {
					proven[s.Operation] = proven[s.Operation] || s.holds(status)
				}
			}
		}
	}
	for _, o := range document(t).Operations() {
		if !o.Undocumented && !proven[o.ID] {
			t.Errorf("%s succeeds in no scenario", o.ID)
		}
	}
}
