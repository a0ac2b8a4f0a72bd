package fault

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tenantry/tenantry/mock/internal/match"
	"github.com/tenantry/tenantry/openapi"
)

// A ruleChecker is parameters that go only with certain matches, conditions or phases. It is asked when the rule is
// sound in itself; pointers start at the rule.
type ruleChecker interface {
	checkRule(r *Rule, phase Phase) []Problem
}

// entry checks a rule and makes it ready to be matched. All problems are told at once.
func (s *Set) entry(r Rule) (*entry, []Problem) {
	problems := checkID(r.ID)
	problems = append(problems, under("/when", r.When.check())...)
	compiled, wrong := compileMatch(&r.Match, s.cfg.Doc)
	problems = append(problems, wrong...)
	kind, found := KindOf(r.Kind)
	if !found {
		return nil, append(problems, Problem{"/kind", unknownKind(r.Kind)})
	}
	params, wrong := paramsOf(kind, r.With)
	problems = append(problems, wrong...)
	phase, wrong := phaseOf(kind, r.Phase)
	problems = append(problems, wrong...)
	if len(problems) == 0 {
		problems = append(problems, s.reaches(kind, compiled, &r.Match)...)
		if c, ok := params.(ruleChecker); ok {
			problems = append(problems, c.checkRule(&r, phase)...)
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	e := &entry{
		rule: r, kind: kind, phase: phase, params: params, match: compiled, upload: kind.Name == slowRequestRead,
		since: s.cfg.Clock.Now(), counts: map[string]*count{}, lot: newLot(r.Seed, s.cfg.Seed, s.cfg.World, r.ID),
	}
	if r.When.TTL > 0 {
		e.expires = s.cfg.Wall().Add(time.Duration(r.When.TTL))
	}
	return e, nil
}

func unknownKind(name string) string {
	if name == "" {
		return "is required: " + suggest(name, kindNames())
	}
	return fmt.Sprintf("%q is no kind of fault; %s", name, suggest(name, kindNames()))
}

// compileMatch refuses what only answers have: a fault is decided before there is one.
func compileMatch(m *match.Matcher, doc *openapi.Document) (*match.Compiled, []Problem) {
	var problems []Problem
	for _, name := range m.OfAnswers() {
		problems = append(problems, Problem{"/match/" + name, "is about the answer; a fault is decided before there is one"})
	}
	compiled, wrong := m.Compile(doc)
	for _, p := range wrong {
		problems = append(problems, Problem{Pointer: "/match" + p.Pointer, Detail: p.Detail})
	}
	return compiled, problems
}

func paramsOf(kind *Kind, with []byte) (Params, []Problem) {
	if kind.With == nil {
		if len(with) > 0 {
			return nil, []Problem{{"/with", kind.Name + " takes no parameters; leave it out"}}
		}
		return nil, nil
	}
	params := kind.With()
	if len(with) > 0 {
		if problems := decode(with, params, "/with"); len(problems) > 0 {
			return params, problems
		}
	}
	return params, under("/with", params.Check())
}

func phaseOf(kind *Kind, asked Phase) (Phase, []Problem) {
	switch {
	case asked == "":
		return kind.Phases[0], nil
	case slices.Contains(kind.Phases, asked):
		return asked, nil
	}
	offered := make([]string, len(kind.Phases))
	for i, p := range kind.Phases {
		offered[i] = string(p)
	}
	return "", []Problem{{"/phase", fmt.Sprintf("%q is none of %s; it acts %s", asked, kind.Name, strings.Join(offered, " or "))}}
}

// reaches refuses a rule that no operation can ever meet: because the kind is about others, or because the parts of its
// match exclude one another. Requests that no operation answers are not refused: a path may be meant to name none.
func (s *Set) reaches(kind *Kind, compiled *match.Compiled, m *match.Matcher) []Problem {
	if kind.Operations == nil && m.Operation == "" && m.Tag == "" {
		return nil
	}
	for _, o := range s.cfg.Doc.Operations() {
		if (kind.Operations == nil || slices.Contains(kind.Operations, o.ID)) && mayMatch(compiled, o) {
			return nil
		}
	}
	if kind.Operations == nil {
		return []Problem{{"/match", "no operation has this operationId, tag and method together"}}
	}
	return []Problem{{"/match", fmt.Sprintf("reaches no operation that %s is about: %s", kind.Name, strings.Join(kind.Operations, ", "))}}
}

// mayMatch tells whether operation, tag and method let an operation be matched; the rest is up to the request.
func mayMatch(c *match.Compiled, o *openapi.Operation) bool {
	for _, miss := range c.Mismatches(&match.Request{Operation: o.ID, Tags: o.Tags, Method: o.Method}) {
		if slices.Contains([]string{"operation", "tag", "method"}, miss.Field) {
			return false
		}
	}
	return true
}

// problems collects what is wrong.
type problems []Problem

// add notes a problem if there is one.
func (p *problems) add(wrong bool, pointer, detail string) {
	if wrong {
		*p = append(*p, Problem{pointer, detail})
	}
}

func (p *problems) oneOf(pointer, value string, allowed ...string) {
	p.add(!slices.Contains(allowed, value), pointer, "must be one of "+strings.Join(allowed, ", "))
}
