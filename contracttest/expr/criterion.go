package expr

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tenantry/tenantry/contracttest/value"
	"github.com/tenantry/tenantry/jsonpath"
)

// A Test is one criterion: a *Condition, a *Regex or a *JSONPath.
type Test interface {
	// Judge tells whether the criterion holds. An error is a criterion that cannot be decided.
	Judge(s Scope) (Verdict, error)
	Refs(yield func(Ref))
	String() string
}

// A Verdict is what became of a criterion.
type Verdict struct {
	Holds    bool
	Expected string // what was asked for: of several conditions that all must hold, the first that does not
	Actual   string // what the references in it stand for; "absent" for what is not there
}

// A Condition is a criterion of the type simple. It never changes and is safe for concurrent use, like all others.
type Condition struct{ root node }

// ParseCondition reads a condition, or says what is wrong with it and at which character.
func ParseCondition(text string) (*Condition, error) {
	n, err := whole(text, (*parser).or)
	if err != nil {
		return nil, err
	}
	return &Condition{n}, nil
}

// Judge tells whether the condition holds.
func (c *Condition) Judge(s Scope) (Verdict, error) {
	holds, err := truth(c.root, s)
	if err != nil || holds {
		return Verdict{Holds: holds, Expected: c.String()}, err
	}
	part, err := culprit(c.root, s)
	if err != nil {
		return Verdict{}, err
	}
	actual, err := actual(part, s)
	return Verdict{Expected: text(part), Actual: actual}, err
}

// culprit is the first part of a condition that keeps it from holding.
func culprit(n node, s Scope) (node, error) {
	b, ok := n.(binary)
	if !ok || b.op != "&&" {
		return n, nil
	}
	holds, err := truth(b.a, s)
	if err != nil {
		return nil, err
	}
	if !holds {
		return culprit(b.a, s)
	}
	return culprit(b.b, s)
}

// actual is what the references of a part stand for.
func actual(n node, s Scope) (string, error) {
	var names, values []string
	for _, leaf := range leaves(nil, n) {
		name := text(leaf)
		if slices.Contains(names, name) {
			continue
		}
		v, present, err := leaf.eval(s)
		if err != nil {
			return "", err
		}
		names, values = append(names, name), append(values, Show(v, present))
	}
	if len(values) == 1 {
		return values[0], nil
	}
	for i, name := range names {
		values[i] = name + " is " + values[i]
	}
	return strings.Join(values, ", "), nil
}

// leaves are the parts of a condition that stand for a value outside of it.
func leaves(to []node, n node) []node {
	switch n := n.(type) {
	case Ref, member, element:
		return append(to, n)
	case negation:
		return leaves(to, n.of)
	case binary:
		return leaves(leaves(to, n.a), n.b)
	case comparison:
		return leaves(leaves(to, n.a), n.b)
	}
	return to
}

// maxShown bounds a value in a sentence.
const maxShown = 300

// Show is a value in a sentence: texts in quotes, everything else as JSON, and bounded.
func Show(v any, present bool) string {
	if !present {
		return "absent"
	}
	shown := value.Text(v)
	if _, ok := v.(string); ok {
		shown = quote(shown)
	}
	if len(shown) <= maxShown {
		return shown
	}
	cut := maxShown
	for cut > 0 && !utf8.RuneStart(shown[cut]) {
		cut--
	}
	return shown[:cut] + "…"
}

// Refs yields the references of the condition.
func (c *Condition) Refs(yield func(Ref)) { c.root.refs(yield) }

// String is the condition in its normal form.
func (c *Condition) String() string { return text(c.root) }

// A Regex is a criterion of the type regex: the context, read as text, matches the pattern somewhere.
type Regex struct {
	Context *Expression
	Pattern *regexp.Regexp
}

// Judge tells whether the context matches.
func (c *Regex) Judge(s Scope) (Verdict, error) {
	v, present, err := c.Context.Eval(s)
	if err != nil {
		return Verdict{}, err
	}
	holds := present && c.Pattern.MatchString(value.Text(v))
	return Verdict{Holds: holds, Expected: c.String(), Actual: Show(v, present)}, nil
}

// Refs yields the references of the context.
func (c *Regex) Refs(yield func(Ref)) { c.Context.Refs(yield) }

// String is the criterion in words.
func (c *Regex) String() string { return fmt.Sprintf("%s matches %s", c.Context, c.Pattern) }

// A JSONPath is a criterion of the type jsonpath: the path finds at least one node in the context.
type JSONPath struct {
	Context *Expression
	Path    *jsonpath.Path
}

// Judge tells whether the path finds anything.
func (c *JSONPath) Judge(s Scope) (Verdict, error) {
	v, present, err := c.Context.Eval(s)
	if err != nil {
		return Verdict{}, err
	}
	holds := present && len(c.Path.Select(v)) > 0
	return Verdict{Holds: holds, Expected: c.String(), Actual: Show(v, present)}, nil
}

// Refs yields the references of the context.
func (c *JSONPath) Refs(yield func(Ref)) { c.Context.Refs(yield) }

// String is the criterion in words.
func (c *JSONPath) String() string { return fmt.Sprintf("%s has %s", c.Context, c.Path) }
