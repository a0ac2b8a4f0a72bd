package reference

// Diff returns what changed from before to after: first what is said for all
// operations, then operation by operation. Within each, what went or changed
// stands in the old order, followed by what came in the new order. A
// different order alone is no change. Equal references give nil.
func Diff(before, after *Reference) []Change {
	changes := diffThings("", before.things(), after.things())
	news := byName(after.Operations)
	olds := byName(before.Operations)
	for _, o := range before.Operations {
		n, ok := news[o.Name()]
		if !ok {
			changes = append(changes, Change{Operation: o.Name(), What: "operation", Old: present})
			continue
		}
		changes = append(changes, diffThings(o.Name(), o.things(), n.things())...)
	}
	for _, n := range after.Operations {
		if _, ok := olds[n.Name()]; !ok {
			changes = append(changes, Change{Operation: n.Name(), What: "operation", New: present})
		}
	}
	return changes
}

func byName(ops []Operation) map[string]Operation {
	m := make(map[string]Operation, len(ops))
	for _, op := range ops {
		m[op.Name()] = op
	}
	return m
}

// A thing is a named part of a reference or of an operation; what and name
// identify it.
type thing struct {
	what, name string
	facts      []fact
}

// A fact is a value under a name. A list is a fact per value, with the value in
// the key as well.
type fact struct{ key, name, value string }

func diffThings(operation string, before, after []thing) []Change {
	type identity struct{ what, name string }
	index := func(all []thing) map[identity]thing {
		m := make(map[identity]thing, len(all))
		for _, t := range all {
			m[identity{t.what, t.name}] = t
		}
		return m
	}
	var changes []Change
	olds, news := index(before), index(after)
	for _, o := range before {
		c := Change{Operation: operation, What: o.what, Name: o.name}
		if n, ok := news[identity{o.what, o.name}]; ok {
			changes = append(changes, diffFacts(c, o.facts, n.facts)...)
			continue
		}
		c.Old = summary(o.facts)
		changes = append(changes, c)
	}
	for _, n := range after {
		if _, ok := olds[identity{n.what, n.name}]; !ok {
			changes = append(changes, Change{Operation: operation, What: n.what, Name: n.name, New: summary(n.facts)})
		}
	}
	return changes
}

// diffFacts compares the facts of one thing; c says which.
func diffFacts(c Change, before, after []fact) []Change {
	var changes []Change
	olds, news := values(before), values(after)
	for _, f := range before {
		if value := news[f.key]; value != f.value {
			c.Fact, c.Old, c.New = f.name, f.value, value
			changes = append(changes, c)
		}
	}
	for _, f := range after {
		if _, ok := olds[f.key]; !ok {
			c.Fact, c.Old, c.New = f.name, "", f.value
			changes = append(changes, c)
		}
	}
	return changes
}

func values(facts []fact) map[string]string {
	m := make(map[string]string, len(facts))
	for _, f := range facts {
		m[f.key] = f.value
	}
	return m
}

// summary describes a thing that came or went.
func summary(facts []fact) string {
	if len(facts) == 0 {
		return present
	}
	s := facts[0].value // the type, or the media type
	for _, f := range facts[1:] {
		s += ", " + f.name + " " + f.value
	}
	return s
}
