package match

import (
	"fmt"

	"github.com/tenantry/tenantry/openapi"
)

// A Matcher picks requests: all that it names must hold, an empty one picks every request.
type Matcher struct {
	// Operation is an operationId or a glob: * is any run of characters, ? is one. Alternatives are separated by commas.
	Operation string `json:"operation,omitempty"`
	Tag       string `json:"tag,omitempty"`
	Method    string `json:"method,omitempty"`  // alternatives are separated by commas
	Path      string `json:"path,omitempty"`    // a glob, without the sandbox's prefix; * goes over slashes
	Tenant    string `json:"tenant,omitempty"`  // that the request is about
	Subtree   string `json:"subtree,omitempty"` // root of the tree that the request is about a tenant of
	Client    string `json:"client,omitempty"`  // id
	User      string `json:"user,omitempty"`    // id or login
	Role      string `json:"role,omitempty"`    // that the actor holds anywhere

	Header map[string]string `json:"header,omitempty"` // name -> glob
	Query  map[string]string `json:"query,omitempty"`  // name -> glob
	// Body maps a JSONPath to the value that one of the nodes it selects must have, or to {"exists": true} or
	// {"exists": false}. A form counts as an object of its fields.
	Body map[string]any `json:"body,omitempty"`

	Status string `json:"status,omitempty"` // such as 404 or 4xx; alternatives are separated by commas
	Cause  string `json:"cause,omitempty"`  // of a refusal, see Causes
	Fault  string `json:"fault,omitempty"`  // id of a rule or its kind
}

// IsZero reports whether the matcher names nothing, so that a rule is shown in one form however that was written.
func (m Matcher) IsZero() bool {
	texts := [...]string{
		m.Operation, m.Tag, m.Method, m.Path, m.Tenant, m.Subtree, m.Client, m.User, m.Role, m.Status, m.Cause, m.Fault,
	}
	return texts == [len(texts)]string{} && len(m.Header)+len(m.Query)+len(m.Body) == 0
}

// Causes are the gates at which a request may have been refused, and injected for an answer that a fault made.
var Causes = []string{"route", "auth", "scope", "spec", "state", "policy", "injected"}

// OfAnswers names the members in use that look at the answer: before there is one they cannot hold, so that a rule which
// decides about a request must not have them.
func (m *Matcher) OfAnswers() []string {
	var names []string
	for _, member := range []struct{ name, value string }{{"status", m.Status}, {"cause", m.Cause}, {"fault", m.Fault}} {
		if member.value != "" {
			names = append(names, member.name)
		}
	}
	return names
}

// A Problem is one mistake in a matcher: where, as a JSON pointer within it, and what to do about it.
type Problem struct {
	Pointer string `json:"pointer"`
	Detail  string `json:"detail"`
}

// A Mismatch is one member of a matcher that does not hold for a request.
type Mismatch struct {
	Field string `json:"field"` // as in a matcher: operation, header User-Agent, body $.name
	Want  string `json:"want"`
	Got   string `json:"got"` // what the request has instead; "" for nothing
}

// Compiled is a matcher in the form to ask. It never changes and is safe for concurrent use.
type Compiled struct{ checks []check }

// A check is one member of a matcher.
type check struct {
	field, want string
	holds       func(*Request) bool
	got         func(*Request) string
}

// Compile checks the matcher and makes it ready. With problems, which are all reported at once, there is no Compiled.
// Names of operations and tags are held to the document; without one they may be any.
func (m *Matcher) Compile(doc *openapi.Document) (*Compiled, []Problem) {
	c := &compiler{doc: doc}
	c.route(m)
	c.actor(m)
	c.message(m)
	c.answer(m)
	if len(c.problems) > 0 {
		return nil, c.problems
	}
	return &Compiled{c.checks}, nil
}

// Matches reports whether everything that the matcher names holds. A nil Compiled picks every request.
func (c *Compiled) Matches(r *Request) bool {
	if c == nil {
		return true
	}
	for i := range c.checks {
		if !c.checks[i].holds(r) {
			return false
		}
	}
	return true
}

// Mismatches lists what does not hold, in the order in which the members of Matcher are declared; none for a request that
// matches.
func (c *Compiled) Mismatches(r *Request) []Mismatch {
	if c == nil {
		return nil
	}
	var list []Mismatch
	for _, k := range c.checks {
		if !k.holds(r) {
			list = append(list, Mismatch{Field: k.field, Want: k.want, Got: k.got(r)})
		}
	}
	return list
}

// compiler gathers the checks and the problems of one matcher.
type compiler struct {
	doc      *openapi.Document
	checks   []check
	problems []Problem
}

func (c *compiler) add(field, want string, holds func(*Request) bool, got func(*Request) string) {
	c.checks = append(c.checks, check{field, want, holds, got})
}

func (c *compiler) refuse(pointer, format string, args ...any) {
	c.problems = append(c.problems, Problem{Pointer: pointer, Detail: fmt.Sprintf(format, args...)})
}
