package run_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/run"
)

const withInputs = `
  - workflowId: w
    inputs:
      type: object
      required: [name]
      properties:
        name: {type: string, minLength: 2}
        limit: {type: integer, default: 5}
        run_id: {type: string}
    steps:
      - stepId: list
        operationId: listThings
        parameters:
          - {name: ids, in: query, value: '{$inputs.name}-{$inputs.run_id}'}
          - {name: limit, in: query, value: $inputs.limit}
`

func TestInputsAreCheckedBeforeAnythingIsSent(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		inputs map[string]any
		want   string // the query that is sent, or the reason
	}{
		"a missing input":                     {nil, "workflow w: input name is missing"},
		"an input that is too short":          {map[string]any{"name": "a"}, "workflow w: input name must have 2 characters or more"},
		"an input of the wrong type":          {map[string]any{"name": "ab", "limit": "x"}, "workflow w: input limit must be an integer, not a text"},
		"defaults and the run's id are there": {map[string]any{"name": "ab"}, "GET /things?ids=ab-run-1&limit=5"},
		"a text is read as its type":          {map[string]any{"name": "ab", "limit": "6", "run_id": "r"}, "GET /things?ids=ab-r&limit=6"},
		"numbers of Go are numbers":           {map[string]any{"name": "ab", "limit": 7}, "GET /things?ids=ab-run-1&limit=7"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			cfg := config(t, s, withInputs)
			cfg.Inputs = tt.inputs
			rep := run.Run(t.Context(), cfg)
			got := rep.Scenarios[0].Reason + strings.Join(s.requests, "")
			if diff := cmp.Diff(tt.want, got); diff != "" || (rep.Verdict == report.Pass) != (len(s.requests) == 1) {
				t.Errorf("(-want +got):\n%s\n%s", diff, told(rep))
			}
		})
	}
}

// tokens makes another token at each use.
type tokens struct {
	n   int
	err error
}

func (k *tokens) Token(context.Context) (string, error) {
	k.n++
	return fmt.Sprintf("tok-secret-%d", k.n), k.err
}

func (k *tokens) Forget() {}

const withToken = `
  - workflowId: w
    inputs: {type: object, required: [token], properties: {token: {type: string}}}
    parameters: [{name: Authorization, in: header, value: 'Bearer {$inputs.token}'}]
    steps:
      - {stepId: a, operationId: listThings}
      - {stepId: b, operationId: listThings}
`

func TestATokenIsAskedForAtEachUse(t *testing.T) {
	t.Parallel()
	s := open(t)
	cfg := config(t, s, withToken)
	cfg.Token = &tokens{}
	rep := run.Run(t.Context(), cfg)
	if rep.Verdict != report.Pass || s.headers[0].Get("Authorization") != "Bearer tok-secret-1" || s.headers[1].Get("Authorization") != "Bearer tok-secret-2" {
		t.Errorf("headers %v\n%s", s.headers, told(rep))
	}
	cfg.Token = &tokens{err: errors.New("client is disabled")}
	wantTold(t, run.Run(t.Context(), cfg), `file error
  a error
    error setup: parameter Authorization: client is disabled
`)
}

func TestNoSecretIsInTheReport(t *testing.T) {
	t.Parallel()
	s := open(t)
	cfg := config(t, s, `
  - workflowId: w
    inputs:
      type: object
      properties: {token: {type: string}, pin: {type: string, format: password}}
    parameters: [{name: Authorization, in: header, value: 'Bearer {$inputs.token}'}]
    steps:
      - stepId: ask
        operationId: issueToken
        requestBody: {payload: {client_secret: hush-secret-9, pin: $inputs.pin}}
        outputs: {token: $response.body#/access_token}
      - stepId: use
        operationId: getThing
        parameters: [{name: id, in: path, value: $steps.ask.outputs.token}]
        successCriteria:
          - {context: $request.header.Authorization, type: regex, condition: nothing}
          - condition: $request.path.id == 'x'
`)
	cfg.Inputs = map[string]any{"token": "given-secret-2", "pin": "pin-secret-3"}
	rep := run.Run(t.Context(), cfg)
	text, err := json.Marshal(rep)
	if err != nil || strings.Contains(string(text), "-secret-") || !strings.Contains(string(text), "Bearer ***") {
		t.Errorf("error %v, the report is %s", err, text)
	}
}

func TestWhatMayNotRunIsSkipped(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		file string
		set  func(*run.Config)
		want string
	}{
		"a workflow that changes the target, without leave": {
			`
  - {workflowId: w, steps: [{stepId: a, operationId: createThing}]}
  - {workflowId: x, dependsOn: [w], steps: [{stepId: a, operationId: listThings}]}
`, func(c *run.Config) { c.AllowWrites = false },
			`file skipped
   skipped (workflow w changes the target, and writes are not allowed)
   skipped (workflow x depends on w, which did not pass)
`,
		},
		"a POST that changes nothing runs": {
			`
  - {workflowId: w, steps: [{stepId: a, operationId: issueToken, x-mutates: false, requestBody: {payload: {a: b}}}]}
`, func(c *run.Config) { c.AllowWrites = false }, "file pass\n  a pass\n",
		},
		"a workflow that requires what is not there": {
			`
  - {workflowId: w, x-requires: [root, writes, magic], steps: [{stepId: a, operationId: listThings}]}
`, func(c *run.Config) { c.Capabilities = []string{"root"} },
			"file skipped\n   skipped (workflow w requires magic)\n",
		},
		"what depends on a failure": {
			`
  - {workflowId: w, steps: [{stepId: a, operationId: listThings, successCriteria: [{condition: false}]}]}
  - {workflowId: x, dependsOn: [w], steps: [{stepId: a, operationId: listThings}]}
`, func(*run.Config) {},
			`file fail
  a fail
    violation criterion: expected false
   skipped (workflow x depends on w, which did not pass)
`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := config(t, open(t), tt.file)
			tt.set(&cfg)
			wantTold(t, run.Run(t.Context(), cfg), tt.want)
		})
	}
}

func TestScenariosAreSelected(t *testing.T) {
	t.Parallel()
	const file = `
  - {workflowId: a, x-tags: [fast], steps: [{stepId: s, operationId: listThings}]}
  - {workflowId: b, dependsOn: [c], steps: [{stepId: s, operationId: listThings}]}
  - {workflowId: c, x-tags: [slow], steps: [{stepId: s, operationId: listThings, successCriteria: [{condition: $statusCode == 1}]}]}
  - {workflowId: d, steps: [{stepId: s, operationId: listThings}]}
`
	for name, tt := range map[string]struct {
		set  func(*run.Config)
		want string
	}{
		"all, in the order of the file":     {func(*run.Config) {}, "file/a pass, file/c fail, file/d pass"},
		"by tag, with what it depends on":   {func(c *run.Config) { c.Tags = []string{"slow"} }, "file/c fail"},
		"by id":                             {func(c *run.Config) { c.Only = []string{"file/d"} }, "file/d pass"},
		"by workflow":                       {func(c *run.Config) { c.Only = []string{"b", "a"} }, "file/a pass, file/c fail"},
		"by file":                           {func(c *run.Config) { c.Only = []string{"file"} }, "file/a pass, file/c fail, file/d pass"},
		"none":                              {func(c *run.Config) { c.Only = []string{"z"} }, ""},
		"none is begun after a failure":     {func(c *run.Config) { c.FailFast = true }, "file/a pass, file/c fail, file/d skipped"},
		"many at a time, in the same order": {func(c *run.Config) { c.Parallel = 4 }, "file/a pass, file/c fail, file/d pass"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := config(t, open(t), file)
			tt.set(&cfg)
			var told, done []string
			cfg.Done = func(s report.Scenario) { done = append(done, s.ID) }
			for _, s := range run.Run(t.Context(), cfg).Scenarios {
				told = append(told, s.ID+" "+string(s.Verdict))
			}
			if diff := cmp.Diff(tt.want, strings.Join(told, ", ")); diff != "" || len(done) != len(told) {
				t.Errorf("%d were told of (-want +got):\n%s", len(done), diff)
			}
		})
	}
}
