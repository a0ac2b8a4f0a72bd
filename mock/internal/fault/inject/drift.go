package inject

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/openapi"
)

// drift changes one sort of member everywhere in a JSON reply: a service that changed its schema did so for all objects.
// Which one is drawn among those that the document knows to suit the mode; a reply without any stays as it is.
func drift(c *call) {
	p := c.hit.Params.(*fault.Drift)
	m := drifts[p.Mode]
	body := c.ex.Reply.Body
	doc, err := decodeJSON(body)
	if err != nil {
		return
	}
	places := m.places(doc, p.Member)
	start := int(c.hit.Chance("member") * float64(len(places)))
	for i := range places {
		changed, ok := m.at(body, places[(start+i)%len(places)])
		if ok && (p.Member != "" || m.suits(c.ex, changed)) {
			c.ex.Reply.Body = changed
			c.ex.Inject()
			return
		}
	}
}

// A mode is one way to drift.
type mode struct {
	fits   func(value any) bool                     // whether a member with that value can drift so
	change func(object map[string]any, name string) // what it becomes
	suits  func(ex *op.Exchange, changed []byte) bool
}

// drifts are the modes by their names. Values come as encoding/json decodes them, numbers as json.Number.
var drifts = map[string]mode{
	fault.UnknownEnum: {
		fits:   func(v any) bool { _, ok := v.(string); return ok },
		change: func(o map[string]any, name string) { o[name] = "unknown_value" },
		suits:  func(ex *op.Exchange, changed []byte) bool { return newFinding(ex, changed, "must be one of ") },
	},
	fault.NewMember: {
		fits:   func(v any) bool { _, ok := v.(map[string]any); return ok },
		change: addMember,
		suits:  anywhere,
	},
	fault.MissingOptional: {
		fits:   func(any) bool { return true },
		change: func(o map[string]any, name string) { delete(o, name) },
		suits:  func(ex *op.Exchange, changed []byte) bool { return !newFinding(ex, changed, "") },
	},
	fault.Null: {
		fits:   func(v any) bool { return v != nil },
		change: func(o map[string]any, name string) { o[name] = nil },
		suits:  func(ex *op.Exchange, changed []byte) bool { return newFinding(ex, changed, "") },
	},
	fault.NumberAsString: {
		fits:   func(v any) bool { _, ok := v.(json.Number); return ok },
		change: func(o map[string]any, name string) { o[name] = string(o[name].(json.Number)) },
		suits:  anywhere,
	},
}

func anywhere(*op.Exchange, []byte) bool { return true }

// addMember adds a member to the object that name holds.
func addMember(o map[string]any, name string) {
	if inner, ok := o[name].(map[string]any); ok {
		inner["introduced_later"] = map[string]any{"since": "2.1"}
	}
}

// places are the members that can drift, as paths without the numbers of list items, in alphabetical order.
func (m mode) places(doc any, named string) []string {
	seen := map[string]bool{}
	visit(map[string]any{"": doc}, "", func(o map[string]any, name, path string) {
		if (named == "" || name == named) && m.fits(o[name]) {
			seen[path] = true
		}
	})
	paths := make([]string, 0, len(seen))
	for path := range seen {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// at is the body with the members at a path changed.
func (m mode) at(body []byte, path string) ([]byte, bool) {
	doc, err := decodeJSON(body)
	if err != nil {
		return nil, false
	}
	root := map[string]any{"": doc}
	visit(root, "", func(o map[string]any, name, at string) {
		if at == path && m.fits(o[name]) {
			m.change(o, name)
		}
	})
	if _, there := root[""]; !there {
		return nil, false // a reply must remain
	}
	changed, err := op.Encode(root[""])
	return changed, err == nil
}

// visit shows each member of each object, and then those within it.
func visit(v any, path string, show func(o map[string]any, name, path string)) {
	switch v := v.(type) {
	case map[string]any:
		for name := range v {
			at := path + "/" + name
			show(v, name, at)
			visit(v[name], at, show)
		}
	case []any:
		for _, item := range v {
			visit(item, path+"/*", show)
		}
	}
}

// newFinding tells whether the document objects to the changed body, in those words, but not to the reply as it was.
func newFinding(ex *op.Exchange, changed []byte, reason string) bool {
	if ex.Operation == nil {
		return false
	}
	return objections(ex, changed, reason) > objections(ex, ex.Reply.Body, reason)
}

func objections(ex *op.Exchange, body []byte, reason string) int {
	n := 0
	for _, f := range ex.Operation.CheckResponse(ex.Reply.Status, ex.Reply.Header, body) {
		if f.Severity == openapi.Violation && strings.HasPrefix(f.Reason, reason) {
			n++
		}
	}
	return n
}

// decodeJSON reads one value and keeps numbers as they are written.
func decodeJSON(body []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if d.More() {
		return nil, errors.New("there is more than one value")
	}
	return v, nil
}
