package expr

import (
	"strings"

	"github.com/tenantry/tenantry/contracttest/value"
)

// A Kind says what a reference begins with.
type Kind string

// The kinds. Item and Index are those of x-foreach; the others are those of Arazzo.
const (
	URL        Kind = "url"
	Method     Kind = "method"
	StatusCode Kind = "statusCode"
	Request    Kind = "request"
	Response   Kind = "response"
	Inputs     Kind = "inputs"
	Steps      Kind = "steps"
	Workflows  Kind = "workflows"
	Sources    Kind = "sourceDescriptions"
	Components Kind = "components"
	Item       Kind = "item"
	Index      Kind = "index"
)

var kinds = []string{
	string(URL), string(Method), string(StatusCode), string(Request), string(Response), string(Inputs), string(Steps),
	string(Workflows), string(Sources), string(Components), string(Item), string(Index),
}

// Parts of references.
const (
	Header  = "header"
	Query   = "query"
	Path    = "path"
	Body    = "body"
	Outputs = "outputs"
)

// A Ref names a value: $steps.create.outputs.id has the kind steps, the owner create, the part outputs and the name id.
type Ref struct {
	Kind    Kind
	Owner   string // the step, workflow or source; of components their group
	Part    string // header, query, path, body, outputs, inputs or url; "" where there is no choice
	Name    string
	Pointer string // what follows #
	Pointed bool   // there is a #
}

// String is the reference as it is written.
func (r Ref) String() string {
	words := []string{"$" + string(r.Kind)}
	for _, w := range []string{r.Owner, r.Part, r.Name} {
		if w != "" {
			words = append(words, w)
		}
	}
	text := strings.Join(words, ".")
	if r.Pointed {
		text += "#" + r.Pointer
	}
	return text
}

// textual tells whether the value is a text by its nature, whatever it spells.
func (r Ref) textual() bool {
	message := r.Kind == Request || r.Kind == Response
	return r.Kind == URL || r.Kind == Method || message && r.Part != Body
}

// A Scope knows what references stand for. The pointer of a reference is not its concern: of a body it returns the whole.
type Scope interface {
	// Lookup returns the value, false if there is none. An error is a value that should be there and cannot be had.
	Lookup(r Ref) (any, bool, error)
}

func (r Ref) eval(s Scope) (any, bool, error) {
	v, ok, err := s.Lookup(r)
	if err != nil || !ok {
		return nil, false, err
	}
	v, ok = value.At(v, r.Pointer)
	return v, ok, nil
}
