package journal

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/match"
	"github.com/tenantry/tenantry/openapi"
)

// Explain says in one sentence why the request was refused and what would have passed; of one that was not refused it says
// so. It takes any entry, and any document or none.
func Explain(doc *openapi.Document, e *Entry) string {
	var o *openapi.Operation
	if doc != nil {
		o, _ = doc.Operation(e.Operation)
	}
	switch {
	case e.State == InFlight:
		return "The request is in flight: nothing has refused it yet."
	case e.Injected || e.Cause == "injected":
		return injected(e)
	}
	switch e.Cause {
	case "route":
		return route(doc, e)
	case "auth":
		return sentence(e.Reason, "the credentials do not count") + credentials(o)
	case "scope":
		return scope(o, e)
	case "spec":
		return spec(e)
	case "state":
		return sentence(e.Reason, "the state of the world does not allow it") +
			"; the same request passes once the objects that it names are as it expects them."
	case "policy":
		return sentence(e.Reason, "the caller's rights do not reach so far") +
			"; a caller with the rights on that tenant passes (" + caller(e) + ")."
	}
	return unrefused(e)
}

// sentence begins the explanation with the refusal, or with what stands for it.
func sentence(reason, otherwise string) string {
	reason = strings.TrimRight(strings.Join(strings.Fields(reason), " "), ".")
	if reason == "" {
		reason = otherwise
	}
	return "The request was refused: " + reason
}

func unrefused(e *Entry) string {
	switch {
	case e.Response.Status >= http.StatusInternalServerError:
		return fmt.Sprintf("The request was not refused: the server itself failed with %d, which is a defect of the mock.", e.Response.Status)
	case e.Response.Status >= http.StatusBadRequest:
		return sentence(e.Reason, fmt.Sprintf("it was answered with %d", e.Response.Status)) + "."
	case len(e.Warnings) > 0:
		w := e.Warnings[0]
		return fmt.Sprintf("The request was not refused: it was answered with %d, although %s %s %s.", e.Response.Status, w.In, w.Pointer, w.Reason)
	}
	return fmt.Sprintf("The request was not refused: it was answered with %d.", e.Response.Status)
}

func injected(e *Entry) string {
	var rules []string
	for _, f := range e.Faults {
		rules = append(rules, fmt.Sprintf("%q (%s, match number %d)", f.Rule, f.Kind, f.Index))
	}
	if len(rules) == 0 {
		return "A fault made the answer; without its rule the operation would have answered."
	}
	noun := "rule "
	if len(rules) > 1 {
		noun = "rules "
	}
	return "A fault made the answer: " + noun + strings.Join(rules, ", ") + "; without it the operation would have answered."
}

func credentials(o *openapi.Operation) string {
	if o == nil {
		return "; send credentials that are valid in this world."
	}
	var kinds []string
	for _, k := range []struct {
		takes bool
		name  string
	}{
		{o.Security.Bearer, "a bearer token"},
		{o.Security.Basic, "HTTP Basic credentials"},
		{o.Security.Cookie, "a session cookie"},
	} {
		if k.takes {
			kinds = append(kinds, k.name)
		}
	}
	if len(kinds) == 0 {
		return fmt.Sprintf("; %s itself asks for none, so look at what the request sends.", o.ID)
	}
	return fmt.Sprintf("; %s takes %s of this world.", o.ID, strings.Join(kinds, " or "))
}

func scope(o *openapi.Operation, e *Entry) string {
	if o == nil || len(o.Security.Scopes) == 0 {
		return sentence(e.Reason, "a scope is missing") + " (" + caller(e) + ")."
	}
	return fmt.Sprintf("The request was refused: %s needs one of the scopes %s, and %s.", o.ID, strings.Join(o.Security.Scopes, ", "), caller(e))
}

// caller says who asked and with which rights.
func caller(e *Entry) string {
	name := "the caller"
	switch e.Actor.Kind {
	case ByClient:
		name = "client " + e.Actor.ID
	case ByUser:
		name = "user " + strings.TrimSpace(e.Actor.Login+" "+e.Actor.ID)
	case ByDevice:
		name = "the device of tenant " + e.Actor.Tenant
	}
	switch {
	case len(e.Actor.Scopes) > 0:
		return name + " has " + strings.Join(e.Actor.Scopes, ", ")
	case len(e.Actor.Roles) > 0:
		return name + " has the role " + strings.Join(e.Actor.Roles, ", ")
	}
	return name + " has none"
}

func spec(e *Entry) string {
	if len(e.Findings) == 0 {
		return sentence(e.Reason, "it is not as documented") + "."
	}
	f := e.Findings[0]
	first := strings.Join(strings.Fields(f.In+" "+f.Pointer+" "+f.Reason), " ")
	switch n := len(e.Findings) - 1; n {
	case 0:
		return "The request was refused: " + first + "; with that put right it conforms to the document."
	case 1:
		return "The request was refused: " + first + ", and one more finding; with both put right it conforms to the document."
	default:
		return fmt.Sprintf("The request was refused: %s, and %d more findings; with all put right it conforms to the document.", first, n)
	}
}

// route names the operation that was probably meant.
func route(doc *openapi.Document, e *Entry) string {
	path := routed(e.Path)
	if doc == nil || e.Response.Status == http.StatusNotFound && strings.HasPrefix(e.Reason, "sandbox ") {
		return sentence(e.Reason, "no operation has the path "+path) + "."
	}
	near := nearestRoutes(doc, path)
	if len(near) == 0 {
		return sentence(e.Reason, "no operation has the path "+path) + "; none is like it."
	}
	own := slices.IndexFunc(near, func(r routing) bool { return r.op.Method == e.Method })
	switch {
	case near[0].cost == 0 && own >= 0: // it looks like one, and is none: a slash is escaped
		return sentence(e.Reason, "no operation has the path "+path) + fmt.Sprintf("; %s takes no slash in a parameter.", near[own])
	case near[0].cost == 0:
		var allowed []string
		for _, r := range near {
			allowed = append(allowed, r.String())
		}
		return fmt.Sprintf("The request was refused: %s is not a method of %s; there is %s.", e.Method, path, strings.Join(allowed, ", "))
	}
	return fmt.Sprintf("The request was refused: no operation has the path %s; the nearest is %s.", path, near[max(own, 0)])
}

// A routing is an operation under one of its bases, and how far a path is from it.
type routing struct {
	op   *openapi.Operation
	path string
	cost int
}

func (r routing) String() string { return fmt.Sprintf("%s %s (%s)", r.op.Method, r.path, r.op.ID) }

// nearestRoutes are the operations that the path is nearest to, all at the same distance; none if it is like no path.
func nearestRoutes(doc *openapi.Document, path string) []routing {
	const tooFar = 8
	var near []routing
	parts := strings.Split(strings.Trim(path, "/"), "/")
	for _, o := range doc.Operations() {
		for _, base := range o.Bases {
			r := routing{o, base + o.Path, 0}
			if r.cost = farness(parts, strings.Split(strings.Trim(r.path, "/"), "/")); r.cost >= tooFar {
				continue
			}
			switch {
			case len(near) == 0 || r.cost < near[0].cost:
				near = []routing{r}
			case r.cost == near[0].cost:
				near = append(near, r)
			}
		}
	}
	return near
}

// farness counts what differs between the parts of a path and of a template: a misspelt part least, a foreign one most.
func farness(path, template []string) int {
	const misspelt, absent, foreign = 1, 2, 4
	row := make([]int, len(template)+1)
	for j := range row {
		row[j] = j * absent
	}
	for _, part := range path[:min(len(path), 2*len(template)+1)] {
		diagonal := row[0]
		row[0] += absent
		for j, name := range template {
			cost := foreign
			switch {
			case part == name, strings.HasPrefix(name, "{") && part != "":
				cost = 0
			case match.Nearest(part, []string{name}) != "":
				cost = misspelt
			}
			next := min(row[j+1]+absent, row[j]+absent, diagonal+cost)
			diagonal, row[j+1] = row[j+1], next
		}
	}
	return row[len(template)]
}
