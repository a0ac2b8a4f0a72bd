package op

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/openapi"
)

// Places that an input field can name, as struct tags.
const (
	inPath   = "path"
	inQuery  = "query"
	inHeader = "header"
	inForm   = "form"
)

// A plan says how the fields of an input are filled. It is made once, at start-up.
type plan struct {
	in     reflect.Type
	fields []binding
	body   int // index of Body, -1 without
	raw    int // index of Raw, -1 without
}

type binding struct {
	field    int
	place    string
	name     string
	fallback string // the document's default, as text
}

func planFor(in reflect.Type) (*plan, error) {
	p := &plan{in: in, body: -1, raw: -1}
	if in.Kind() != reflect.Struct {
		return nil, fmt.Errorf("its input %v is not a struct", in)
	}
	for i := range in.NumField() {
		f := in.Field(i)
		switch f.Name {
		case "Body":
			p.body = i
			continue
		case "Raw":
			p.raw = i
			continue
		}
		b, ok := bindingOf(i, f.Tag)
		if !ok {
			return nil, fmt.Errorf("its input field %s.%s says not where it comes from", in, f.Name)
		}
		p.fields = append(p.fields, b)
	}
	return p, nil
}

func bindingOf(i int, tag reflect.StructTag) (binding, bool) {
	for _, place := range []string{inPath, inQuery, inHeader, inForm} {
		if name, ok := tag.Lookup(place); ok {
			return binding{field: i, place: place, name: name}, true
		}
	}
	return binding{}, false
}

// check compares the plan with the operation and lists every difference.
func (p *plan) check(o *openapi.Operation, ignored map[string]string) []string {
	declared := declaredNames(o)
	var offences []string
	taken := map[string]bool{}
	for _, b := range p.fields {
		key := b.place + " " + b.name
		taken[key] = true
		if !slices.Contains(declared, key) {
			offences = append(offences, fmt.Sprintf("takes %s parameter %q, which the document lacks", b.place, b.name))
		}
	}
	members, all := p.bodyMembers()
	for _, m := range members {
		taken["body "+m] = true
		if o.Body == nil || o.Body.Members != nil && !slices.Contains(o.Body.Members, m) {
			offences = append(offences, fmt.Sprintf("takes body member %q, which the document lacks", m))
		}
	}
	for _, key := range declared {
		place, name, _ := strings.Cut(key, " ")
		if taken[key] || all && place == "body" || ignored[name] != "" || place == inHeader && isServerHeader(name) {
			continue
		}
		offences = append(offences, fmt.Sprintf("does not take %s member or parameter %q and does not say why (op.Ignores)", place, name))
	}
	return offences
}

// isServerHeader names headers that the server itself deals with.
func isServerHeader(name string) bool { return name == "Content-Length" || name == "Authorization" }

func declaredNames(o *openapi.Operation) []string {
	var names []string
	for _, p := range o.Params {
		names = append(names, p.In+" "+p.Name)
	}
	if o.Body == nil {
		return names
	}
	place := "body"
	if o.Body.MediaType == formType {
		place = inForm
	}
	for _, m := range o.Body.Members {
		names = append(names, place+" "+m)
	}
	return names
}

const formType = "application/x-www-form-urlencoded"

// bodyMembers lists the members that Body takes; all says that it takes whatever comes.
func (p *plan) bodyMembers() (members []string, all bool) {
	if p.raw >= 0 {
		return nil, true
	}
	if p.body < 0 {
		return nil, false
	}
	t := p.in.Field(p.body).Type
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil, true
	}
	return jsonNames(t), false
}

func jsonNames(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous && f.Tag.Get("json") == "" {
			names = append(names, jsonNames(f.Type)...)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "" && name != "-" {
			names = append(names, name)
		}
	}
	return names
}
