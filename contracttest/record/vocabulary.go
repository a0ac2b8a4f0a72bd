package record

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/value"
	"github.com/tenantry/tenantry/openapi"
)

// A vocabulary is what the document itself says: whatever is in it tells nothing of a session.
type vocabulary struct {
	members  map[string]bool // names of members and parameters
	values   map[string]bool // texts that enumerations list
	segments map[string]bool // parts of paths
}

func newVocabulary(doc *openapi.Document) *vocabulary {
	v := &vocabulary{members: map[string]bool{}, values: map[string]bool{}, segments: map[string]bool{"": true}}
	for _, op := range doc.Operations() {
		for _, base := range op.Bases {
			for segment := range strings.SplitSeq(base+op.Path, "/") {
				v.segments[segment] = !strings.HasPrefix(segment, "{")
			}
		}
		for _, p := range op.Params {
			v.members[p.Name] = true
		}
		if op.Body != nil {
			for _, name := range op.Body.Members {
				v.members[name] = true
			}
		}
	}
	if raw, err := value.Decode(openapi.JSON()); err == nil {
		v.learn(raw)
	}
	return v
}

// learn collects what schemas say, wherever they are.
func (v *vocabulary) learn(node any) {
	switch node := node.(type) {
	case []any:
		for _, e := range node {
			v.learn(e)
		}
	case map[string]any:
		if listed, is := node["enum"].([]any); is {
			for _, e := range listed {
				if text, is := e.(string); is {
					v.values[text] = true
				}
			}
		}
		if properties, is := node["properties"].(map[string]any); is {
			for name := range properties {
				v.members[name] = true
			}
		}
		for _, e := range node {
			v.learn(e)
		}
	}
}

var methods = []string{
	http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions,
}

// method is a method as it may be told.
func (v *vocabulary) method(name string) string {
	if slices.Contains(methods, name) {
		return name
	}
	return "…"
}

// path is a path of which only the document's own words and harmless ids are left.
func (v *vocabulary) path(escaped string, tells func(string) bool) string {
	segments := strings.Split(escaped, "/")
	for i, s := range segments {
		if !v.segments[s] && (!isUUID.MatchString(s) || tells(s)) {
			segments[i] = "…"
		}
	}
	return strings.Join(segments, "/")
}

// The shapes of texts that tell nothing of people.
var (
	isUUID   = regexp.MustCompile(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`)
	isTime   = regexp.MustCompile(`^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$`)
	isNumber = regexp.MustCompile(`^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$`)
	isWord   = regexp.MustCompile(`^[A-Za-z0-9_.,:/*+ -]{1,200}$`)
)
