package reference

import (
	"regexp"
	"slices"
	"strings"
)

var (
	heading  = regexp.MustCompile(`^(GET|POST|PUT|PATCH|DELETE|HEAD) (/.*)$`)
	template = regexp.MustCompile(`^(/|[\w.-]|\{\w+\})+$`)
	variable = regexp.MustCompile(`\{(\w+)\}`)
)

// operations reads all endpoints, to the end of the document.
func (p *parser) operations(ref *Reference) error {
	seen := map[string]bool{}
	for p.peek() != "" {
		p.at = "document"
		op, err := p.operation()
		if err != nil {
			return err
		}
		if seen[op.Name()] {
			return p.errorAt(p.last(), "the operation is described twice; its second description ends here")
		}
		seen[op.Name()] = true
		ref.Operations = append(ref.Operations, op)
	}
	return nil
}

// operation reads one endpoint from its heading to its last status.
func (p *parser) operation() (Operation, error) {
	var op Operation
	text, err := p.expectAfter("### ")
	if err != nil {
		return op, err
	}
	m := heading.FindStringSubmatch(text)
	if m == nil || !template.MatchString(m[2]) {
		return op, p.errorAt(p.last(), "%q is not a method and a path template", text)
	}
	op.Method, op.Path = m[1], m[2]
	p.at = op.Name()
	for _, part := range []func(*Operation) error{p.prose, p.security, p.request} {
		if err := part(&op); err != nil {
			return op, err
		}
	}
	if err := p.expect("#### Responses"); err != nil {
		return op, err
	}
	op.Statuses, err = p.statuses()
	return op, err
}

// prose skips the endpoint's description. Of what it says only two markers are
// facts.
func (p *parser) prose(op *Operation) error {
	for text := p.peek(); text != "" && !structural(text); text = p.peek() {
		switch {
		case strings.HasPrefix(text, "*DEPRECATED.*"):
			op.Deprecated = true
		case text == "*WARNING.* Endpoint is disabled.":
			op.Disabled = true
		case strings.HasPrefix(text, "*") && !strings.HasPrefix(text, "* "):
			return p.unexpected("a description without unknown markers")
		}
		p.pos++
	}
	return nil
}

// structural reports whether a line is part of the document's skeleton, and so
// never prose.
func structural(text string) bool {
	for _, mark := range []string{"#", "|", "**", "```"} {
		if strings.HasPrefix(text, mark) {
			return true
		}
	}
	return false
}

// security reads which ways to authorize the endpoint takes, and its scopes.
func (p *parser) security(op *Operation) error {
	if err := p.expect("#### Security"); err != nil {
		return err
	}
	if p.take("The endpoint does not require authorization.") {
		return nil
	}
	list, err := p.expectAfter("The endpoint supports the following authorization methods: ")
	if err != nil {
		return err
	}
	for item := range strings.SplitSeq(list, ", ") {
		name, _ := quoted(item)
		auth, ok := authNames[name]
		if !ok || slices.Contains(op.Auth, auth) {
			return p.errorAt(p.last(), "unknown or repeated authorization method %q", item)
		}
		op.Auth = append(op.Auth, auth)
	}
	if p.take("For OAuth2 authorization method, one of the following scopes is required by the endpoint:") {
		op.Scopes, err = p.bullets("* ")
	}
	return err
}

// request reads the parameters and the body. Path parameters come first: they
// are in the template alone.
func (p *parser) request(op *Operation) error {
	if err := p.expect("#### Request parameters"); err != nil {
		return err
	}
	var err error
	if op.Parameters, err = p.parameters("#####", inPath(op.Path)); err != nil {
		return err
	}
	if !p.take("##### Request body") {
		return nil
	}
	op.Body, err = p.body()
	return err
}

func inPath(path string) []Parameter {
	var all []Parameter
	for _, m := range variable.FindAllStringSubmatch(path, -1) {
		all = append(all, Parameter{Name: m[1], Place: InPath, Required: true, Facts: Facts{Type: String}})
	}
	return all
}

// parameters reads the header and query tables, whose headings are of the given
// level, and returns known followed by what they hold.
func (p *parser) parameters(level string, known []Parameter) ([]Parameter, error) {
	for {
		var place Place
		switch {
		case p.take(level + " Headers"):
			place = InHeader
		case p.take(level + " Query parameters"):
			place = InQuery
		default:
			return known, nil
		}
		rows, err := p.table("Name")
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			param, err := p.parameter(r, place)
			if err != nil {
				return nil, err
			}
			if slices.ContainsFunc(known, param.same) {
				return nil, p.errorAt(r.lines[0], "parameter %q is listed twice", r.name)
			}
			known = append(known, param)
		}
	}
}

func (a Parameter) same(b Parameter) bool { return a.Name == b.Name && a.Place == b.Place }

func (p *parser) parameter(r row, place Place) (Parameter, error) {
	presence, facts, err := p.described(r)
	if err == nil && presence == "" {
		err = p.errorAt(r.lines[0], "parameter %q is neither required nor optional", r.name)
	}
	return Parameter{Name: r.name, Place: place, Required: presence == required, Facts: facts}, err
}
