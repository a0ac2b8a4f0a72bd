package record

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/value"
)

// A step is an exchange as the draft says it.
type step struct {
	x        *exchange
	id       string
	comments []string
	params   []param
	media    string
	payload  any
	hasBody  bool
	outputs  []output
}

type param struct {
	in, name   string
	value      string
	undeclared bool
}

type output struct{ name, pointer string }

func (s *step) reference(output string) string { return "$steps." + s.id + ".outputs." + output }

// A builder makes steps of exchanges, one after the other.
type builder struct {
	*disguise
	origins  *origins
	tokens   map[string]string // expressions by bearer token
	client   string            // the id for which $inputs.client_id stands
	login    *exchange         // that became the workflow login; nil if none did
	loggedIn bool              // the workflow login is needed
	ids      map[string]int
}

// step makes a step of an exchange that has an operation and an answer.
func (b *builder) step(x *exchange) *step {
	s := &step{x: x, id: x.op.ID}
	if b.ids[x.op.ID]++; b.ids[x.op.ID] > 1 {
		s.id = fmt.Sprintf("%s-%d", x.op.ID, b.ids[x.op.ID])
	}
	b.authorization(s)
	b.parameters(s)
	b.body(s)
	b.origins.request(x)
	if v, ok := x.answer.json(); ok && x.status < http.StatusMultipleChoices {
		b.origins.answer(s, v)
	}
	return s
}

func (b *builder) authorization(s *step) {
	h := s.x.request.header
	if len(h.Values("Cookie")) > 0 {
		s.comments = append(s.comments, "the request had cookies; they are left out")
	}
	given := h.Get("Authorization")
	if given == "" {
		return
	}
	scheme, credential, _ := strings.Cut(given, " ")
	switch {
	case strings.EqualFold(scheme, "Bearer") && credential != "":
		s.header("Authorization", "Bearer {"+b.token(credential)+"}")
	case strings.EqualFold(scheme, "Basic") && credential != "":
		expression := b.credential("basic", "base64 of client_id:client_secret, or of login:password", credential)
		s.header("Authorization", "Basic {"+expression+"}")
	default:
		s.comments = append(s.comments, "the request had an Authorization of another kind; it is left out")
	}
}

func (s *step) header(name, v string) {
	s.params = append(s.params, param{in: "header", name: name, value: v})
}

// token is where a bearer token comes from: an answer of the session, or the workflow login for the first one that was
// there before the session, or an input.
func (b *builder) token(t string) string {
	if expression, known := b.tokens[t]; known {
		return expression
	}
	if expression, found := b.origins.find(t); found {
		return expression
	}
	if b.loggedIn {
		return b.credential("access_token", "a bearer token", t)
	}
	b.loggedIn = true
	b.tokens[t] = loginToken
	return loginToken
}

// credential is an input of one of our own names.
func (b *builder) credential(base, about, t string) string {
	for _, in := range b.inputs {
		if in.value == t {
			return "$inputs." + in.name
		}
	}
	in := input{name: b.free(base), about: about, value: t, secret: true}
	b.inputs = append(b.inputs, in)
	return "$inputs." + in.name
}

func (b *builder) parameters(s *step) {
	x := s.x
	for _, p := range x.op.Params {
		if p.In == "path" {
			s.params = append(s.params, param{in: p.In, name: p.Name, value: b.listed(x, p.Name, x.values[p.Name])})
		}
		if p.In == "header" && p.Name != "Content-Length" && x.request.header.Get(p.Name) != "" {
			s.header(p.Name, value.Text(b.scalar(x, []string{p.Name}, x.request.header.Get(p.Name))))
		}
	}
	for _, n := range slices.Sorted(maps.Keys(x.query)) {
		if b.key(n) != n {
			s.comments = append(s.comments, "the request had a query parameter that the document does not know; it is left out")
			continue
		}
		s.params = append(s.params, param{
			in: "query", name: n, value: b.listed(x, n, strings.Join(x.query[n], ",")), undeclared: !x.declares(n),
		})
	}
}

func (x *exchange) declares(query string) bool {
	for _, p := range x.op.Params {
		if p.In == "query" && p.Name == query {
			return true
		}
	}
	return query == "access_token" // a credential of every operation
}

// listed is the value of a parameter, in which ids may stand between commas.
func (b *builder) listed(x *exchange, n, v string) string {
	parts := strings.Split(v, ",")
	if len(parts) == 1 || slices.ContainsFunc(parts, func(p string) bool { return !isUUID.MatchString(p) }) {
		return value.Text(b.scalar(x, []string{n}, v))
	}
	for i, p := range parts {
		made := value.Text(b.scalar(x, []string{n}, p))
		if strings.HasPrefix(made, "$") {
			made = "{" + made + "}"
		}
		parts[i] = made
	}
	return strings.Join(parts, ",")
}
