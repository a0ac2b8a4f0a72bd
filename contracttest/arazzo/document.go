package arazzo

import (
	"regexp"
	"time"

	"github.com/tenantry/tenantry/contracttest/expr"
	"github.com/tenantry/tenantry/openapi"

	"github.com/tenantry/tenantry/yamltree"
)

// A Pos is a place in a file; both numbers count from 1.
type Pos = yamltree.Pos

// A Document is one file that was found to be right. It never changes and is safe for concurrent use.
type Document struct {
	File      string
	Title     string
	Summary   string
	Sources   []Source
	Workflows []*Workflow // in the order of the file
	Tags      []string
	Requires  []string
}

// A Source is one of the descriptions that the steps refer to.
type Source struct{ Name, URL string }

// A Workflow is a sequence of steps. Every workflow in DependsOn is there, and none depends on itself.
type Workflow struct {
	Pos
	ID, Summary string
	Inputs      *Schema // nil without inputs
	DependsOn   []string
	Steps       []*Step
	Outputs     []Output
	Extensions
}

// A Step is one call of an operation. Parameters and actions of the workflow are among its own, as far as it does not
// override them.
type Step struct {
	Pos
	ID         string
	Operation  *openapi.Operation
	Parameters []Parameter
	Body       *Body // nil without a body
	Criteria   []Criterion
	OnSuccess  []Action
	OnFailure  []Action
	Outputs    []Output
	Extensions
}

// Extensions are those that workflows and steps share. What is absent is nil.
type Extensions struct {
	Cleanup  []*Step
	Foreach  expr.Value
	Fault    expr.Value
	Clock    expr.Value
	Requires []string
	Mutates  *bool
	Tags     []string // of workflows
}

// A Parameter is a value for one parameter of an operation.
type Parameter struct {
	Pos
	Name, In string // In is path, query, header or cookie
	Value    expr.Value
}

// A Body is what a step sends.
type Body struct {
	Pos
	ContentType  string // "" if the operation decides
	Payload      expr.Value
	Raw          bool // the payload is written as a text and is sent as it is
	Replacements []Replacement
}

// A Replacement puts a value into a payload at a JSON pointer.
type Replacement struct {
	Pos
	Target string
	Value  expr.Value
}

// A Criterion is one condition.
type Criterion struct {
	Pos
	Test expr.Test
}

// The types of actions.
const (
	End   = "end"
	Goto  = "goto"
	Retry = "retry"
)

// An Action is what follows a step whose criteria hold, or do not.
type Action struct {
	Pos
	Name, Type string
	Step       string        // where a goto goes
	After      time.Duration // how long a retry waits
	Limit      int           // how often a retry retries
	Criteria   []Criterion
}

// An Output is a value that outlives its step or workflow.
type Output struct {
	Pos
	Name    string
	Value   *expr.Expression
	Pattern *regexp.Regexp // of x-capture: the output is what its first group matches in the value; else nil
}

// Mutating tells whether a step changes the target.
func (s *Step) Mutating() bool {
	if s.Mutates != nil {
		return *s.Mutates
	}
	return s.Operation.Method != "GET" && s.Operation.Method != "HEAD"
}

// Mutating tells whether any step of the workflow changes the target.
func (w *Workflow) Mutating() bool {
	if w.Mutates != nil {
		return *w.Mutates
	}
	found := false
	w.All(func(s *Step) { found = found || s.Mutating() })
	return found
}

// All yields every step of the workflow, those of cleanups included.
func (w *Workflow) All(yield func(*Step)) {
	for _, s := range w.Steps {
		s.all(yield)
	}
	for _, s := range w.Cleanup {
		s.all(yield)
	}
}

func (s *Step) all(yield func(*Step)) {
	yield(s)
	for _, c := range s.Cleanup {
		c.all(yield)
	}
}

// Controlled tells whether the workflow needs a control plane.
func (w *Workflow) Controlled() bool {
	found := w.controlled()
	w.All(func(s *Step) { found = found || s.controlled() })
	return found
}

func (x *Extensions) controlled() bool { return x.Fault != nil || x.Clock != nil }

// Workflow finds a workflow by its id.
func (d *Document) Workflow(id string) (*Workflow, bool) {
	for _, w := range d.Workflows {
		if w.ID == id {
			return w, true
		}
	}
	return nil, false
}
