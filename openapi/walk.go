package openapi

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// A walker judges one decoded value by a schema. In requests it also irons out harmless
// deviations (coerce): then it changes arrays and objects in place, and each step
// returns the value to put in place of the one it was given, and whether that is another.
type walker struct {
	list    *findings
	in      string
	name    string // of the parameter; bodies have pointers instead
	coerce  bool
	unknown Severity // of members that the document does not declare
	status  int
	path    []string
	coerced int // how many values changed their type
}

// pointerEscapes are the escapes of RFC 6901.
var pointerEscapes = strings.NewReplacer("~", "~0", "/", "~1")

// requestWalker judges what a client sent.
func requestWalker(list *findings, in, name string) *walker {
	return &walker{list: list, in: in, name: name, unknown: Deviation, status: http.StatusBadRequest}
}

func (w *walker) report(severity Severity, reason string) {
	w.list.add(Finding{In: w.in, Pointer: w.pointer(), Reason: reason, Severity: severity, Status: w.status})
}

func (w *walker) violation(reason string) { w.report(Violation, reason) }

// pointer is the JSON pointer (RFC 6901) of the value that is being judged.
func (w *walker) pointer() string {
	if w.in != InBody {
		return w.name
	}
	var b strings.Builder
	for _, step := range w.path {
		b.WriteByte('/')
		b.WriteString(pointerEscapes.Replace(step))
	}
	return b.String()
}

// reportAt reports one step further down.
func (w *walker) reportAt(step string, severity Severity, reason string) {
	w.path = append(w.path, step)
	w.report(severity, reason)
	w.path = w.path[:len(w.path)-1]
}

// value judges v as a whole, its undeclared members too.
func (w *walker) value(s *schema, v any) (any, bool) {
	v, changed := w.part(s, v)
	if m, ok := v.(map[string]any); ok && s.permits(v) {
		changed = w.undeclared(s, m) || changed
	}
	return v, changed
}

// part judges v by one of the schemas that it has to satisfy.
func (w *walker) part(s *schema, v any) (any, bool) {
	if v == nil {
		w.null(s)
		return nil, false
	}
	before := w.coerced
	v, changed := w.rules(s, v)
	if s.composed() && w.coerced > before {
		w.verify(s, v)
	}
	return v, changed
}

// rules judges a value that is not null.
func (w *walker) rules(s *schema, v any) (any, bool) {
	v, coerced := w.convert(s, v)
	if !s.permits(v) {
		w.violation("must be " + withArticle(s.kind) + ", not " + described(v))
		return v, coerced
	}
	v, changed := w.compose(s, v)
	if len(s.enum) > 0 && !slices.ContainsFunc(s.enum, func(e any) bool { return equal(e, v) }) {
		w.violation("must be one of " + s.allowed)
	}
	switch t := v.(type) {
	case string:
		w.text(s, t)
	case json.Number:
		w.number(s, t)
	case []any:
		changed = w.array(s, t) || changed
	case map[string]any:
		changed = w.object(s, t) || changed
	}
	return v, coerced || changed
}

// null is allowed where the schema says nullable, or where it leaves the question to
// parts that all allow it.
func (w *walker) null(s *schema) {
	if s.nullable {
		return
	}
	if len(s.allOf)+len(s.anyOf)+len(s.oneOf) == 0 {
		w.violation("must not be null")
		return
	}
	w.compose(s, nil)
}

func (w *walker) array(s *schema, list []any) (changed bool) {
	w.size(len(list), s.minItems, s.maxItems, "item")
	if s.items != nil {
		for i, v := range list {
			w.path = append(w.path, strconv.Itoa(i))
			if v, other := w.value(s.items, v); other {
				list[i], changed = v, true
			}
			w.path = w.path[:len(w.path)-1]
		}
	}
	if s.unique && repeats(list) {
		w.violation("must not hold an item twice")
	}
	return changed
}

func (w *walker) object(s *schema, m map[string]any) (changed bool) {
	for _, name := range s.required {
		if _, ok := m[name]; !ok {
			w.reportAt(name, Violation, "is required")
		}
	}
	for _, known := range s.members {
		if v, ok := m[known.name]; ok {
			changed = w.member(known.schema, m, known.name, v) || changed
		}
	}
	if s.closed || s.others != nil {
		changed = w.others(s, m) || changed
	}
	w.size(len(m), s.minProps, s.maxProps, "member")
	return changed
}

func (w *walker) member(s *schema, m map[string]any, name string, v any) (changed bool) {
	w.path = append(w.path, name)
	v, changed = w.value(s, v)
	w.path = w.path[:len(w.path)-1]
	if changed {
		m[name] = v
	}
	return changed
}

// others judges the members that this very schema does not declare, as
// additionalProperties has it.
func (w *walker) others(s *schema, m map[string]any) (changed bool) {
	for _, name := range slices.Sorted(maps.Keys(m)) {
		switch {
		case s.index[name] != nil:
		case s.closed:
			w.reportAt(name, Violation, "is not allowed here")
		default:
			changed = w.member(s.others, m, name, m[name]) || changed
		}
	}
	return changed
}

// undeclared notes the members that no part of the schema tells of. One that differs
// from a declared member by case alone is dropped from a request: encoding/json would
// bind it unjudged.
func (w *walker) undeclared(s *schema, m map[string]any) (changed bool) {
	if s.declaresAll(m) {
		return false
	}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if s.declares(name) {
			continue
		}
		if other := s.misspelled(name); other != "" && w.coerce {
			delete(m, name)
			changed = true
			w.reportAt(name, Deviation, "is ignored: the member is spelled "+other)
			continue
		}
		if !s.closed && !s.welcomes() {
			w.reportAt(name, w.unknown, "is not documented")
		}
	}
	return changed
}
