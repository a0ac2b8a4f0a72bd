package run_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/run"
)

// busy answers the first requests with a status and a Retry-After.
func busy(requests, status int, after string) func(http.ResponseWriter, *http.Request, int) bool {
	return func(w http.ResponseWriter, _ *http.Request, n int) bool {
		if n > requests {
			return false
		}
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		answer(w, status, `{"error":{"code":1}}`)
		return true
	}
}

const list = `- {stepId: list, operationId: listThings}`

const again = `
- stepId: list
  operationId: listThings
  successCriteria: [{condition: $statusCode == 200}]
  onFailure:
    - {name: again, type: retry, retryAfter: 2, retryLimit: 3, criteria: [{condition: $statusCode == 503}]}
`

func TestRetriesAndWaits(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		steps    string
		instead  func(http.ResponseWriter, *http.Request, int) bool
		slept    []time.Duration
		attempts int
		verdict  report.Verdict
	}{
		"a retry waits as the file says":           {again, busy(2, 503, ""), []time.Duration{2 * time.Second, 2 * time.Second}, 3, report.Pass},
		"or as the server says":                    {again, busy(1, 503, "7"), []time.Duration{7 * time.Second}, 2, report.Pass},
		"or until the date that the server says":   {again, busy(1, 503, "Thu, 01 Jan 2026 00:00:05 GMT"), []time.Duration{5 * time.Second}, 2, report.Pass},
		"but not for ever":                         {again, busy(1, 503, "1e300"), []time.Duration{30 * time.Second}, 2, report.Pass},
		"a retry gives up":                         {again, busy(9, 503, ""), []time.Duration{2 * time.Second, 2 * time.Second, 2 * time.Second}, 4, report.Fail},
		"a retry wants its criteria":               {again, busy(9, 404, ""), nil, 1, report.Fail},
		"429 is waited for without an action":      {list, busy(2, 429, "1"), []time.Duration{time.Second, time.Second}, 3, report.Pass},
		"503 too":                                  {list, busy(1, 503, "1"), []time.Duration{time.Second}, 2, report.Pass},
		"but not without Retry-After":              {list, busy(1, 503, ""), nil, 1, report.Fail},
		"nor longer than allowed":                  {list, busy(1, 429, "31"), nil, 1, report.Fail},
		"nor more than five times":                 {list, busy(9, 429, "0"), make([]time.Duration, 5), 6, report.Fail},
		"nor if the step is about it":              {list[:len(list)-1] + ", successCriteria: [{condition: $statusCode == 429}]}", busy(1, 429, "1"), nil, 1, report.Pass},
		"other statuses are not waited for at all": {list, busy(1, 404, "1"), nil, 1, report.Fail},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			s.instead = tt.instead
			cfg := config(t, s, oneFlow(tt.steps))
			c := &clock{now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
			cfg.Clock = c
			rep := run.Run(t.Context(), cfg)
			step := rep.Scenarios[0].Steps[0]
			if diff := cmp.Diff(tt.slept, c.slept); diff != "" || step.Attempts != tt.attempts || rep.Verdict != tt.verdict {
				t.Errorf("%d attempts, slept (-want +got):\n%s\n%s", step.Attempts, diff, told(rep))
			}
		})
	}
}

func TestActionsLeadOn(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ steps, want string }{
		"a success ends the workflow": {`
- stepId: a
  operationId: listThings
  onSuccess: [{name: done, type: end}]
- stepId: b
  operationId: listThings`, `file pass
  a pass
`},
		"a success jumps over steps": {`
- stepId: a
  operationId: listThings
  onSuccess: [{name: no, type: end, criteria: [{condition: $statusCode == 201}]}, {name: over, type: goto, stepId: c}]
- stepId: b
  operationId: listThings
- stepId: c
  operationId: listThings`, `file pass
  a pass
  c pass
`},
		"a failure that an action handles is a note": {`
- stepId: a
  operationId: listThings
  successCriteria: [{condition: $response.body#/items/0 != null}]
  onFailure: [{name: make, type: goto, stepId: c}]
- stepId: b
  operationId: listThings
- stepId: c
  operationId: listThings`, `file pass
  a pass
    note criterion: expected $response.body#/items/0 != null, actual absent; handled by make
  c pass
`},
		"a failure may end the workflow": {`
- stepId: a
  operationId: listThings
  successCriteria: [{condition: $statusCode == 201}]
  onFailure: [{name: stop, type: end}]
- stepId: b
  operationId: listThings`, `file fail
  a fail
    violation criterion: expected $statusCode == 201, actual 200
`},
		"a criterion that cannot be decided is an error": {`
- stepId: a
  operationId: listThings
  successCriteria: [{condition: $response.body}]`, `file error
  a error
    error setup: $response.body is an object, not true or false: compare it with something
`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantTold(t, steps(t, open(t), tt.steps), tt.want)
		})
	}
}

func TestJumpsAreBounded(t *testing.T) {
	t.Parallel()
	s := open(t)
	rep := steps(t, s, `
- stepId: a
  operationId: listThings
  onSuccess: [{name: again, type: goto, stepId: a}]
`)
	if rep.Verdict != report.Error || len(s.requests) != 101 || !strings.Contains(rep.Scenarios[0].Reason, "jumped more than 100 times") {
		t.Errorf("%d requests: %s", len(s.requests), rep.Scenarios[0].Reason)
	}
}

func TestAWaitIsInterrupted(t *testing.T) {
	t.Parallel()
	s := open(t)
	ctx, interrupt := context.WithCancel(t.Context())
	cfg := config(t, s, oneFlow(again))
	cfg.Target.Client = doer(func(r *http.Request) (*http.Response, error) {
		defer interrupt()
		return s.Client().Do(r)
	})
	s.instead = busy(1, 503, "")
	rep := run.Run(ctx, cfg)
	if rep.Verdict != report.Error || !rep.Interrupted {
		t.Errorf("the report is\n%s", told(rep))
	}
}

type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(r *http.Request) (*http.Response, error) { return d(r) }

func TestALostAnswerMayBeRetried(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.instead = func(_ http.ResponseWriter, _ *http.Request, n int) bool {
		if n == 1 {
			panic(http.ErrAbortHandler)
		}
		return false
	}
	cfg := config(t, s, oneFlow(`
- stepId: list
  operationId: listThings
  onFailure: [{name: again, type: retry, retryLimit: 1, criteria: [{condition: $statusCode == null}]}]
`))
	cfg.Target.Client = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}} // else the transport repeats it
	rep := run.Run(t.Context(), cfg)
	wantTold(t, rep, "file pass\n  list pass\n")
	if attempts := rep.Scenarios[0].Steps[0].Attempts; attempts != 2 {
		t.Errorf("%d attempts, want 2", attempts)
	}
}

func TestFilesOfTheSameNameAreToldApart(t *testing.T) {
	t.Parallel()
	cfg := config(t, open(t), oneFlow(list))
	other := *cfg.Documents[0]
	other.File = "other/file.yaml"
	cfg.Documents = append(cfg.Documents, &other)
	cfg.Clock = nil // no clock is needed for the plan alone
	if diff := cmp.Diff([]string{"dir/file", "other/file"}, run.New(cfg).Scenarios()); diff != "" {
		t.Errorf("Scenarios (-want +got):\n%s", diff)
	}
}
