package arazzo

import (
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/value"
	"github.com/tenantry/tenantry/openapi"
)

// Read reads a file by its text, and checks it against the operations of a document. The name is for messages. What is
// wrong with the file is an *Error.
func Read(name string, source []byte, operations *openapi.Document) (*Document, error) {
	r := &reader{operations: operations, doc: &Document{File: name}, steps: map[string]*Step{}}
	if root, ok := parse(string(source), &r.problems); ok {
		r.root(root)
		r.check()
	}
	if err := r.err(name); err != nil {
		return nil, err
	}
	return r.doc, nil
}

// A reader turns the nodes of one file into a Document.
type reader struct {
	problems
	operations *openapi.Document
	doc        *Document
	components node

	// Where it is now, and what it met there.
	flow    *Workflow
	step    *Step
	steps   map[string]*Step // of the flow, by id, those of cleanups included
	defers  []func()         // checks that need the whole workflow
	finally []func()         // checks that need the whole file
}

func (r *reader) root(n node) {
	o, ok := r.object(n, "the file")
	if !ok {
		return
	}
	if version, at := o.need("arazzo"); version != "" && !strings.HasPrefix(version, "1.0.") {
		r.add(at, "arazzo %q is not supported; write 1.0.1", version)
	}
	r.info(o)
	r.sources(o)
	r.doc.Tags = o.texts("x-tags")
	r.doc.Requires = o.texts("x-requires")
	r.components, _ = o.get("components")
	r.everyComponent()
	workflows := o.list("workflows")
	if len(workflows) == 0 {
		r.add(n.At, "the file has no workflows")
	}
	for _, w := range workflows {
		r.workflow(w)
	}
	o.end()
}

func (r *reader) info(o *object) {
	n, ok := o.get("info")
	if !ok {
		o.missing("info")
		return
	}
	info, ok := r.object(n, "info")
	if !ok {
		return
	}
	r.doc.Title, _ = info.need("title")
	info.need("version")
	r.doc.Summary, _ = info.text("summary")
	info.text("description")
	info.end()
}

func (r *reader) sources(o *object) {
	all := o.list("sourceDescriptions")
	if len(all) == 0 {
		o.missing("sourceDescriptions, such as {name: api, url: …, type: openapi}")
	}
	for _, n := range all {
		s, ok := r.object(n, "a source")
		if !ok {
			continue
		}
		source := Source{Name: s.id("name")}
		source.URL, _ = s.need("url")
		if kind, at := s.text("type"); kind != "" && kind != "openapi" {
			r.add(at, "a source of the type %q is not supported; write openapi", kind)
		}
		s.end()
		r.doc.Sources = append(r.doc.Sources, source)
	}
}

func (r *reader) sourceNames() []string {
	var names []string
	for _, s := range r.doc.Sources {
		names = append(names, s.Name)
	}
	return names
}

// groups are the kinds of reusable objects.
var groups = []string{"inputs", "parameters", "successActions", "failureActions"}

// everyComponent reads those that nothing refers to as well.
func (r *reader) everyComponent() {
	if r.components.Key == "" {
		return
	}
	o, ok := r.object(r.components, "components")
	if !ok {
		return
	}
	for _, group := range groups {
		for _, n := range o.mapping(group) {
			switch group {
			case "inputs":
				r.schema(n)
			case "parameters":
				r.parameter(n, nil)
			case "successActions":
				r.action(n, true)
			case "failureActions":
				r.action(n, false)
			}
		}
	}
	o.end()
}

// reused is the component that a node refers to, or the node itself. With a reference may come a value of its own.
func (r *reader) reused(n node, group string) (target node, own *node, ok bool) {
	if _, refers := member(n, "reference"); !refers {
		return n, nil, true
	}
	o, _ := r.object(n, "a reusable object")
	reference, at := o.need("reference")
	if group == "parameters" {
		if v, has := o.get("value"); has {
			own = &v
		}
	}
	o.end()
	name, is := strings.CutPrefix(reference, "$components."+group+".")
	if !is {
		r.add(at, "reference %q must begin with $components.%s.", reference, group)
		return node{}, nil, false
	}
	target, ok = r.component(group, name, at)
	return target, own, ok
}

func (r *reader) component(group, name string, at Pos) (node, bool) {
	members, _ := member(r.components, group)
	n, ok := member(members, name)
	if !ok {
		r.add(at, "$components.%s.%s is not there; %s", group, name, value.Hint(name, members.Keys()))
	}
	return n, ok
}

// check runs what had to wait for the end of the file.
func (r *reader) check() {
	for _, w := range r.doc.Workflows {
		for _, id := range w.DependsOn {
			if _, ok := r.doc.Workflow(id); !ok {
				r.add(w.Pos, "workflow %s depends on %q, which is not there; %s", w.ID, id, value.Hint(id, r.workflowNames()))
			}
		}
	}
	r.cycles()
	for _, f := range r.finally {
		f()
	}
}

func (r *reader) workflowNames() []string {
	var names []string
	for _, w := range r.doc.Workflows {
		names = append(names, w.ID)
	}
	return names
}

// cycles refuses workflows that depend on themselves.
func (r *reader) cycles() {
	for _, w := range r.doc.Workflows {
		if way := r.doc.way(w.ID, w.ID, nil); way != nil {
			r.add(w.Pos, "workflow %s depends on itself: %s", w.ID, strings.Join(append([]string{w.ID}, way...), " -> "))
		}
	}
}

// way is how a workflow depends on another, nil if it does not.
func (d *Document) way(from, to string, seen []string) []string {
	w, ok := d.Workflow(from)
	if !ok || slices.Contains(seen, from) || len(seen) > len(d.Workflows) {
		return nil
	}
	for _, id := range w.DependsOn {
		if id == to {
			return []string{id}
		}
		if way := d.way(id, to, append(seen, from)); way != nil {
			return append([]string{id}, way...)
		}
	}
	return nil
}

// depends tells whether a workflow depends on another, however far.
func (d *Document) depends(w *Workflow, on string) bool { return d.way(w.ID, on, nil) != nil }
