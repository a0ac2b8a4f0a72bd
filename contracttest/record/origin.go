package record

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tenantry/tenantry/contracttest/value"
)

// An origin is a place in an answer where a value was.
type origin struct {
	step    *step
	pointer string
	owner   map[string]any // the object that holds it
}

// An id is a number that is one, with its member's name: other objects have the same numbers.
type id struct{ member, number string }

// origins are the answers until now.
type origins struct {
	words *vocabulary
	at    map[string]origin // by value: the place with the shortest pointer, and of these the first
	ids   map[id]origin     // of numbers
	last  []origin          // of versions, in the order of the answers
	said  map[string]bool   // values that requests had before an answer did
}

func newOrigins(words *vocabulary) *origins {
	return &origins{words: words, at: map[string]origin{}, ids: map[id]origin{}, said: map[string]bool{}}
}

// request notes what a request says.
func (o *origins) request(x *exchange) {
	x.sent(func(_ []string, v any) {
		t := text(v)
		if _, known := o.at[t]; !known && !isUUID.MatchString(t) {
			o.said[t] = true
		}
	})
}

// answer takes in the values of an answer.
func (o *origins) answer(s *step, v any) {
	o.value(origin{step: s}, v)
}

func (o *origins) value(at origin, v any) {
	switch v := v.(type) {
	case []any:
		for i, e := range v {
			o.value(at.child(strconv.Itoa(i), nil), e)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if o.words.members[key] && strings.Trim(key, nameBytes) == "" {
				o.value(at.child(key, v), v[key])
			}
		}
	case nil, bool:
	default:
		o.scalar(at, value.Text(v))
	}
}

func (at origin) child(token string, owner map[string]any) origin {
	if owner == nil {
		owner = at.owner
	}
	return origin{at.step, at.pointer + "/" + token, owner}
}

func (o *origins) scalar(at origin, t string) {
	if at.member() == "version" {
		o.last = append(o.last, at)
	}
	if before, known := o.at[t]; !known || at.shorter(before) {
		o.at[t] = at
	}
	number := id{at.member(), t}
	if before, known := o.ids[number]; isNumber.MatchString(t) && strings.HasSuffix(number.member, "id") && (!known || at.shorter(before)) {
		o.ids[number] = at
	}
}

func (at origin) member() string { return at.pointer[strings.LastIndex(at.pointer, "/")+1:] }

func (at origin) shorter(than origin) bool {
	depth := cmp.Compare(strings.Count(at.pointer, "/"), strings.Count(than.pointer, "/"))
	return depth < 0 || depth == 0 && len(at.pointer) < len(than.pointer)
}

// find is the reference to a text that an answer had first.
func (o *origins) find(t string) (string, bool) {
	at, ok := o.at[t]
	if !ok || o.said[t] || at.pointer == "" {
		return "", false
	}
	return at.reference(), true
}

// numbered is the reference to a number that is an id; others are too much alike.
func (o *origins) numbered(names []string, t string) (string, bool) {
	if len(names) == 0 || !strings.HasSuffix(names[len(names)-1], "id") {
		return "", false
	}
	for _, member := range []string{names[len(names)-1], "id"} {
		if at, ok := o.ids[id{member, t}]; ok {
			return at.reference(), true
		}
	}
	return "", false
}

// version is the reference to the version of an object, if it is what the last answer about the object said.
func (o *origins) version(t string, about func(origin) bool) (string, bool) {
	for i := len(o.last) - 1; i >= 0; i-- {
		at := o.last[i]
		if !about(at) {
			continue
		}
		if value.Text(at.owner["version"]) != t {
			return "", false
		}
		return at.reference(), true
	}
	return "", false
}

// about tells whether an object is the one that a request's path leads to.
func (at origin) about(x *exchange) bool {
	for _, v := range x.values {
		if at.owner["id"] == v || at.owner["uuid"] == v {
			return true
		}
	}
	return len(x.values) > 0 && maps.Equal(x.values, at.step.x.values) && at.owner["id"] == nil
}

// reference declares an output for the place and names it.
func (at origin) reference() string {
	for _, out := range at.step.outputs {
		if out.pointer == at.pointer {
			return at.step.reference(out.name)
		}
	}
	name := at.member()
	if strings.Trim(name, "0123456789") == "" {
		name = "value"
	}
	free := name
	for i := 2; slices.ContainsFunc(at.step.outputs, func(out output) bool { return out.name == free }); i++ {
		free = name + "_" + strconv.Itoa(i)
	}
	at.step.outputs = append(at.step.outputs, output{free, at.pointer})
	return at.step.reference(free)
}
