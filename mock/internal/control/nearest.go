package control

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/tenantry/tenantry/mock/internal/match"
	"github.com/tenantry/tenantry/openapi"
)

// A vocabulary knows the names that the document allows at a place, to say what was probably meant by another.
type vocabulary struct{ document func() object }

// An object is a part of the document.
type object = map[string]any

func newVocabulary() vocabulary {
	return vocabulary{sync.OnceValue(func() object {
		var doc object
		_ = json.Unmarshal([]byte(documentParsed), &doc) // it was parsed before; without it nothing is suggested
		return doc
	})}
}

// refusal gathers the violations into one problem, and completes them by what was probably meant.
func (v vocabulary) refusal(o *openapi.Operation, findings []openapi.Finding) error {
	var parts []part
	status := 0
	for _, f := range findings {
		if f.Severity != openapi.Violation {
			continue
		}
		status = max(status, f.Status)
		parts = append(parts, part{Pointer: f.Pointer, Detail: v.detail(o, f)})
	}
	err := invalid("invalid_request", parts)
	if p := (&problem{}); errors.As(err, &p) && status == http.StatusUnsupportedMediaType {
		p.Status = status
	}
	return err
}

func (v vocabulary) detail(o *openapi.Operation, f openapi.Finding) string {
	if pattern, ok := strings.CutPrefix(f.Reason, "must match the pattern "); ok {
		return v.form(pattern, f.Reason)
	}
	if !strings.HasPrefix(f.Reason, "is not documented") && !strings.HasPrefix(f.Reason, "is ignored") {
		return f.Reason
	}
	name, known := f.Pointer, parameters(o, f.In)
	if f.In == openapi.InBody {
		steps := strings.Split(f.Pointer, "/")[1:]
		name = unescape(steps[len(steps)-1])
		known = v.members(o, steps[:len(steps)-1])
	}
	if near := match.Nearest(name, known); near != "" {
		return "is not documented: did you mean " + near + "?"
	}
	if len(known) == 0 {
		return "is not documented: nothing is allowed here"
	}
	return "is not documented: known are " + strings.Join(known, ", ")
}

// form says in words what a pattern asks for; only lengths and points of time have one.
func (v vocabulary) form(pattern, otherwise string) string {
	length := v.resolve(object{"$ref": "#/components/schemas/Duration"})
	switch {
	case length["pattern"] == pattern:
		return "must be a length of time such as 250ms, 30s or 1m30s"
	case strings.HasPrefix(pattern, `^\d{4}-`):
		return "must be a time such as 2026-01-31T23:59:00Z"
	}
	return otherwise
}

func parameters(o *openapi.Operation, in string) []string {
	var names []string
	for _, p := range o.Params {
		if p.In == in {
			names = append(names, p.Name)
		}
	}
	slices.Sort(names)
	return names
}

// members are the names that the document allows in the body's object at the end of the steps.
func (v vocabulary) members(o *openapi.Operation, steps []string) []string {
	at := v.document()
	for _, step := range []string{"paths", o.Path, strings.ToLower(o.Method), "requestBody", "content", o.Body.MediaType, "schema"} {
		at, _ = at[step].(object)
	}
	at = v.resolve(at)
	for _, step := range steps {
		at = v.resolve(below(at, unescape(step)))
	}
	properties, _ := at["properties"].(object)
	return slices.Sorted(maps.Keys(properties))
}

// below is the schema of a member or an element.
func below(schema object, step string) object {
	if properties, ok := schema["properties"].(object); ok {
		if p, ok := properties[step].(object); ok {
			return p
		}
	}
	if _, err := strconv.Atoi(step); err == nil {
		if items, ok := schema["items"].(object); ok {
			return items
		}
	}
	others, _ := schema["additionalProperties"].(object)
	return others
}

func (v vocabulary) resolve(schema object) object {
	ref, ok := schema["$ref"].(string)
	if !ok {
		return schema
	}
	at := v.document()
	for step := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
		at, _ = at[step].(object)
	}
	return at
}

func unescape(step string) string { return strings.NewReplacer("~1", "/", "~0", "~").Replace(step) }
