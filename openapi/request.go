package openapi

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
)

// Mode says how strictly requests are judged.
type Mode int

const (
	// Enforce accepts the harmless deviations of real clients and notes them.
	Enforce Mode = iota
	// Warn judges as Enforce does, for callers that answer in spite of violations.
	Warn
	// Strict makes every deviation a violation.
	Strict
)

var modeNames = [...]string{Enforce: "enforce", Warn: "warn", Strict: "strict"}

// ParseMode returns the mode of that name: enforce, warn or strict.
func ParseMode(name string) (Mode, error) {
	i := slices.Index(modeNames[:], name)
	if i < 0 {
		return Enforce, fmt.Errorf("validation mode %q is not enforce, warn or strict", name)
	}
	return Mode(i), nil
}

// String returns the name that ParseMode takes.
func (m Mode) String() string { return modeNames[m] }

// A Request is what CheckRequest looks at.
type Request struct {
	Path        map[string]string // not judged: a malformed id in a path is an unknown object
	Query       url.Values
	Header      http.Header
	ContentType string // "" if the request has none
	Body        []byte
}

// Checked is a request after the check, in the form to bind. If it holds a violation
// that the caller overlooks (Warn), binding may still fail.
type Checked struct {
	// Query holds the declared query parameters that are present, one value each
	// (lists: one per item): booleans are "true" or "false", integers plain digits, and
	// empty booleans and numbers are gone. Defaults are not filled in.
	Query url.Values
	// Body is a JSON body as it was sent, or re-encoded where a deviation had to be
	// ironed out, so that encoding/json binds it. It is nil if the body is absent or no
	// JSON. Of other media types it is the bytes as sent.
	Body []byte
	// Members are those of a JSON body that is an object, as encoding/json decodes them into any (numbers as
	// json.Number), after ironing out. They are for reading only.
	Members map[string]any
	// Form holds the members of a form, in the shape of Query, undeclared ones included.
	Form url.Values
	// Findings are sorted by place, then pointer, and bounded in number.
	Findings []Finding
}

// Violation returns the finding that the request is to be refused for.
func (c *Checked) Violation() (Finding, bool) {
	for _, f := range c.Findings {
		if f.Severity == Violation {
			return f, true
		}
	}
	return Finding{}, false
}

// CheckRequest judges a request by the document: query, headers, media type and body.
// All findings are reported, not only the first.
func (o *Operation) CheckRequest(r *Request, mode Mode) *Checked {
	c := &requestCheck{op: o, req: r, mode: mode, out: &Checked{}}
	c.list.strict = mode == Strict
	c.query()
	c.header()
	c.body()
	c.out.Findings = c.list.sorted()
	return c.out
}
