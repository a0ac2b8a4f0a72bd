package run

import (
	"path"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/arazzo"
)

// A unit is a scenario before it runs: workflows of one file that depend on each other, in the order to run them in.
type unit struct {
	id    string
	doc   *arazzo.Document
	flows []*arazzo.Workflow
}

// plan makes the scenarios of the files that the configuration selects.
func plan(cfg *Config) []unit {
	var units []unit
	names := stems(cfg.Documents)
	for i, doc := range cfg.Documents {
		for _, u := range divide(doc, names[i]) {
			if u.tagged(cfg.Tags) && u.named(cfg.Only) {
				units = append(units, u)
			}
		}
	}
	return units
}

// divide makes a scenario of each set of workflows that hang together. It is named after the file, and where the file has
// several scenarios, after its first workflow too.
func divide(doc *arazzo.Document, stem string) []unit {
	groups := make(map[string]int) // by workflow
	for i, w := range doc.Workflows {
		groups[w.ID] = i
	}
	for _, w := range doc.Workflows {
		for _, id := range w.DependsOn {
			merge(groups, groups[w.ID], groups[id])
		}
	}
	var units []unit
	for i := range doc.Workflows {
		u := unit{doc: doc}
		for _, w := range doc.Workflows {
			if groups[w.ID] == i {
				u.add(w)
			}
		}
		if len(u.flows) > 0 {
			units = append(units, u)
		}
	}
	for i := range units {
		units[i].id = stem
		if len(units) > 1 {
			units[i].id += "/" + units[i].flows[0].ID
		}
	}
	return units
}

func merge(groups map[string]int, a, b int) {
	for id, g := range groups {
		if g == max(a, b) {
			groups[id] = min(a, b)
		}
	}
}

// add puts a workflow behind those that it depends on.
func (u *unit) add(w *arazzo.Workflow) {
	if slices.Contains(u.flows, w) {
		return
	}
	for _, id := range w.DependsOn {
		if before, ok := u.doc.Workflow(id); ok {
			u.add(before)
		}
	}
	u.flows = append(u.flows, w)
}

// stems are the names of the files without folders and endings; with folders where two would be the same.
func stems(docs []*arazzo.Document) []string {
	names := make([]string, len(docs))
	count := make(map[string]int)
	for i, doc := range docs {
		names[i] = path.Base(stem(doc.File))
		count[names[i]]++
	}
	for i, doc := range docs {
		if count[names[i]] > 1 {
			names[i] = stem(doc.File)
		}
	}
	return names
}

func stem(file string) string {
	file = strings.ReplaceAll(file, `\`, "/")
	for _, end := range []string{".json", ".yaml", ".yml", ".arazzo"} {
		file = strings.TrimSuffix(file, end)
	}
	return file
}

func (u *unit) tags() []string {
	tags := slices.Clone(u.doc.Tags)
	for _, w := range u.flows {
		for _, t := range w.Tags {
			if !slices.Contains(tags, t) {
				tags = append(tags, t)
			}
		}
	}
	return tags
}

func (u *unit) tagged(wanted []string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(u.tags(), func(t string) bool { return slices.Contains(wanted, t) })
}

func (u *unit) named(wanted []string) bool {
	if len(wanted) == 0 {
		return true
	}
	names := []string{u.id, u.doc.File, path.Base(u.doc.File), stem(u.doc.File), path.Base(stem(u.doc.File))}
	for _, w := range u.flows {
		names = append(names, w.ID)
	}
	return slices.ContainsFunc(names, func(n string) bool { return slices.Contains(wanted, n) })
}

func (u *unit) title() string {
	if len(u.flows) == 1 && u.flows[0].Summary != "" {
		return u.flows[0].Summary
	}
	return u.doc.Title
}

func (u *unit) controlled() bool { return slices.ContainsFunc(u.flows, (*arazzo.Workflow).Controlled) }
