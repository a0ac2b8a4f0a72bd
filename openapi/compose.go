package openapi

import "strings"

// compose judges v by the parts of a schema: all of allOf, one or any of the
// alternatives, and not the excluded one.
func (w *walker) compose(s *schema, v any) (any, bool) {
	changed := false
	for _, part := range s.allOf {
		next, other := w.part(part, v)
		v, changed = next, changed || other
	}
	if len(s.oneOf) > 0 {
		next, other := w.alternative(s.oneOf, v, true)
		v, changed = next, changed || other
	}
	if len(s.anyOf) > 0 {
		next, other := w.alternative(s.anyOf, v, false)
		v, changed = next, changed || other
	}
	if s.not != nil && !w.try(s.not, v, false).list.violated() {
		w.violation("is of a form that is excluded")
	}
	return v, changed
}

// A trial is the walk of one alternative, with findings of its own.
type trial struct {
	walker
	schema  *schema
	value   any
	changed bool
}

// try walks v, or a copy of it where the walk may change it.
func (w *walker) try(s *schema, v any, coerce bool) *trial {
	t := &trial{walker: *w, schema: s}
	t.list, t.coerce, t.coerced = &findings{}, coerce, 0
	if coerce {
		v = clone(v)
	}
	t.value, t.changed = t.part(s, v)
	return t
}

// adopt takes over the outcome of a trial.
func (w *walker) adopt(t *trial) (any, bool) {
	for _, f := range t.list.list {
		w.list.add(f)
	}
	w.coerced += t.coerced
	return t.value, t.changed
}

// alternative goes by the alternative that v matches as it is, else by the first that
// it matches once its deviations are ironed out. Each is walked only once, so that nested
// alternatives stay cheap.
func (w *walker) alternative(list []*schema, v any, only bool) (any, bool) {
	var trials, exact, near []*trial
	for _, s := range list {
		t := w.try(s, v, w.coerce)
		trials = append(trials, t)
		if t.list.violated() {
			continue
		}
		near = append(near, t)
		if t.coerced == 0 {
			exact = append(exact, t)
		}
	}
	switch {
	case only && len(exact) > 1:
		w.violation("matches more than one of the allowed forms")
		return v, false
	case len(exact) > 0:
		return w.adopt(exact[0])
	case len(near) > 0:
		return w.adopt(near[0])
	}
	return w.mismatch(trials, v)
}

// verify walks a value again that its parts ironed out one by one: what suits one of
// them may break another.
func (w *walker) verify(s *schema, v any) {
	if w.list.violated() {
		return
	}
	if t := w.try(s, v, false); t.list.violated() {
		w.adopt(t)
	}
}

// mismatch says why no alternative fits: by the one that is broken least among those of
// the right type.
func (w *walker) mismatch(trials []*trial, v any) (any, bool) {
	var nearest *trial
	kinds := make([]string, 0, len(trials))
	for _, t := range trials {
		if t.schema.kind != "" {
			kinds = append(kinds, withArticle(t.schema.kind))
		}
		if v == nil || !t.schema.permits(v) {
			continue
		}
		if nearest == nil || t.list.count[Violation] < nearest.list.count[Violation] {
			nearest = t
		}
	}
	switch {
	case nearest != nil:
		return w.adopt(nearest)
	case len(kinds) > 0:
		w.violation("must be " + strings.Join(kinds, " or ") + ", not " + described(v))
	default:
		w.violation("must not be null")
	}
	return v, false
}

// clone copies arrays and objects all the way down.
func clone(v any) any {
	switch v := v.(type) {
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = clone(v[i])
		}
		return list
	case map[string]any:
		m := make(map[string]any, len(v))
		for name := range v {
			m[name] = clone(v[name])
		}
		return m
	}
	return v
}
