package report

import (
	"net/http"
	"time"
)

// A Verdict says what became of a step, a scenario or a run.
type Verdict string

// The verdicts, from good to bad. Error is what could not be run: it says nothing about the target, and is never a pass.
const (
	Pass    Verdict = "pass"
	Skipped Verdict = "skipped"
	Fail    Verdict = "fail"
	Error   Verdict = "error"
)

// worse is how bad a verdict is. What was skipped does not keep the rest from passing.
func worse(v Verdict) int {
	switch v {
	case Fail:
		return 2
	case Error:
		return 3
	case Skipped:
		return -1
	case Pass:
	}
	return 0
}

// Worst is the worst of some verdicts: skipped only if all are, or there is none.
func Worst(verdicts ...Verdict) Verdict {
	worst := Skipped
	for _, v := range verdicts {
		if worse(v) > worse(worst) {
			worst = v
		}
	}
	return worst
}

// Kinds of findings.
const (
	Criterion = "criterion" // a criterion of the step does not hold
	Contract  = "contract"  // the answer breaks the OpenAPI document
	Transport = "transport" // there was no answer
	Setup     = "setup"     // the step could not be made ready or judged
	Cleanup   = "cleanup"   // what was created could not be removed
)

// Severities of findings. An error makes its step an error, a violation makes it a failure; the others change nothing.
const (
	SeverityError     = "error"
	SeverityViolation = "violation"
	SeverityDeviation = "deviation"
	SeverityNote      = "note"
)

// A Report is what became of a run.
type Report struct {
	RunID       string        `json:"run_id"`
	Target      string        `json:"target"`
	Verdict     Verdict       `json:"verdict"`
	Started     time.Time     `json:"started"`
	Duration    time.Duration `json:"duration_ns"`
	Interrupted bool          `json:"interrupted,omitempty"`
	Scenarios   []Scenario    `json:"scenarios"`
	Coverage    Coverage      `json:"coverage"`
}

// Coverage counts answers by operation and status. Every documented pair is there, with zero if it was not met; answers
// while a fault was active do not count.
type Coverage map[string]map[int]int

// A Scenario is the workflows of one file that depend on each other.
type Scenario struct {
	ID       string        `json:"id"`
	File     string        `json:"file"`
	Title    string        `json:"title"`
	Tags     []string      `json:"tags,omitempty"`
	Verdict  Verdict       `json:"verdict"`
	Reason   string        `json:"reason,omitempty"` // of what was skipped or could not be run
	Started  time.Time     `json:"started"`
	Duration time.Duration `json:"duration_ns"`
	Steps    []Step        `json:"steps"`
}

// A Step is one step that was run, or a workflow or step that was skipped.
type Step struct {
	ID        string        `json:"id"` // of the step; "" for a workflow that was not run
	Workflow  string        `json:"workflow"`
	Item      *int          `json:"item,omitempty"` // which element of x-foreach
	Operation string        `json:"operation,omitempty"`
	Line      int           `json:"line"`
	Cleanup   bool          `json:"cleanup,omitempty"`
	Faulty    bool          `json:"faulty,omitempty"` // a fault was active
	Verdict   Verdict       `json:"verdict"`
	Reason    string        `json:"reason,omitempty"` // of what was skipped
	Request   *Request      `json:"request,omitempty"`
	Response  *Response     `json:"response,omitempty"` // the last one
	Attempts  int           `json:"attempts,omitempty"`
	Findings  []Finding     `json:"findings,omitempty"`
	Started   time.Time     `json:"started"`
	Duration  time.Duration `json:"duration_ns"` // of all attempts, with the waits between them
}

// A Request is what was sent last.
type Request struct {
	Method string      `json:"method"`
	URL    string      `json:"url"`
	Header http.Header `json:"headers"`
	Body   Body        `json:"body"`
}

// A Response is what was answered last.
type Response struct {
	Status   int           `json:"status"`
	Header   http.Header   `json:"headers"`
	Body     Body          `json:"body"`
	Duration time.Duration `json:"duration_ns"` // from sending to the last byte
}

// A Body is the text of a body.
type Body struct {
	Text      string `json:"text,omitempty"`
	Size      int    `json:"size"` // in bytes, of the whole
	Truncated bool   `json:"truncated,omitempty"`
	Binary    bool   `json:"binary,omitempty"` // no text: only the size is kept
}

// A Finding is one thing that is not as it should be.
type Finding struct {
	Kind     string `json:"kind"`
	Severity string `json:"severity"`
	Pointer  string `json:"pointer,omitempty"` // JSON pointer into the body of the answer
	Message  string `json:"message"`
	Expected string `json:"expected,omitempty"`
	Actual   string `json:"actual,omitempty"`
	Line     int    `json:"line,omitempty"` // of the scenario's file
}

// Judge is the verdict that findings lead to.
func Judge(findings []Finding) Verdict {
	verdict := Pass
	for _, f := range findings {
		switch f.Severity {
		case SeverityError:
			return Error
		case SeverityViolation:
			verdict = Fail
		}
	}
	return verdict
}
