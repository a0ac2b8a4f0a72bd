package arazzo

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tenantry/tenantry/contracttest/value"

	"github.com/tenantry/tenantry/yamltree"
)

// An object reads the members of a mapping and remembers which it asked for: end refuses the others.
type object struct {
	r     *reader
	n     node
	what  string // for people: "a step"
	known []string
}

// object begins to read a node that must be a mapping.
func (r *reader) object(n node, what string) (*object, bool) {
	if n.Shape != yamltree.Mapping {
		r.add(n.At, "%s must be a mapping, not %s", what, n.Shape)
		return nil, false
	}
	return &object{r: r, n: n, what: what}, true
}

// get is a member, if it is there.
func (o *object) get(key string) (node, bool) {
	o.known = append(o.known, key)
	return member(o.n, key)
}

// text is an optional member; scalars of other types are not text.
func (o *object) text(key string) (string, Pos) {
	n, ok := o.get(key)
	if !ok {
		return "", o.n.At
	}
	if n.Shape != yamltree.Text {
		o.r.add(n.At, "%s must be text, not %s", key, n.Shape)
	}
	return n.Value, n.At
}

// need is a member that must be there and not blank.
func (o *object) need(key string) (string, Pos) {
	s, at := o.text(key)
	n, ok := member(o.n, key)
	switch {
	case !ok:
		o.missing(key)
	case n.Shape == yamltree.Text && strings.TrimSpace(s) == "":
		o.r.add(at, "%s must not be empty", key)
	}
	return s, at
}

func (o *object) missing(key string) { o.r.add(o.n.At, "%s lacks %s", o.what, key) }

// id is a member that names its object for others.
func (o *object) id(key string) string {
	s, at := o.need(key)
	if s != "" && !validID(s) {
		o.r.add(at, "%s %q may hold letters, digits, - and _ only: expressions name it", key, s)
	}
	return s
}

func validID(s string) bool {
	return strings.Trim(s, "-_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// list is a member that is a list, nil if it is not there.
func (o *object) list(key string) []node {
	n, ok := o.get(key)
	if !ok {
		return nil
	}
	if n.Shape != yamltree.List {
		o.r.add(n.At, "%s must be a list, not %s", key, n.Shape)
		return nil
	}
	return n.Kids
}

// texts is a member that is a list of texts.
func (o *object) texts(key string) []string {
	var all []string
	for _, n := range o.list(key) {
		if n.Shape != yamltree.Text || n.Value == "" {
			o.r.add(n.At, "%s must be a list of texts", key)
			continue
		}
		all = append(all, n.Value)
	}
	return all
}

// mapping is the members of a member that is a mapping.
func (o *object) mapping(key string) []node {
	n, ok := o.get(key)
	if !ok {
		return nil
	}
	if n.Shape != yamltree.Mapping {
		o.r.add(n.At, "%s must be a mapping, not %s", key, n.Shape)
		return nil
	}
	o.r.twice(n)
	return n.Kids
}

// flag is a member that is true or false.
func (o *object) flag(key string) *bool {
	n, ok := o.get(key)
	if !ok {
		return nil
	}
	if n.Shape != yamltree.Boolean {
		o.r.add(n.At, "%s must be true or false, not %s", key, n.Shape)
	}
	is := n.Value == "true"
	return &is
}

// amount is a member that is a number and not negative.
func (o *object) amount(key string) (f float64, at Pos, ok bool) {
	n, ok := o.get(key)
	if !ok {
		return 0, o.n.At, false
	}
	f, err := strconv.ParseFloat(n.Value, 64)
	if n.Shape != yamltree.Number || err != nil || f < 0 {
		o.r.add(n.At, "%s must be a number that is not negative", key)
		return 0, n.At, false
	}
	return f, n.At, true
}

// instead refuses a member that Arazzo has and scenarios do without.
func (o *object) instead(key, advice string) {
	if n, ok := o.get(key); ok {
		o.r.add(n.KeyAt, "%s is not supported; %s", key, advice)
	}
}

// end refuses members that nobody asked for.
func (o *object) end() {
	o.r.twice(o.n)
	for _, k := range o.n.Kids {
		if slices.Contains(o.known, k.Key) {
			continue
		}
		if strings.HasPrefix(k.Key, "x-") {
			o.extension(k)
			continue
		}
		o.r.add(k.KeyAt, "%s has no key %q; %s", o.what, k.Key, value.Hint(k.Key, o.known))
	}
}

var extensions = []string{
	"x-cleanup", "x-capture", "x-foreach", "x-fault", "x-clock", "x-requires", "x-mutates", "x-tags", "x-undeclared",
}

// extension refuses one of ours that is misspelt or stands in the wrong place; the others are nobody's concern.
func (o *object) extension(k node) {
	if slices.Contains(extensions, k.Key) {
		o.r.add(k.KeyAt, "%s does not take %s", o.what, k.Key)
		return
	}
	if near := value.Nearest(strings.TrimPrefix(k.Key, "x-"), withoutX(extensions)); near != "" {
		o.r.add(k.KeyAt, "%s has no key %q; did you mean %q?", o.what, k.Key, "x-"+near)
	}
}

func withoutX(names []string) []string {
	out := make([]string, 0, len(names))
	for _, n := range names {
		out = append(out, strings.TrimPrefix(n, "x-"))
	}
	return out
}

// twice refuses members that are written more than once.
func (r *reader) twice(n node) {
	seen := make(map[string]bool, len(n.Kids))
	for _, k := range n.Kids {
		if seen[k.Key] {
			r.add(k.KeyAt, "%q is written twice", k.Key)
		}
		seen[k.Key] = true
	}
}
