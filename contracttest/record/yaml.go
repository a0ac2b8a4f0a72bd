package record

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/value"
)

// yaml writes a draft. It knows just what drafts need.
type yaml struct{ b strings.Builder }

func (y *yaml) line(indent int, text string) {
	y.b.WriteString(strings.Repeat(" ", indent) + text + "\n")
}

func (y *yaml) workflows(b *builder, lines []line) {
	y.line(0, "workflows:")
	if b.loggedIn {
		y.login()
	}
	steps := slices.ContainsFunc(lines, func(l line) bool { return l.step != nil })
	if steps {
		y.line(2, "- workflowId: recorded")
		y.line(4, "summary: What passed, in the order of its arrival")
		if b.loggedIn {
			y.line(4, "dependsOn: [login]")
		}
		y.line(4, "inputs: {$ref: '#/components/inputs/run'}")
		y.line(4, "steps:")
	}
	for _, l := range lines {
		if l.step != nil {
			y.step(l.step)
			continue
		}
		y.line(6, "# "+l.comment)
	}
}

func (y *yaml) login() {
	y.line(2, "- workflowId: login")
	y.line(4, "summary: A token of the API client")
	y.line(4, "inputs: {$ref: '#/components/inputs/run'}")
	y.line(4, "steps:")
	y.line(6, "- stepId: get-token")
	y.line(8, "operationId: issueToken")
	y.line(8, "requestBody:")
	y.line(10, "contentType: "+mediaForm)
	y.line(10, "payload:")
	y.line(12, "grant_type: client_credentials")
	y.line(12, "client_id: $inputs.client_id")
	y.line(12, "client_secret: $inputs.client_secret")
	y.line(8, "successCriteria:")
	y.line(10, "- condition: $statusCode == 200")
	y.line(8, "outputs:")
	y.line(10, "token: $response.body#/access_token")
	y.line(4, "outputs:")
	y.line(6, "token: $steps.get-token.outputs.token")
}

func (y *yaml) step(s *step) {
	for _, c := range s.comments {
		y.line(6, "# "+c)
	}
	y.line(6, "- stepId: "+s.id)
	y.line(8, "operationId: "+s.x.op.ID)
	if len(s.params) > 0 {
		y.line(8, "parameters:")
	}
	for _, p := range s.params {
		extra := ""
		if p.undeclared {
			extra = ", x-undeclared: true"
		}
		y.line(10, fmt.Sprintf("- {name: %s, in: %s, value: %s%s}", quoted(p.name), p.in, quoted(p.value), extra))
	}
	if s.hasBody {
		y.line(8, "requestBody:")
		y.line(10, "contentType: "+s.media)
		y.member(10, "payload", s.payload)
	}
	y.line(8, "successCriteria:")
	y.line(10, fmt.Sprintf("- condition: $statusCode == %d", s.x.status))
	if len(s.outputs) > 0 {
		y.line(8, "outputs:")
	}
	for _, o := range s.outputs {
		y.line(10, o.name+": $response.body#"+o.pointer)
	}
}

// member writes a key and its value below it.
func (y *yaml) member(indent int, key string, v any) {
	start := strings.Repeat(" ", indent) + quoted(key) + ":"
	y.after(indent, start, v)
}

// after writes a value after what a line begins with.
func (y *yaml) after(indent int, start string, v any) {
	switch v := v.(type) {
	case map[string]any:
		if len(v) == 0 {
			y.line(0, start+" {}")
			return
		}
		y.line(0, start)
		for _, k := range slices.Sorted(maps.Keys(v)) {
			y.member(indent+2, k, v[k])
		}
	case []any:
		if len(v) == 0 {
			y.line(0, start+" []")
			return
		}
		y.line(0, start)
		for _, e := range v {
			y.after(indent+2, strings.Repeat(" ", indent+2)+"-", e)
		}
	case string:
		y.line(0, start+" "+quoted(v))
	case json.Number:
		y.line(0, start+" "+v.String())
	default:
		y.line(0, start+" "+value.Text(v))
	}
}

var (
	isPlain = regexp.MustCompile(`^(\$inputs\.|\$steps\.|\$workflows\.)?[A-Za-z_][A-Za-z0-9_.-]*$`)
	// isTaken are the words that YAML, in one of its versions, reads as something else.
	isTaken = regexp.MustCompile(`(?i)^(true|false|null|yes|no|on|off|y|n)$`)
)

// quoted is a text as a scalar on one line, between quotes where it would be read as something else.
func quoted(t string) string {
	if isPlain.MatchString(t) && !isTaken.MatchString(t) {
		return t
	}
	return "'" + strings.ReplaceAll(t, "'", "''") + "'"
}

// components declares the inputs that a text uses.
func (y *yaml) components(b *builder, used string) {
	runID := strings.Contains(used, "$inputs.run_id")
	y.line(0, "components:")
	y.line(2, "inputs:")
	y.line(4, "run:")
	y.line(6, "type: object")
	inputs := slices.DeleteFunc(slices.Clone(b.inputs), func(in input) bool { return !strings.Contains(used, "$inputs."+in.name) })
	names := make([]string, 0, len(inputs))
	for _, in := range inputs {
		names = append(names, in.name)
	}
	if len(names) > 0 {
		y.line(6, "required: ["+strings.Join(names, ", ")+"]")
	}
	if len(names) == 0 && !runID {
		return
	}
	y.line(6, "properties:")
	for _, in := range inputs {
		kind, format := "string", ""
		if in.number {
			kind = "number"
		}
		if in.secret {
			format = ", writeOnly: true"
		}
		y.line(8, fmt.Sprintf("%s: {type: %s, description: %s%s}", in.name, kind, quoted(in.about), format))
	}
	if runID {
		y.line(8, "run_id: {type: string, description: 'stands in logins and names, so that they are new', default: local}")
	}
}
