package reference

import "strconv"

// things lists what is said once for all operations.
func (r *Reference) things() []thing {
	all := []thing{
		{what: "title", facts: []fact{one("text", r.Title)}},
		{what: "base path", facts: []fact{one("path", r.BasePath)}},
		{what: "authorization URI", facts: []fact{one("path", r.OAuth.AuthorizationURI)}},
		{what: "token URI", facts: []fact{one("path", r.OAuth.TokenURI)}},
	}
	for _, g := range r.OAuth.Grants {
		all = append(all, thing{what: "grant", name: g})
	}
	for _, s := range r.OAuth.Scopes {
		all = append(all, thing{what: "scope", name: s})
	}
	for _, s := range r.Schemes {
		name := string(s.Auth)
		all = append(all, thing{what: "authorization method", name: name})
		for _, p := range s.Parameters {
			all = append(all, p.thing(name+" "))
		}
		for _, code := range s.Statuses {
			all = append(all, thing{what: name + " status", name: strconv.Itoa(code)})
		}
	}
	return all
}

// things lists the parts of an operation.
func (o Operation) things() []thing {
	var all []thing
	if o.Deprecated {
		all = append(all, thing{what: "deprecation"})
	}
	if o.Disabled {
		all = append(all, thing{what: "mark as disabled"})
	}
	for _, a := range o.Auth {
		all = append(all, thing{what: "authorization method", name: string(a)})
	}
	for _, s := range o.Scopes {
		all = append(all, thing{what: "scope", name: s})
	}
	for _, p := range o.Parameters {
		all = append(all, p.thing(""))
	}
	if b := o.Body; b != nil {
		all = append(all, thing{what: "body", facts: []fact{one("media type", b.MediaType)}})
		for _, f := range b.Fields {
			all = append(all, thing{what: "body field", name: f.Name, facts: f.list(f.Required)})
		}
	}
	for _, code := range o.Statuses {
		all = append(all, thing{what: "status", name: strconv.Itoa(code)})
	}
	return all
}

func (p Parameter) thing(prefix string) thing {
	return thing{what: prefix + string(p.Place) + " parameter", name: p.Name, facts: p.list(p.Required)}
}

// list returns the facts about a parameter or a field, its type first.
func (f *Facts) list(required bool) []fact {
	all := f.appendTo(nil, "")
	if required {
		return append(all, one("presence", "required"))
	}
	return append(all, one("presence", "optional"))
}

// appendTo appends the facts to all, each name behind prefix.
func (f *Facts) appendTo(all []fact, prefix string) []fact {
	all = append(all, one(prefix+"type", string(f.Type)))
	for _, n := range []struct {
		name  string
		value *int
	}{{"min length", f.MinLength}, {"max length", f.MaxLength}, {"minimum", f.Minimum}} {
		if n.value != nil {
			all = append(all, one(prefix+n.name, strconv.Itoa(*n.value)))
		}
	}
	if f.Pattern != nil {
		all = append(all, one(prefix+"pattern", *f.Pattern))
	}
	for _, v := range f.Allowed {
		name := prefix + "allowed value"
		all = append(all, fact{name + " " + v, name, v})
	}
	if f.Default != nil {
		all = append(all, one(prefix+"default", *f.Default))
	}
	if f.Items != nil {
		all = f.Items.appendTo(all, prefix+"item ")
	}
	return all
}

func one(name, value string) fact { return fact{name, name, value} }
