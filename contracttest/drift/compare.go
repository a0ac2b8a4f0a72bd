package drift

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/value"
)

// Kinds of difference.
const (
	Missing = "missing" // a step that was run on one endpoint alone
	Status  = "status"
	Absent  = "absent" // a member that one answer lacks
	Type    = "type"
	Value   = "value"
)

// A Difference is one thing in which two endpoints do not agree.
type Difference struct {
	Kind      string `json:"kind"`
	Scenario  string `json:"scenario"`
	Step      string `json:"step"` // workflow/step
	Operation string `json:"operation,omitempty"`
	Pointer   string `json:"pointer,omitempty"` // JSON pointer into the body
	A         string `json:"a"`
	B         string `json:"b"`
}

// String is one line. What the endpoints say stands in it as text, and moves no cursor.
func (d Difference) String() string {
	where := strings.TrimSpace(d.Operation + " " + d.Pointer)
	return value.Printable(fmt.Sprintf("%s %s: %s: %s: %s | %s", d.Scenario, d.Step, where, d.Kind, d.A, d.B), "")
}

// maxPerStep bounds the differences of one step: a body of another kind differs everywhere.
const maxPerStep = 20

// Compare tells where the answers of two runs of the same scenarios differ, in the order of the first one. Steps that
// were skipped on either side, and those under a fault, are left out.
func Compare(a, b *report.Report) []Difference {
	var list []Difference
	others := map[string]*report.Scenario{}
	for i := range b.Scenarios {
		others[b.Scenarios[i].ID] = &b.Scenarios[i]
	}
	for i := range a.Scenarios {
		s := &a.Scenarios[i]
		other, ok := others[s.ID]
		if !ok || s.Verdict == report.Skipped || other.Verdict == report.Skipped {
			continue
		}
		c := comparison{scenario: s.ID, a: newNormaliser(a.RunID, a.Target), b: newNormaliser(b.RunID, b.Target)}
		c.steps(s.Steps, other.Steps)
		list = append(list, c.list...)
	}
	return list
}

type comparison struct {
	scenario string
	a, b     *normaliser
	list     []Difference
}

// keys tell which step of one run is that of the other: by its name, its element, and how often it came before.
func keys(steps []report.Step) (order []string, byKey map[string]*report.Step) {
	byKey = map[string]*report.Step{}
	for i := range steps {
		s := &steps[i]
		if s.Response == nil || s.Faulty || s.Cleanup {
			continue
		}
		name := s.Workflow + "/" + s.ID
		if s.Item != nil {
			name += fmt.Sprintf("[%d]", *s.Item)
		}
		key := name
		for n := 2; byKey[key] != nil; n++ {
			key = fmt.Sprintf("%s#%d", name, n)
		}
		byKey[key] = s
		order = append(order, key)
	}
	return order, byKey
}

// skipped are the workflows and the steps that were not meant to be run on an endpoint: it has no control plane, say, or may
// not be written to.
func skipped(sides ...[]report.Step) map[string]bool {
	names := map[string]bool{}
	for _, steps := range sides {
		for i := range steps {
			if s := &steps[i]; s.Verdict == report.Skipped {
				names[s.Workflow+"/"+s.ID] = true // without an ID: the whole workflow
			}
		}
	}
	return names
}

func without(steps []report.Step, names map[string]bool) []report.Step {
	return slices.DeleteFunc(slices.Clone(steps), func(s report.Step) bool {
		return names[s.Workflow+"/"] || names[s.Workflow+"/"+s.ID]
	})
}

func (c *comparison) steps(a, b []report.Step) {
	left := skipped(a, b)
	order, ours := keys(without(a, left))
	rest, theirs := keys(without(b, left))
	for _, key := range order {
		if other := theirs[key]; other != nil {
			c.answers(key, ours[key], other)
			continue
		}
		c.add(Difference{Kind: Missing, Step: key, Operation: ours[key].Operation, A: answered(ours[key]), B: "not run"})
	}
	for _, key := range rest {
		if ours[key] == nil {
			c.add(Difference{Kind: Missing, Step: key, Operation: theirs[key].Operation, A: "not run", B: answered(theirs[key])})
		}
	}
}

func answered(s *report.Step) string { return fmt.Sprintf("%d", s.Response.Status) }

func (c *comparison) add(d Difference) {
	d.Scenario = c.scenario
	c.list = append(c.list, d)
}

func (c *comparison) answers(key string, a, b *report.Step) {
	at := Difference{Step: key, Operation: a.Operation}
	if a.Response.Status != b.Response.Status {
		at.Kind, at.A, at.B = Status, answered(a), answered(b)
		c.add(at)
		return // the bodies of two statuses differ by nature
	}
	left, okA := decode(a.Response.Body)
	right, okB := decode(b.Response.Body)
	if !okA || !okB {
		return // no JSON, or cut off
	}
	first := len(c.list)
	c.values(at, c.a.value("", left), c.b.value("", right))
	if len(c.list) > first+maxPerStep {
		c.list = c.list[:first+maxPerStep]
	}
}

func decode(b report.Body) (v any, ok bool) {
	if b.Truncated || b.Binary || b.Text == "" {
		return nil, false
	}
	d := json.NewDecoder(strings.NewReader(b.Text))
	d.UseNumber()
	return v, d.Decode(&v) == nil
}

func (c *comparison) values(at Difference, a, b any) {
	if kindOf(a) != kindOf(b) {
		at.Kind, at.A, at.B = Type, kindOf(a), kindOf(b)
		c.add(at)
		return
	}
	switch a := a.(type) {
	case map[string]any:
		c.objects(at, a, b.(map[string]any))
	case []any:
		c.arrays(at, a, b.([]any))
	default:
		if a != b {
			at.Kind, at.A, at.B = Value, fmt.Sprint(a), fmt.Sprint(b)
			c.add(at)
		}
	}
}

func (c *comparison) objects(at Difference, a, b map[string]any) {
	names := slices.Collect(maps.Keys(a))
	for name := range b {
		if _, both := a[name]; !both {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		inner := at
		inner.Pointer += "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
		left, inA := a[name]
		right, inB := b[name]
		if inA && inB {
			c.values(inner, left, right)
			continue
		}
		inner.Kind, inner.A, inner.B = Absent, present(inA), present(inB)
		c.add(inner)
	}
}

// arrays compares as far as both go: how many objects a world holds is no matter of the contract, what they look like is.
func (c *comparison) arrays(at Difference, a, b []any) {
	for i := range min(len(a), len(b)) {
		inner := at
		inner.Pointer += fmt.Sprintf("/%d", i)
		c.values(inner, a[i], b[i])
	}
}

func present(is bool) string {
	if is {
		return "there"
	}
	return "absent"
}

func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case json.Number:
		return "number"
	case string:
		return "text"
	case []any:
		return "array"
	default:
		return "object"
	}
}
